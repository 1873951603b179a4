// Forces of pair potentials, two pairs a turn.
//
// Even power laws with an even smoothing polynomial (2DIPL, 3DIPL, 3DKABLJ). With w = 1/r² everything is a polynomial,
// no root is taken:
//   n = 10:  φ = a w⁵ + Σ c_ℓ r^2ℓ          φ′/r = A w⁶ + P₀ + P₁ r² + P₂ r⁴
//   12–6:    φ = a w⁶ + b w³ + Σ c_ℓ r^2ℓ   φ′/r = A w⁷ + B w⁴ + P₀ + P₁ r² + P₂ r⁴
// Rows of 12 f64: r_c², A, B, P₀, P₁, P₂, a, b, c₀, c₁, c₂, c₃.
//
// Tables, of u = (x/x_c)² < 1, x = r/λ: φ = ε E(u), φ′/r = (ε/λ²) F(u), by polynomials of degree 7 about the middle of
// intervals that are the same fraction of every octave of u, so that the bits of u are the number of the interval.
// Rows: 1/r_c², ε/λ², ε, ½εx_c², the least u, address of the interval that would be number 0, bits of u below an
// interval, bytes from F to E, breaks, their address. Below the least u, φ goes on linearly in u. Where φ is not smooth
// a further piece begins, with intervals of its own: at each break (2 f64: u, intervals of a piece) the number goes up.
//
// Contacts φ = ε (1 − x)^α/α, x < 1, α = 2 or 5/2. Rows: 1/r_c², ε/λ², ε, 0, α.
//
// Where diameters mix, λ_ij = ½(σ_i + σ_j)(1 − η|σ_i − σ_j|) is that of each pair, and rows have λ = 1; ε may be
// multiplied by a power of the diameters (strength, see `strengths`).
// Beyond the cutoff a mask makes φ and φ′ zero; the dummy lies far outside every cutoff.

import { addTo, splat, sum2 } from "./lanes";
import { LAST, polynomials } from "./table";

const ROW: usize = 96;

/** Kinds of pair potentials. */
const POWER: i32 = 0;
const LENNARD_JONES: i32 = 1;
const TABLE: i32 = 2;
const CONTACT: i32 = 3;

/** 1/λ² of the pairs (i, j0) and (i, j1) by their diameters. */
// @ts-ignore: decorator
@inline
function mixed(diameters: usize, eta: v128, i: usize, j0: usize, j1: usize): v128 {
  const a = splat(diameters + i);
  const b = f64x2(load<f64>(diameters + j0), load<f64>(diameters + j1));
  const half = f64x2.mul(f64x2.splat(0.5), f64x2.add(a, b));
  const less = f64x2.sub(f64x2.splat(1), f64x2.mul(eta, f64x2.abs(f64x2.sub(a, b))));
  const lambda = f64x2.mul(half, less);
  return f64x2.div(f64x2.splat(1), f64x2.mul(lambda, lambda));
}

/** What ε of the pairs (i, j0) and (i, j1) is multiplied by, w = 1/λ²: 1 λ², 2 √(½σ_iσ_jλ/(σ_i + σ_j)) λ². */
// @ts-ignore: decorator
@inline
function strengths(kind: i32, w: v128, diameters: usize, i: usize, j0: usize, j1: usize): v128 {
  const square = f64x2.div(f64x2.splat(1), w);
  if (kind == 1) return square;
  const a = splat(diameters + i);
  const b = f64x2(load<f64>(diameters + j0), load<f64>(diameters + j1));
  const radius = f64x2.div(f64x2.mul(f64x2.splat(0.5), f64x2.mul(a, b)), f64x2.add(a, b));
  return f64x2.mul(f64x2.sqrt(f64x2.mul(radius, f64x2.sqrt(square))), square);
}

/** (1 − x)^{α−1}, α = 2 or 5/2 */
// @ts-ignore: decorator
@inline
function contactSlope(alpha: f64, gap: v128): v128 {
  return alpha == 2 ? gap : f64x2.mul(gap, f64x2.sqrt(gap));
}

/**
 * Adds to gradient (stride 2, in `space` 4) and, where `full`, to sums: U, Σ φ′/r·(xx, yy, xy), in `space`
 * U, Σ φ′/r·(xx, yy, zz, xy, xz, yz). kind, space and full are constants where it is called: what they rule out is not compiled.
 */
// @ts-ignore: decorator
@inline
function forces(
  kind: i32,
  space: bool,
  full: bool,
  types: i32,
  segmentStarts: usize,
  segments: usize,
  neighbours: usize,
  x: usize,
  gradient: usize,
  shifts: usize,
  rows: usize,
  diameters: usize,
  eta: f64,
  strength: i32,
  sums: usize,
): void {
  const one = f64x2.splat(1);
  const stride: usize = space ? 5 : 4;
  let energy = f64x2.splat(0);
  let sxx = f64x2.splat(0);
  let syy = f64x2.splat(0);
  let szz = f64x2.splat(0);
  let sxy = f64x2.splat(0);
  let sxz = f64x2.splat(0);
  let syz = f64x2.splat(0);
  for (let type = 0; type < types; type++) {
    const row = rows + <usize>type * ROW;
    const rc2 = splat(row);
    const cA = splat(row + 8);
    const cB = splat(row + 16);
    const p0 = splat(row + 24);
    const p1 = splat(row + 32);
    const p2 = splat(row + 40);
    const origin = kind == TABLE ? <usize><i32>load<f64>(row, 40) : 0;
    const low = kind == TABLE ? <i32>load<f64>(row, 48) : 0;
    const toEnergy = kind == TABLE ? <usize>load<f64>(row, 56) : 0;
    const half = i64x2.splat((<i64>1) << (low - 1));
    const high = i64x2.splat(-((<i64>1) << low));
    const breaks = kind == TABLE ? <usize>load<f64>(row, 72) : 0;
    const lastBreak = kind == TABLE ? breaks + ((<usize>load<f64>(row, 64)) << 4) : 0;
    const etas = f64x2.splat(eta);
    let segment = segments + ((<usize>load<i32>(segmentStarts + ((<usize>type) << 2))) << 4);
    const last = segments + ((<usize>load<i32>(segmentStarts + ((<usize>type) << 2), 4)) << 4);
    for (; segment < last; segment += 16) {
      const i = (<usize>load<i32>(segment)) << stride;
      const sh = shifts + ((<usize>load<i32>(segment, 4)) << stride);
      const reference = f64x2.sub(v128.load(x + i), v128.load(sh));
      const referenceZ = space ? f64x2.sub(v128.load(x + i, 16), v128.load(sh, 16)) : reference;
      let gi = f64x2.splat(0);
      let giZ = f64x2.splat(0);
      let k = neighbours + ((<usize>load<i32>(segment, 8)) << 2);
      const end = neighbours + ((<usize>load<i32>(segment, 12)) << 2);
      for (; k < end; k += 8) {
        const j0 = (<usize>load<i32>(k)) << stride;
        const j1 = (<usize>load<i32>(k, 4)) << stride;
        const d0 = f64x2.sub(v128.load(x + j0), reference);
        const d1 = f64x2.sub(v128.load(x + j1), reference);
        const e0 = space ? f64x2.sub(v128.load(x + j0, 16), referenceZ) : d0;
        const e1 = space ? f64x2.sub(v128.load(x + j1, 16), referenceZ) : d1;
        const dx = v128.shuffle<f64>(d0, d1, 0, 2);
        const dy = v128.shuffle<f64>(d0, d1, 1, 3);
        const dz = v128.shuffle<f64>(e0, e1, 0, 2);
        let r2 = f64x2.add(f64x2.mul(dx, dx), f64x2.mul(dy, dy));
        if (space) r2 = f64x2.add(r2, f64x2.mul(dz, dz));
        let f: v128;
        let e = r2;
        let inside: v128;
        if (kind == POWER || kind == LENNARD_JONES) {
          const w = f64x2.div(one, r2);
          const w2 = f64x2.mul(w, w);
          const w3 = f64x2.mul(w2, w);
          if (kind == LENNARD_JONES) {
            const w4 = f64x2.mul(w2, w2);
            f = f64x2.mul(w4, f64x2.add(f64x2.mul(cA, w3), cB));
          } else {
            f = f64x2.mul(cA, f64x2.mul(w3, w3));
          }
          f = f64x2.add(f, f64x2.add(p0, f64x2.mul(r2, f64x2.add(p1, f64x2.mul(r2, p2)))));
          inside = f64x2.lt(r2, rc2);
          if (full) {
            if (kind == LENNARD_JONES) e = f64x2.mul(w3, f64x2.add(f64x2.mul(splat(row + 48), w3), splat(row + 56)));
            else e = f64x2.mul(splat(row + 48), f64x2.mul(w3, w2));
            const q = f64x2.add(splat(row + 80), f64x2.mul(r2, splat(row + 88)));
            e = f64x2.add(e, f64x2.add(splat(row + 64), f64x2.mul(r2, f64x2.add(splat(row + 72), f64x2.mul(r2, q)))));
          }
        } else {
          let u = f64x2.mul(r2, rc2);
          let scale = cA;
          let factor = one;
          if (diameters != 0) {
            const w = mixed(diameters, etas, i >> (stride - 3), j0 >> (stride - 3), j1 >> (stride - 3));
            u = f64x2.mul(u, w);
            scale = f64x2.mul(scale, w);
            if (strength != 0) factor = strengths(strength, w, diameters, i >> (stride - 3), j0 >> (stride - 3), j1 >> (stride - 3));
          }
          inside = f64x2.lt(u, one);
          if (kind == TABLE) {
            const within = f64x2.pmin(f64x2.splat(LAST), f64x2.pmax(p1, u));
            let key = i64x2.shr_u(within, low);
            for (let at = breaks; at < lastBreak; at += 16) {
              const further = i64x2.splat(<i64>load<f64>(at, 8));
              key = i64x2.add(key, v128.and(f64x2.ge(within, splat(at)), further));
            }
            const at0 = origin + ((<usize>i64x2.extract_lane(key, 0)) << 6);
            const at1 = origin + ((<usize>i64x2.extract_lane(key, 1)) << 6);
            const d = f64x2.sub(within, v128.or(v128.and(within, high), half));
            const slope = polynomials(at0, at1, d);
            f = f64x2.mul(scale, slope);
            if (full) {
              e = f64x2.mul(cB, polynomials(at0 + toEnergy, at1 + toEnergy, d));
              e = f64x2.add(e, f64x2.mul(f64x2.mul(p0, slope), f64x2.sub(u, within)));
            }
          } else {
            const x = f64x2.sqrt(u);
            const gap = f64x2.sub(one, x);
            const alpha = f64x2.extract_lane(p1, 0);
            const slope = contactSlope(alpha, gap);
            f = f64x2.neg(f64x2.mul(scale, f64x2.div(slope, x)));
            if (full) e = f64x2.mul(cB, f64x2.div(f64x2.mul(gap, slope), p1));
          }
          if (strength != 0) {
            f = f64x2.mul(f, factor);
            if (full) e = f64x2.mul(e, factor);
          }
        }
        f = v128.and(f, inside);
        const f0 = v128.shuffle<f64>(f, f, 0, 0);
        const f1 = v128.shuffle<f64>(f, f, 1, 1);
        const g0 = f64x2.mul(f0, d0);
        const g1 = f64x2.mul(f1, d1);
        gi = f64x2.add(gi, f64x2.add(g0, g1));
        v128.store(gradient + j0, f64x2.add(v128.load(gradient + j0), g0));
        v128.store(gradient + j1, f64x2.add(v128.load(gradient + j1), g1));
        if (space) {
          const h0 = f64x2.mul(f0, e0);
          const h1 = f64x2.mul(f1, e1);
          giZ = f64x2.add(giZ, f64x2.add(h0, h1));
          v128.store(gradient + j0, f64x2.add(v128.load(gradient + j0, 16), h0), 16);
          v128.store(gradient + j1, f64x2.add(v128.load(gradient + j1, 16), h1), 16);
        }
        if (full) {
          energy = f64x2.add(energy, v128.and(e, inside));
          const fx = f64x2.mul(f, dx);
          const fy = f64x2.mul(f, dy);
          sxx = f64x2.add(sxx, f64x2.mul(fx, dx));
          sxy = f64x2.add(sxy, f64x2.mul(fx, dy));
          syy = f64x2.add(syy, f64x2.mul(fy, dy));
          if (space) {
            sxz = f64x2.add(sxz, f64x2.mul(fx, dz));
            syz = f64x2.add(syz, f64x2.mul(fy, dz));
            szz = f64x2.add(szz, f64x2.mul(f64x2.mul(f, dz), dz));
          }
        }
      }
      v128.store(gradient + i, f64x2.sub(v128.load(gradient + i), gi));
      if (space) v128.store(gradient + i, f64x2.sub(v128.load(gradient + i, 16), giZ), 16);
    }
  }
  if (full) {
    addTo(sums, sum2(energy));
    addTo(sums + 8, sum2(sxx));
    addTo(sums + 16, sum2(syy));
    if (!space) addTo(sums + 24, sum2(sxy));
    else {
      addTo(sums + 24, sum2(szz));
      addTo(sums + 32, sum2(sxy));
      addTo(sums + 40, sum2(sxz));
      addTo(sums + 48, sum2(syz));
    }
  }
}

// @ts-ignore: decorator
@inline
function ofKind(
  kind: i32,
  space: bool,
  full: bool,
  types: i32,
  segmentStarts: usize,
  segments: usize,
  neighbours: usize,
  x: usize,
  gradient: usize,
  shifts: usize,
  rows: usize,
  diameters: usize,
  eta: f64,
  strength: i32,
  sums: usize,
): void {
  if (kind == POWER) forces(POWER, space, full, types, segmentStarts, segments, neighbours, x, gradient, shifts, rows, diameters, eta, strength, sums);
  else if (kind == LENNARD_JONES) forces(LENNARD_JONES, space, full, types, segmentStarts, segments, neighbours, x, gradient, shifts, rows, diameters, eta, strength, sums);
  else if (kind == TABLE) forces(TABLE, space, full, types, segmentStarts, segments, neighbours, x, gradient, shifts, rows, diameters, eta, strength, sums);
  else forces(CONTACT, space, full, types, segmentStarts, segments, neighbours, x, gradient, shifts, rows, diameters, eta, strength, sums);
}

/**
 * Adds ∂U/∂x of the listed pairs to gradient ((N+1)·stride f64) and, where full ≠ 0, energy and virial to sums.
 * kind: see above; diameters: N+1 f64 where they mix, or 0; the rest is read.
 */
export function pairForces(
  dimension: i32,
  kind: i32,
  full: i32,
  types: i32,
  segmentStarts: usize,
  segments: usize,
  neighbours: usize,
  x: usize,
  gradient: usize,
  shifts: usize,
  rows: usize,
  diameters: usize,
  eta: f64,
  strength: i32,
  sums: usize,
): void {
  if (dimension == 3) {
    if (full) ofKind(kind, true, true, types, segmentStarts, segments, neighbours, x, gradient, shifts, rows, diameters, eta, strength, sums);
    else ofKind(kind, true, false, types, segmentStarts, segments, neighbours, x, gradient, shifts, rows, diameters, eta, strength, sums);
  } else if (full) ofKind(kind, false, true, types, segmentStarts, segments, neighbours, x, gradient, shifts, rows, diameters, eta, strength, sums);
  else ofKind(kind, false, false, types, segmentStarts, segments, neighbours, x, gradient, shifts, rows, diameters, eta, strength, sums);
}
