// Pairs of the list, written out: what their energies are computed from where derivatives of any order are wanted.

import { Jet, powerLawJet } from "../../src/models/jets.ts";

/** Of the pair last evaluated. */
const jet = changetype<Jet>(memory.data(40));

/** A record: u = x_j + shift − x_i (3 f64), r = |u|, φ, φ′, φ″, φ‴. */
const RECORD: usize = 64;
/** A row of coefficients as src/models/types.ts lays it out: ε, λ, x_c, c₀…c₁₂, a, n, b, m. */
const ROW: usize = 128;

/** x⁻ⁿ for n = 0 … 64, by repeated squaring. */
function inversePower(inverse: f64, n: i32): f64 {
  let result = 1.0;
  for (; n > 0; n >>= 1) {
    if (n & 1) result *= inverse;
    inverse *= inverse;
  }
  return result;
}

/** φ(r) = ε [a x⁻ⁿ + b x⁻ᵐ + Σ c_{2ℓ} x^{2ℓ}] and its derivatives by r into a record. */
function powerLaw(row: usize, r: f64, record: usize): void {
  const lambda = load<f64>(row, 8);
  const x = r / lambda;
  const across = 1 / x;
  const n = load<f64>(row, 88);
  const m = load<f64>(row, 104);
  let v = load<f64>(row, 96);
  if (v != 0) v *= inversePower(across, <i32>m);
  powerLawJet(jet, load<f64>(row, 80) * inversePower(across, <i32>n), n, v, m, across);
  const s = x * x;
  let q0 = 0.0;
  let q1 = 0.0;
  let q2 = 0.0;
  let q3 = 0.0;
  for (let l: i32 = 72; l >= 24; l -= 8) {
    q3 = q3 * s + q2;
    q2 = q2 * s + q1;
    q1 = q1 * s + q0;
    q0 = q0 * s + load<f64>(row + <usize>l);
  }
  const inverse = 1 / lambda;
  const scale = load<f64>(row);
  const first = scale * inverse;
  const second = first * inverse;
  store<f64>(record, (jet.d0 + q0) * scale, 32);
  store<f64>(record, (jet.d1 + 2 * x * q1) * first, 40);
  store<f64>(record, (jet.d2 + (2 * q1 + 8 * s * q2)) * second, 48);
  store<f64>(record, (jet.d3 + (24 * x * q2 + 48 * x * s * q3)) * (second * inverse), 56);
}

/**
 * Writes out every listed pair with r/λ ≤ x_c and returns how many: ends: (i, j) i32; records: see
 * above, φ and its derivatives only where `rows` (one a type) is not 0: coefficients of power laws, whole exponents up
 * to 64. Both overwritten; sized for the number of neighbour places. limits: λ and x_c of
 * each type, read.
 */
export function listPairs(
  dimension: i32,
  count: i32,
  types: i32,
  segmentStarts: usize,
  segments: usize,
  neighbours: usize,
  x: usize,
  shifts: usize,
  limits: usize,
  rows: usize,
  ends: usize,
  records: usize,
): i32 {
  const flat = dimension == 2;
  const stride: usize = flat ? 4 : 5;
  let found = 0;
  for (let type = 0; type < types; type++) {
    const lambda = load<f64>(limits + ((<usize>type) << 4));
    const cutoff = load<f64>(limits + ((<usize>type) << 4), 8);
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
        if (!(r / lambda <= cutoff)) continue;
        store<i32>(ends, i);
        store<i32>(ends, j, 4);
        store<f64>(records, dx);
        store<f64>(records, dy, 8);
        store<f64>(records, dz, 16);
        store<f64>(records, r, 24);
        if (rows != 0) powerLaw(rows + <usize>type * ROW, r, records);
        ends += 8;
        records += RECORD;
        found++;
      }
    }
  }
  return found;
}
