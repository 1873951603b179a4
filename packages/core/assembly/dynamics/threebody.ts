// The three-body term of Stillinger & Weber 1985: ε_jik = K (cos θ − c₀)² h(r_ij) h(r_ik), h = exp(γ/(r − r_c)).

import { addTo, sum2 } from "./lanes";
import { LAST, polynomials } from "./table";

/** A pair that is a leg: n (3 f64), r, then h and h′ from its first end and from its second. */
const PAIR: usize = 64;
/** 1/r_c² of a type, then the table of h from its first species and that from its second. */
const LEG_ROW: usize = 72;
/** Table of h in a row: origin, bits below an interval, bytes to h itself, least u. */
const TABLE: usize = 32;
const ANGLE_ROW: usize = 16;

/** h′(r)/r and h at u, from the table at `row`. */
// @ts-ignore: decorator
@inline
function legOf(row: usize, u: f64): v128 {
  const within = min(LAST, max(load<f64>(row, 24), u));
  const low = <i64>load<f64>(row, 8);
  const bits = reinterpret<i64>(within);
  const middle = reinterpret<f64>((bits & -((<i64>1) << low)) | ((<i64>1) << (low - 1)));
  const at = <usize><i32>load<f64>(row) + ((<usize>(bits >>> low)) << 6);
  return polynomials(at, at + <usize>load<f64>(row, 16), f64x2.splat(within - middle));
}

/** Writes out the pairs that are legs and lists those of each particle; returns how many. starts: count+1 i32. */
function findLegs(
  dimension: i32,
  count: i32,
  types: i32,
  segmentStarts: usize,
  segments: usize,
  neighbours: usize,
  x: usize,
  shifts: usize,
  legRows: usize,
  ends: usize,
  pairs: usize,
  starts: usize,
  slots: usize,
): void {
  const flat = dimension == 2;
  const stride: usize = flat ? 4 : 5;
  let found = 0;
  memory.fill(starts, 0, (<usize>(count + 1)) << 2);
  for (let type = 0; type < types; type++) {
    const row = legRows + <usize>type * LEG_ROW;
    const inverse = load<f64>(row);
    const alike = load<f64>(row, 8) == load<f64>(row, 8 + TABLE);
    let segment = segments + ((<usize>load<i32>(segmentStarts + ((<usize>type) << 2))) << 4);
    const last = segments + ((<usize>load<i32>(segmentStarts + ((<usize>type) << 2), 4)) << 4);
    for (; segment < last; segment += 16) {
      const i = load<i32>(segment);
      const xi = x + ((<usize>i) << stride);
      const sh = shifts + ((<usize>load<i32>(segment, 4)) << stride);
      const rx = load<f64>(xi) - load<f64>(sh);
      const ry = load<f64>(xi, 8) - load<f64>(sh, 8);
      const rz = flat ? 0 : load<f64>(xi, 16) - load<f64>(sh, 16);
      let k = neighbours + ((<usize>load<i32>(segment, 8)) << 2);
      const end = neighbours + ((<usize>load<i32>(segment, 12)) << 2);
      for (; k < end; k += 4) {
        const j = load<i32>(k);
        const xj = x + ((<usize>j) << stride);
        const dx = load<f64>(xj) - rx;
        const dy = load<f64>(xj, 8) - ry;
        const dz = flat ? 0 : load<f64>(xj, 16) - rz;
        const r2 = dx * dx + dy * dy + dz * dz;
        const u = r2 * inverse;
        // The dummy lies beyond every cutoff.
        if (!(u < 1)) continue;
        const r = Math.sqrt(r2);
        const w = 1 / r;
        const pair = pairs + <usize>found * PAIR;
        store<f64>(pair, dx * w);
        store<f64>(pair, dy * w, 8);
        store<f64>(pair, dz * w, 16);
        store<f64>(pair, r, 24);
        const leg = legOf(row + 8, u);
        store<f64>(pair, f64x2.extract_lane(leg, 1), 32);
        store<f64>(pair, f64x2.extract_lane(leg, 0) * r, 40);
        const back = alike ? leg : legOf(row + 8 + TABLE, u);
        store<f64>(pair, f64x2.extract_lane(back, 1), 48);
        store<f64>(pair, f64x2.extract_lane(back, 0) * r, 56);
        store<i32>(ends + ((<usize>found) << 3), i);
        store<i32>(ends + ((<usize>found) << 3), j, 4);
        found++;
        const atI = starts + ((<usize>i) << 2);
        store<i32>(atI, load<i32>(atI) + 1);
        const atJ = starts + ((<usize>j) << 2);
        store<i32>(atJ, load<i32>(atJ) + 1);
      }
    }
  }
  let total = 0;
  for (let i = 0; i <= count; i++) {
    const at = starts + ((<usize>i) << 2);
    total += load<i32>(at);
    store<i32>(at, total);
  }
  // Filled backwards: end positions become starts.
  for (let m = found - 1; m >= 0; m--) {
    for (let side = 0; side < 2; side++) {
      const at = starts + ((<usize>load<i32>(ends + ((<usize>m) << 3) + ((<usize>side) << 2))) << 2);
      const slot = load<i32>(at) - 1;
      store<i32>(at, slot);
      store<i32>(slots + ((<usize>slot) << 2), 2 * m + side);
    }
  }
}

/**
 * Adds ∂U/∂x, energy and virial sums of all triples, two ends of a leg's partners a turn.
 *
 * legRows: `types` rows, see above; species: count i32; angleRows: kinds³ rows K, c₀; read. Workspace: ends and slots
 * (2 i32 a leg), pairs (8 f64 a leg), starts (count+1 i32), own (12 rows of `most` f64, most: even, legs of a particle
 * and 2 more). gradient: (N+1)·stride f64 and sums: U, then Σ g u·(xx, yy[, zz], xy[, xz, yz]), added to.
 */
export function threeBodyForces(
  dimension: i32,
  count: i32,
  types: i32,
  segmentStarts: usize,
  segments: usize,
  neighbours: usize,
  x: usize,
  shifts: usize,
  legRows: usize,
  species: usize,
  kinds: i32,
  angleRows: usize,
  ends: usize,
  pairs: usize,
  starts: usize,
  slots: usize,
  own: usize,
  most: i32,
  gradient: usize,
  sums: usize,
): void {
  findLegs(dimension, count, types, segmentStarts, segments, neighbours, x, shifts, legRows, ends, pairs, starts, slots);
  const flat = dimension == 2;
  const stride: usize = flat ? 4 : 5;
  const row = (<usize>most) << 3;
  const X = own;
  const Y = X + row;
  const Z = Y + row;
  const W = Z + row;
  const H = W + row;
  const D = H + row;
  const GX = D + row;
  const GY = GX + row;
  const GZ = GY + row;
  const R = GZ + row;
  // byte offset of an end's gradient; byte offset of its species among the angles (both as i32, 8 bytes each)
  const AT = R + row;
  const KIND = AT + row;
  let strength = f64x2.splat(load<f64>(angleRows));
  let cosine = f64x2.splat(load<f64>(angleRows, 8));
  let energy = f64x2.splat(0);
  let sxx = 0.0;
  let syy = 0.0;
  let szz = 0.0;
  let sxy = 0.0;
  let sxz = 0.0;
  let syz = 0.0;
  for (let i = 0; i < count; i++) {
    const first = load<i32>(starts + ((<usize>i) << 2));
    const n = load<i32>(starts + ((<usize>i) << 2), 4) - first;
    if (n < 2) continue;
    const bytes = (<usize>n) << 3;
    for (let k: usize = 0; k < bytes; k += 8) {
      const slot = load<i32>(slots + ((<usize>first) << 2) + (k >> 1));
      const side = slot & 1;
      const m = <usize>(slot >> 1);
      const pair = pairs + m * PAIR;
      const sign: f64 = side ? -1 : 1;
      store<f64>(X + k, sign * load<f64>(pair));
      store<f64>(Y + k, sign * load<f64>(pair, 8));
      store<f64>(Z + k, sign * load<f64>(pair, 16));
      const r = load<f64>(pair, 24);
      store<f64>(R + k, r);
      store<f64>(W + k, 1 / r);
      const leg = pair + ((<usize>side) << 4);
      store<f64>(H + k, load<f64>(leg, 32));
      store<f64>(D + k, load<f64>(leg, 40));
      const j = <usize>load<i32>(ends + (m << 3) + (side ? 0 : 4));
      store<i32>(AT + k, <i32>(j << stride));
      if (kinds > 1) store<i32>(KIND + k, load<i32>(species + (j << 2)));
      store<f64>(GX + k, 0);
      store<f64>(GY + k, 0);
      store<f64>(GZ + k, 0);
    }
    // A leg without strength makes the last turn whole.
    store<f64>(X + bytes, 0);
    store<f64>(Y + bytes, 0);
    store<f64>(Z + bytes, 0);
    store<f64>(W + bytes, 1);
    store<f64>(H + bytes, 0);
    store<f64>(D + bytes, 0);
    store<f64>(GX + bytes, 0);
    store<f64>(GY + bytes, 0);
    store<f64>(GZ + bytes, 0);
    if (kinds > 1) store<i32>(KIND + bytes, 0);
    const centre = kinds > 1 ? load<i32>(species + ((<usize>i) << 2)) * kinds : 0;
    for (let p: usize = 0; p < bytes - 8; p += 8) {
      const x1 = v128.load_splat<f64>(X + p);
      const y1 = v128.load_splat<f64>(Y + p);
      const z1 = v128.load_splat<f64>(Z + p);
      const w1 = v128.load_splat<f64>(W + p);
      const h1 = v128.load_splat<f64>(H + p);
      const d1 = v128.load_splat<f64>(D + p);
      const angles = kinds > 1 ? angleRows + <usize>((centre + load<i32>(KIND + p)) * kinds) * ANGLE_ROW : 0;
      let a = f64x2.splat(0);
      let bx = f64x2.splat(0);
      let by = f64x2.splat(0);
      let bz = f64x2.splat(0);
      for (let q = p + 8; q < bytes; q += 16) {
        if (kinds > 1) {
          const angle0 = angles + (<usize>load<i32>(KIND + q)) * ANGLE_ROW;
          const angle1 = angles + (<usize>load<i32>(KIND + q, 8)) * ANGLE_ROW;
          strength = f64x2(load<f64>(angle0), load<f64>(angle1));
          cosine = f64x2(load<f64>(angle0, 8), load<f64>(angle1, 8));
        }
        const x2 = v128.load(X + q);
        const y2 = v128.load(Y + q);
        const z2 = v128.load(Z + q);
        const w2 = v128.load(W + q);
        const h2 = v128.load(H + q);
        const d2 = v128.load(D + q);
        const c = f64x2.add(f64x2.add(f64x2.mul(x1, x2), f64x2.mul(y1, y2)), f64x2.mul(z1, z2));
        const off = f64x2.sub(c, cosine);
        const k = f64x2.mul(strength, off);
        const square = f64x2.mul(k, off);
        const hh = f64x2.mul(h1, h2);
        energy = f64x2.add(energy, f64x2.mul(square, hh));
        // g₁ = K off² h₁′h₂ n₁ + 2K off h₁h₂ (n₂ − c n₁)/r₁, and g₂ likewise
        const turn = f64x2.mul(f64x2.add(k, k), hh);
        const b1 = f64x2.mul(turn, w1);
        const b2 = f64x2.mul(turn, w2);
        a = f64x2.add(a, f64x2.sub(f64x2.mul(square, f64x2.mul(d1, h2)), f64x2.mul(b1, c)));
        bx = f64x2.add(bx, f64x2.mul(b1, x2));
        by = f64x2.add(by, f64x2.mul(b1, y2));
        bz = f64x2.add(bz, f64x2.mul(b1, z2));
        const a2 = f64x2.sub(f64x2.mul(square, f64x2.mul(h1, d2)), f64x2.mul(b2, c));
        v128.store(GX + q, f64x2.add(v128.load(GX + q), f64x2.add(f64x2.mul(a2, x2), f64x2.mul(b2, x1))));
        v128.store(GY + q, f64x2.add(v128.load(GY + q), f64x2.add(f64x2.mul(a2, y2), f64x2.mul(b2, y1))));
        v128.store(GZ + q, f64x2.add(v128.load(GZ + q), f64x2.add(f64x2.mul(a2, z2), f64x2.mul(b2, z1))));
      }
      const along = sum2(a);
      addTo(GX + p, along * f64x2.extract_lane(x1, 0) + sum2(bx));
      addTo(GY + p, along * f64x2.extract_lane(y1, 0) + sum2(by));
      addTo(GZ + p, along * f64x2.extract_lane(z1, 0) + sum2(bz));
    }
    let gx = 0.0;
    let gy = 0.0;
    let gz = 0.0;
    for (let k: usize = 0; k < bytes; k += 8) {
      const g = gradient + <usize>load<i32>(AT + k);
      const r = load<f64>(R + k);
      const ux = load<f64>(X + k) * r;
      const uy = load<f64>(Y + k) * r;
      const gxk = load<f64>(GX + k);
      const gyk = load<f64>(GY + k);
      addTo(g, gxk);
      addTo(g + 8, gyk);
      gx += gxk;
      gy += gyk;
      sxx += gxk * ux;
      syy += gyk * uy;
      sxy += gxk * uy;
      if (flat) continue;
      const uz = load<f64>(Z + k) * r;
      const gzk = load<f64>(GZ + k);
      addTo(g + 16, gzk);
      gz += gzk;
      szz += gzk * uz;
      sxz += gxk * uz;
      syz += gyk * uz;
    }
    const gi = gradient + ((<usize>i) << stride);
    addTo(gi, -gx);
    addTo(gi + 8, -gy);
    if (!flat) addTo(gi + 16, -gz);
  }
  addTo(sums, sum2(energy));
  addTo(sums + 8, sxx);
  addTo(sums + 16, syy);
  addTo(sums + 24, flat ? sxy : szz);
  addTo(sums + 32, sxy);
  addTo(sums + 40, sxz);
  addTo(sums + 48, syz);
}
