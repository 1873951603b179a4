// Any pair potential: φ(r) = ε [form(x) + Σ c_{2ℓ} x^{2ℓ}], x = r/λ_ij ≤ x_c (A.1–A.3, Zylberg 2017), one pair
// at a time, with this module's own pow and exp so that every engine computes the same bits.
//
// A model in memory: form (i32), species pairs of the list are `types`; rows of 16 f64 a type, as
// models/types.ts lays them out (ε, λ, x_c, c₀…c₁₂, five parameters). Tables: rows of 8 i32
// (address, intervals, degree, 1 where the next row goes on below rMin, then rMin and spacing as f64 at byte 16 and
// 24). The derivatives of the forms are those of src/models/jets.ts; φ⁗ is not needed here.

import {
  addStillingerWeberPart,
  contactJet,
  jet0,
  jet1,
  jet2,
  jet3,
  morseJet,
  powerLawJet,
  setJet,
  tableJet,
  yukawaJet,
} from "../../src/models/jets.ts";

const ROW: usize = 128;
const TABLE_ROW: usize = 32;

/** x⁻ⁿ; integers up to 64 by repeated squaring. */
function inversePower(x: f64, n: f64): f64 {
  if (n != Math.floor(n) || n < 0 || n > 64) return Math.pow(x, -n);
  let base = 1 / x;
  let result = 1.0;
  for (let k = <i32>n; k > 0; k >>= 1) {
    if (k & 1) result *= base;
    base *= base;
  }
  return result;
}

function powerLaw(c: usize, x: f64): void {
  const inverse = 1 / x;
  const n = load<f64>(c, 8);
  const u = load<f64>(c) * inversePower(x, n);
  const m = load<f64>(c, 24);
  let v = load<f64>(c, 16);
  if (v != 0) v *= inversePower(x, m);
  powerLawJet(u, n, v, m, inverse);
}

function contact(alpha: f64, x: f64): void {
  const gap = 1 - x;
  if (gap <= 0) {
    setJet(0, 0, 0, 0, 0);
    return;
  }
  let slope = gap;
  if (alpha == 2.5) slope = gap * Math.sqrt(gap);
  else if (alpha != 2) slope = Math.pow(gap, alpha - 1);
  contactJet(alpha, gap, slope);
}

function yukawa(kappa: f64, x: f64): void {
  const inverse = 1 / x;
  yukawaJet(kappa, Math.exp(kappa * (1 - x)) * inverse, inverse);
}

function morse(a: f64, x0: f64, x: f64): void {
  morseJet(a, Math.exp(a * (x0 - x)));
}

/** A (B x⁻ᵖ − x^{−q}) e^{1/(x − x_c)} */
function stillingerWeber(c: usize, cutoff: f64, x: f64): void {
  setJet(0, 0, 0, 0, 0);
  if (x >= cutoff) return;
  const w = 1 / (x - cutoff);
  const decay = Math.exp(w);
  const inverse = 1 / x;
  for (let part: usize = 0; part < 2; part++) {
    const n = load<f64>(c + (part << 3), 16);
    const factor = part == 0 ? load<f64>(c) * load<f64>(c, 8) : -load<f64>(c);
    addStillingerWeberPart(factor * inversePower(x, n) * decay, n, w, inverse);
  }
}

/** Below its first row a table goes on as its first polynomial: only an overlap gets there. */
function tabulated(table: usize, x: f64): void {
  while (x < load<f64>(table, 16) && load<i32>(table, 12) != 0) table += TABLE_ROW;
  const degree = load<i32>(table, 8);
  const spacing = load<f64>(table, 24);
  const position = (x - load<f64>(table, 16)) / spacing;
  const last = <f64>(load<i32>(table, 4) - 1);
  const interval = min(max(Math.floor(position), 0), last);
  const t = position - interval;
  const row = <usize>load<i32>(table) + <usize>((<i32>interval) * (degree + 1) * 8);
  let q0 = 0.0;
  let q1 = 0.0;
  let q2 = 0.0;
  let q3 = 0.0;
  for (let k = degree; k >= 0; k--) {
    q3 = q3 * t + q2;
    q2 = q2 * t + q1;
    q1 = q1 * t + q0;
    q0 = q0 * t + load<f64>(row + ((<usize>k) << 3));
  }
  tableJet(q0, q1, q2, q3, 0, 1 / spacing);
}

/** Adds Σ c_{2ℓ} x^{2ℓ} and its derivatives by x. */
function smoothing(c: usize, x: f64): void {
  const s = x * x;
  let q0 = 0.0;
  let q1 = 0.0;
  let q2 = 0.0;
  let q3 = 0.0;
  for (let l = 48; l >= 0; l -= 8) {
    q3 = q3 * s + q2;
    q2 = q2 * s + q1;
    q1 = q1 * s + q0;
    q0 = q0 * s + load<f64>(c + <usize>l);
  }
  setJet(
    jet0 + q0,
    jet1 + 2 * x * q1,
    jet2 + (2 * q1 + 8 * s * q2),
    jet3 + (24 * x * q2 + 48 * x * s * q3),
    0,
  );
}

/** φ and its first three derivatives by r, into jet0…jet3; false where r lies beyond the cutoff. */
function evaluate(form: i32, row: usize, tables: usize, lambda: f64, r: f64): bool {
  const x = r / lambda;
  if (x > load<f64>(row, 16)) return false;
  const c = row + 80;
  if (form == 0) powerLaw(c, x);
  else if (form == 1) contact(load<f64>(c), x);
  else if (form == 2) yukawa(load<f64>(c), x);
  else if (form == 3) morse(load<f64>(c), load<f64>(c, 8), x);
  else if (form == 5) stillingerWeber(c, load<f64>(row, 16), x);
  else tabulated(tables + <usize>load<f64>(c) * TABLE_ROW, x);
  smoothing(row + 24, x);
  const inverse = 1 / lambda;
  const scale = load<f64>(row);
  const first = scale * inverse;
  const second = first * inverse;
  setJet(jet0 * scale, jet1 * first, jet2 * second, jet3 * (second * inverse), 0);
  return true;
}

// @ts-ignore: decorator
@inline
function mixed(diameters: usize, eta: f64, i: i32, j: i32): f64 {
  const a = load<f64>(diameters + ((<usize>i) << 3));
  const b = load<f64>(diameters + ((<usize>j) << 3));
  return 0.5 * (a + b) * (1 - eta * Math.abs(a - b));
}

/** The same for a pair of the species pair `type` at distance r; see pairEnergy. */
export function evaluatePair(
  form: i32,
  rows: usize,
  type: i32,
  tables: usize,
  diameters: usize,
  eta: f64,
  i: i32,
  j: i32,
  r: f64,
): bool {
  const row = rows + <usize>type * ROW;
  const lambda = diameters != 0 ? mixed(diameters, eta, i, j) : load<f64>(row, 8);
  return evaluate(form, row, tables, lambda, r);
}

/** φ of the pair last evaluated. */
export function pairEnergy(): f64 {
  return jet0;
}

/**
 * ∂U/∂x, energy and virial sums of the listed pairs for any form.
 * gradient: (N+1)·stride f64, overwritten; sums: U, then Σ φ′/r·(xx, yy[, zz], xy[, xz, yz]), overwritten;
 * diameters: N+1 f64 or 0; the rest is read.
 */
export function genericForces(
  dimension: i32,
  count: i32,
  form: i32,
  types: i32,
  segmentStarts: usize,
  segments: usize,
  neighbours: usize,
  x: usize,
  gradient: usize,
  shifts: usize,
  rows: usize,
  tables: usize,
  diameters: usize,
  eta: f64,
  sums: usize,
): void {
  const flat = dimension == 2;
  const stride: usize = flat ? 4 : 5;
  memory.fill(gradient, 0, (<usize>(count + 1)) << stride);
  let energy = 0.0;
  let sxx = 0.0;
  let syy = 0.0;
  let szz = 0.0;
  let sxy = 0.0;
  let sxz = 0.0;
  let syz = 0.0;
  for (let type = 0; type < types; type++) {
    const row = rows + <usize>type * ROW;
    const byType = load<f64>(row, 8);
    let segment = segments + ((<usize>load<i32>(segmentStarts + ((<usize>type) << 2))) << 4);
    const last = segments + ((<usize>load<i32>(segmentStarts + ((<usize>type) << 2), 4)) << 4);
    for (; segment < last; segment += 16) {
      const i = load<i32>(segment);
      const xi = x + ((<usize>i) << stride);
      const gi = gradient + ((<usize>i) << stride);
      const sh = shifts + ((<usize>load<i32>(segment, 4)) << stride);
      let k = neighbours + ((<usize>load<i32>(segment, 8)) << 2);
      const end = neighbours + ((<usize>load<i32>(segment, 12)) << 2);
      for (; k < end; k += 4) {
        const j = load<i32>(k);
        if (j == count) continue;
        const xj = x + ((<usize>j) << stride);
        const gj = gradient + ((<usize>j) << stride);
        const dx = load<f64>(xj) - (load<f64>(xi) - load<f64>(sh));
        const dy = load<f64>(xj, 8) - (load<f64>(xi, 8) - load<f64>(sh, 8));
        const dz = flat ? 0 : load<f64>(xj, 16) - (load<f64>(xi, 16) - load<f64>(sh, 16));
        const r = Math.sqrt(dx * dx + dy * dy + dz * dz);
        const lambda = diameters != 0 ? mixed(diameters, eta, i, j) : byType;
        if (!evaluate(form, row, tables, lambda, r)) continue;
        energy += jet0;
        const f = jet1 / r;
        const fx = f * dx;
        const fy = f * dy;
        sxx += fx * dx;
        sxy += fx * dy;
        syy += fy * dy;
        store<f64>(gj, load<f64>(gj) + fx);
        store<f64>(gj, load<f64>(gj, 8) + fy, 8);
        store<f64>(gi, load<f64>(gi) - fx);
        store<f64>(gi, load<f64>(gi, 8) - fy, 8);
        if (flat) continue;
        const fz = f * dz;
        szz += fz * dz;
        sxz += fx * dz;
        syz += fy * dz;
        store<f64>(gj, load<f64>(gj, 16) + fz, 16);
        store<f64>(gi, load<f64>(gi, 16) - fz, 16);
      }
    }
  }
  store<f64>(sums, energy);
  store<f64>(sums, sxx, 8);
  store<f64>(sums, syy, 16);
  store<f64>(sums, flat ? sxy : szz, 24);
  store<f64>(sums, sxy, 32);
  store<f64>(sums, sxz, 40);
  store<f64>(sums, syz, 48);
}

/**
 * Writes out every listed pair within its cutoff and returns how many: ends: (i, j) i32; values: u (3 f64,
 * u = x_j + shift − x_i), r, φ, φ′, φ″, φ‴. Both overwritten; sized for the number of neighbour places.
 */
export function listPairs(
  dimension: i32,
  count: i32,
  form: i32,
  types: i32,
  segmentStarts: usize,
  segments: usize,
  neighbours: usize,
  x: usize,
  shifts: usize,
  rows: usize,
  tables: usize,
  diameters: usize,
  eta: f64,
  ends: usize,
  values: usize,
): i32 {
  const flat = dimension == 2;
  const stride: usize = flat ? 4 : 5;
  let found = 0;
  for (let type = 0; type < types; type++) {
    const row = rows + <usize>type * ROW;
    const byType = load<f64>(row, 8);
    let segment = segments + ((<usize>load<i32>(segmentStarts + ((<usize>type) << 2))) << 4);
    const last = segments + ((<usize>load<i32>(segmentStarts + ((<usize>type) << 2), 4)) << 4);
    for (; segment < last; segment += 16) {
      const i = load<i32>(segment);
      const xi = x + ((<usize>i) << stride);
      const sh = shifts + ((<usize>load<i32>(segment, 4)) << stride);
      let k = neighbours + ((<usize>load<i32>(segment, 8)) << 2);
      const end = neighbours + ((<usize>load<i32>(segment, 12)) << 2);
      for (; k < end; k += 4) {
        const j = load<i32>(k);
        if (j == count) continue;
        const xj = x + ((<usize>j) << stride);
        const dx = load<f64>(xj) - (load<f64>(xi) - load<f64>(sh));
        const dy = load<f64>(xj, 8) - (load<f64>(xi, 8) - load<f64>(sh, 8));
        const dz = flat ? 0 : load<f64>(xj, 16) - (load<f64>(xi, 16) - load<f64>(sh, 16));
        const r = Math.sqrt(dx * dx + dy * dy + dz * dz);
        const lambda = diameters != 0 ? mixed(diameters, eta, i, j) : byType;
        if (!evaluate(form, row, tables, lambda, r)) continue;
        store<i32>(ends, i);
        store<i32>(ends, j, 4);
        store<f64>(values, dx);
        store<f64>(values, dy, 8);
        store<f64>(values, dz, 16);
        store<f64>(values, r, 24);
        store<f64>(values, jet0, 32);
        store<f64>(values, jet1, 40);
        store<f64>(values, jet2, 48);
        store<f64>(values, jet3, 56);
        ends += 8;
        values += 64;
        found++;
      }
    }
  }
  return found;
}
