// Embedded atoms, U = Σ φ(r) + Σ F_i(ρ_i), ρ_i = Σ_j f_ij(r), from the splines of the model as they are (degree 5).
//
// Two passes over the list. The first keeps the pairs within the cutoff and writes what the second needs of them: with
// the slopes F′ of both ends known, the effective pair's slope is φ′ + F′_i f′_ij + F′_j f′_ji (Daw & Baskes 1984).
//
// Rows of types, 4 f64: r_c², 1/dr, address of the intervals [k dr, (k+1) dr), how many. After the last interval comes
// one of zeros. Two polynomials stand side by side, c_n of one beside c_n of the other, n = 0 … 5 in t = r/dr − k:
// like species: f and φ (96 bytes an interval); unlike: f_ij and f_ji, then φ and dφ/dt (192 bytes).
// Rows of functions F, 3 f64: 1/dρ, address of intervals (6 f64 each), how many.

import { addTo, sum2 } from "./lanes";

const TYPE_ROW: usize = 32;
const FUNCTION_ROW: usize = 24;
const LIKE: usize = 96;
const UNLIKE: usize = 192;

/** F and F′ of all atoms: pulls and energy. */
function embed(count: i32, species: usize, functions: usize, rho: usize, pulls: usize): f64 {
  let energy = 0.0;
  for (let i = 0; i < count; i++) {
    const row = functions + <usize>load<i32>(species + ((<usize>i) << 2)) * FUNCTION_ROW;
    const inverse = load<f64>(row);
    const intervals = load<f64>(row, 16);
    const position = load<f64>(rho + ((<usize>i) << 3)) * inverse;
    const within = min(position, intervals);
    const interval = max(min(Math.floor(within), intervals - 1), 0);
    const t = within - interval;
    const at = <usize>load<f64>(row, 8) + <usize>interval * 48;
    let value = load<f64>(at, 40);
    let slope = value;
    value = value * t + load<f64>(at, 32);
    slope = slope * t + value;
    value = value * t + load<f64>(at, 24);
    slope = slope * t + value;
    value = value * t + load<f64>(at, 16);
    slope = slope * t + value;
    value = value * t + load<f64>(at, 8);
    slope = slope * t + value;
    value = value * t + load<f64>(at);
    // beyond the table, a straight line
    energy += value + slope * (position - within);
    store<f64>(pulls + ((<usize>i) << 3), slope * inverse);
  }
  return energy;
}

/** Horner's step; of slope ← slope t + value after value ← value t + c, the slope is the derivative's. */
// @ts-ignore: decorator
@inline
function step(value: v128, t: v128, c: v128): v128 {
  return f64x2.add(f64x2.mul(value, t), c);
}

/** Densities of all atoms and what the second pass needs of the pairs; returns Σ φ. */
// @ts-ignore: decorator
@inline
function densities(
  flat: bool,
  dummy: i32,
  types: i32,
  segmentStarts: usize,
  segments: usize,
  neighbours: usize,
  x: usize,
  shifts: usize,
  rows: usize,
  unlike: usize,
  rho: usize,
  distances: usize,
  ends: usize,
  slopes: usize,
  bonds: usize,
  counts: usize,
): f64 {
  const stride: usize = flat ? 4 : 5;
  let energy = 0.0;
  for (let type = 0; type < types; type++) {
    const row = rows + <usize>type * TYPE_ROW;
    const rc2 = load<f64>(row);
    const inverse = v128.load_splat<f64>(row, 8);
    const table = <usize>load<f64>(row, 16);
    const pad = (load<f64>(row, 24) + 0.5) / load<f64>(row, 8);
    const mixed = load<i32>(unlike + ((<usize>type) << 2)) != 0;
    let segment = segments + ((<usize>load<i32>(segmentStarts + ((<usize>type) << 2))) << 4);
    const last = segments + ((<usize>load<i32>(segmentStarts + ((<usize>type) << 2), 4)) << 4);
    for (; segment < last; segment += 16, counts += 4) {
      const i = <usize>load<i32>(segment);
      const xi = x + (i << stride);
      const sh = shifts + ((<usize>load<i32>(segment, 4)) << stride);
      const reference = f64x2.sub(v128.load(xi), v128.load(sh));
      const referenceZ = flat ? reference : f64x2.sub(v128.load(xi, 16), v128.load(sh, 16));
      let k = neighbours + ((<usize>load<i32>(segment, 8)) << 2);
      const end = neighbours + ((<usize>load<i32>(segment, 12)) << 2);
      let j = ends;
      let d2 = distances;
      for (; k < end; k += 8) {
        const j0 = load<i32>(k);
        const j1 = load<i32>(k, 4);
        const x0 = x + ((<usize>j0) << stride);
        const x1 = x + ((<usize>j1) << stride);
        const d0 = f64x2.sub(v128.load(x0), reference);
        const d1 = f64x2.sub(v128.load(x1), reference);
        const dx = v128.shuffle<f64>(d0, d1, 0, 2);
        const dy = v128.shuffle<f64>(d0, d1, 1, 3);
        let r2 = f64x2.add(f64x2.mul(dx, dx), f64x2.mul(dy, dy));
        if (!flat) {
          const e0 = f64x2.sub(v128.load(x0, 16), referenceZ);
          const e1 = f64x2.sub(v128.load(x1, 16), referenceZ);
          const dz = v128.shuffle<f64>(e0, e1, 0, 2);
          r2 = f64x2.add(r2, f64x2.mul(dz, dz));
        }
        const a = f64x2.extract_lane(r2, 0);
        const b = f64x2.extract_lane(r2, 1);
        store<i32>(j, j0);
        store<f64>(d2, a);
        const inA = <usize>(a < rc2);
        j += inA << 2;
        d2 += inA << 3;
        store<i32>(j, j1);
        store<f64>(d2, b);
        const inB = <usize>(b < rc2);
        j += inB << 2;
        d2 += inB << 3;
      }
      if ((j - ends) & 4) {
        // an even number of pairs: one more that is nothing
        store<i32>(j, dummy);
        store<f64>(d2, pad * pad);
        j += 4;
        d2 += 8;
      }
      store<i32>(counts, <i32>((j - ends) >> 2));
      let own = f64x2.splat(0);
      let phi = f64x2.splat(0);
      for (let at = distances; at < d2; at += 16, ends += 8) {
        const r = f64x2.sqrt(v128.load(at));
        const position = f64x2.mul(r, inverse);
        const number = i32x4.trunc_sat_f64x2_s_zero(position);
        const part = f64x2.sub(position, f64x2.convert_low_i32x4_s(number));
        const scale = f64x2.div(inverse, r);
        const t0 = v128.shuffle<f64>(part, part, 0, 0);
        const t1 = v128.shuffle<f64>(part, part, 1, 1);
        const rho0 = rho + ((<usize>load<i32>(ends)) << 3);
        const rho1 = rho + ((<usize>load<i32>(ends, 4)) << 3);
        if (mixed) {
          const at0 = table + <usize>i32x4.extract_lane(number, 0) * UNLIKE;
          const at1 = table + <usize>i32x4.extract_lane(number, 1) * UNLIKE;
          let v0 = v128.load(at0, 80);
          let v1 = v128.load(at1, 80);
          let s0 = v0;
          let s1 = v1;
          v0 = step(v0, t0, v128.load(at0, 64));
          v1 = step(v1, t1, v128.load(at1, 64));
          s0 = step(s0, t0, v0);
          s1 = step(s1, t1, v1);
          v0 = step(v0, t0, v128.load(at0, 48));
          v1 = step(v1, t1, v128.load(at1, 48));
          s0 = step(s0, t0, v0);
          s1 = step(s1, t1, v1);
          v0 = step(v0, t0, v128.load(at0, 32));
          v1 = step(v1, t1, v128.load(at1, 32));
          s0 = step(s0, t0, v0);
          s1 = step(s1, t1, v1);
          v0 = step(v0, t0, v128.load(at0, 16));
          v1 = step(v1, t1, v128.load(at1, 16));
          s0 = step(s0, t0, v0);
          s1 = step(s1, t1, v1);
          v0 = step(v0, t0, v128.load(at0));
          v1 = step(v1, t1, v128.load(at1));
          let p0 = v128.load(at0, 176);
          let p1 = v128.load(at1, 176);
          p0 = step(p0, t0, v128.load(at0, 160));
          p1 = step(p1, t1, v128.load(at1, 160));
          p0 = step(p0, t0, v128.load(at0, 144));
          p1 = step(p1, t1, v128.load(at1, 144));
          p0 = step(p0, t0, v128.load(at0, 128));
          p1 = step(p1, t1, v128.load(at1, 128));
          p0 = step(p0, t0, v128.load(at0, 112));
          p1 = step(p1, t1, v128.load(at1, 112));
          p0 = step(p0, t0, v128.load(at0, 96));
          p1 = step(p1, t1, v128.load(at1, 96));
          phi = f64x2.add(phi, v128.shuffle<f64>(p0, p1, 0, 2));
          own = f64x2.add(own, v128.shuffle<f64>(v0, v1, 0, 2));
          store<f64>(rho0, load<f64>(rho0) + f64x2.extract_lane(v0, 1));
          store<f64>(rho1, load<f64>(rho1) + f64x2.extract_lane(v1, 1));
          v128.store(slopes, f64x2.mul(scale, v128.shuffle<f64>(s0, s1, 0, 2)));
          v128.store(slopes, f64x2.mul(scale, v128.shuffle<f64>(s0, s1, 1, 3)), 16);
          v128.store(bonds, f64x2.mul(scale, v128.shuffle<f64>(p0, p1, 1, 3)));
        } else {
          const at0 = table + <usize>i32x4.extract_lane(number, 0) * LIKE;
          const at1 = table + <usize>i32x4.extract_lane(number, 1) * LIKE;
          let v0 = v128.load(at0, 80);
          let v1 = v128.load(at1, 80);
          let s0 = v0;
          let s1 = v1;
          v0 = step(v0, t0, v128.load(at0, 64));
          v1 = step(v1, t1, v128.load(at1, 64));
          s0 = step(s0, t0, v0);
          s1 = step(s1, t1, v1);
          v0 = step(v0, t0, v128.load(at0, 48));
          v1 = step(v1, t1, v128.load(at1, 48));
          s0 = step(s0, t0, v0);
          s1 = step(s1, t1, v1);
          v0 = step(v0, t0, v128.load(at0, 32));
          v1 = step(v1, t1, v128.load(at1, 32));
          s0 = step(s0, t0, v0);
          s1 = step(s1, t1, v1);
          v0 = step(v0, t0, v128.load(at0, 16));
          v1 = step(v1, t1, v128.load(at1, 16));
          s0 = step(s0, t0, v0);
          s1 = step(s1, t1, v1);
          v0 = step(v0, t0, v128.load(at0));
          v1 = step(v1, t1, v128.load(at1));
          phi = f64x2.add(phi, v128.shuffle<f64>(v0, v1, 1, 3));
          own = f64x2.add(own, v128.shuffle<f64>(v0, v1, 0, 2));
          store<f64>(rho0, load<f64>(rho0) + f64x2.extract_lane(v0, 0));
          store<f64>(rho1, load<f64>(rho1) + f64x2.extract_lane(v1, 0));
          v128.store(slopes, f64x2.mul(scale, v128.shuffle<f64>(s0, s1, 0, 2)));
          v128.store(bonds, f64x2.mul(scale, v128.shuffle<f64>(s0, s1, 1, 3)));
        }
        slopes += mixed ? 32 : 16;
        bonds += 16;
      }
      addTo(rho + (i << 3), sum2(own));
      energy += sum2(phi);
    }
  }
  return energy;
}

/** Adds the gradient of the effective pairs and, where `full`, the virial to sums + 8. */
// @ts-ignore: decorator
@inline
function effectivePairs(
  flat: bool,
  full: bool,
  types: i32,
  segmentStarts: usize,
  segments: usize,
  x: usize,
  shifts: usize,
  unlike: usize,
  pulls: usize,
  ends: usize,
  slopes: usize,
  bonds: usize,
  counts: usize,
  gradient: usize,
  sums: usize,
): void {
  const stride: usize = flat ? 4 : 5;
  let sxx = f64x2.splat(0);
  let syy = f64x2.splat(0);
  let szz = f64x2.splat(0);
  let sxy = f64x2.splat(0);
  let sxz = f64x2.splat(0);
  let syz = f64x2.splat(0);
  for (let type = 0; type < types; type++) {
    const mixed = load<i32>(unlike + ((<usize>type) << 2)) != 0;
    let segment = segments + ((<usize>load<i32>(segmentStarts + ((<usize>type) << 2))) << 4);
    const last = segments + ((<usize>load<i32>(segmentStarts + ((<usize>type) << 2), 4)) << 4);
    for (; segment < last; segment += 16, counts += 4) {
      const i = (<usize>load<i32>(segment)) << stride;
      const sh = shifts + ((<usize>load<i32>(segment, 4)) << stride);
      const reference = f64x2.sub(v128.load(x + i), v128.load(sh));
      const referenceZ = flat ? reference : f64x2.sub(v128.load(x + i, 16), v128.load(sh, 16));
      const pull = v128.load_splat<f64>(pulls + ((<usize>load<i32>(segment)) << 3));
      let gi = f64x2.splat(0);
      let giZ = f64x2.splat(0);
      for (const end = ends + ((<usize>load<i32>(counts)) << 2); ends < end; ends += 8, bonds += 16) {
        const n0 = <usize>load<i32>(ends);
        const n1 = <usize>load<i32>(ends, 4);
        const j0 = n0 << stride;
        const j1 = n1 << stride;
        const theirs = v128.load64_lane(pulls + (n1 << 3), v128.load64_zero(pulls + (n0 << 3)), 1);
        let f: v128;
        if (mixed) {
          f = f64x2.add(f64x2.mul(pull, v128.load(slopes)), f64x2.mul(theirs, v128.load(slopes, 16)));
          slopes += 32;
        } else {
          f = f64x2.mul(f64x2.add(pull, theirs), v128.load(slopes));
          slopes += 16;
        }
        f = f64x2.add(f, v128.load(bonds));
        const d0 = f64x2.sub(v128.load(x + j0), reference);
        const d1 = f64x2.sub(v128.load(x + j1), reference);
        const f0 = v128.shuffle<f64>(f, f, 0, 0);
        const f1 = v128.shuffle<f64>(f, f, 1, 1);
        const g0 = f64x2.mul(f0, d0);
        const g1 = f64x2.mul(f1, d1);
        gi = f64x2.add(gi, f64x2.add(g0, g1));
        v128.store(gradient + j0, f64x2.add(v128.load(gradient + j0), g0));
        v128.store(gradient + j1, f64x2.add(v128.load(gradient + j1), g1));
        let dz = d0;
        if (!flat) {
          const e0 = f64x2.sub(v128.load(x + j0, 16), referenceZ);
          const e1 = f64x2.sub(v128.load(x + j1, 16), referenceZ);
          const h0 = f64x2.mul(f0, e0);
          const h1 = f64x2.mul(f1, e1);
          giZ = f64x2.add(giZ, f64x2.add(h0, h1));
          v128.store(gradient + j0, f64x2.add(v128.load(gradient + j0, 16), h0), 16);
          v128.store(gradient + j1, f64x2.add(v128.load(gradient + j1, 16), h1), 16);
          if (full) dz = v128.shuffle<f64>(e0, e1, 0, 2);
        }
        if (full) {
          const dx = v128.shuffle<f64>(d0, d1, 0, 2);
          const dy = v128.shuffle<f64>(d0, d1, 1, 3);
          const fx = f64x2.mul(f, dx);
          const fy = f64x2.mul(f, dy);
          sxx = f64x2.add(sxx, f64x2.mul(fx, dx));
          sxy = f64x2.add(sxy, f64x2.mul(fx, dy));
          syy = f64x2.add(syy, f64x2.mul(fy, dy));
          if (!flat) {
            sxz = f64x2.add(sxz, f64x2.mul(fx, dz));
            syz = f64x2.add(syz, f64x2.mul(fy, dz));
            szz = f64x2.add(szz, f64x2.mul(f64x2.mul(f, dz), dz));
          }
        }
      }
      v128.store(gradient + i, f64x2.sub(v128.load(gradient + i), gi));
      if (!flat) v128.store(gradient + i, f64x2.sub(v128.load(gradient + i, 16), giZ), 16);
    }
  }
  if (full) {
    addTo(sums + 8, sum2(sxx));
    addTo(sums + 16, sum2(syy));
    addTo(sums + 24, flat ? sum2(sxy) : sum2(szz));
    if (!flat) {
      addTo(sums + 32, sum2(sxy));
      addTo(sums + 40, sum2(sxz));
      addTo(sums + 48, sum2(syz));
    }
  }
}

/**
 * Adds ∂U/∂x and the energy of embedded atoms and, where full ≠ 0, their virial.
 *
 * rows, functions: see above; unlike: i32 a type, 1 where its species differ; species: count i32; read. Workspace, a
 * place of the list each: distances, bonds (f64), slopes (2 f64), ends (i32), and counts (i32 a segment); rho and pulls:
 * count+1 f64. gradient: (N+1)·stride f64 and sums: U, then Σ g u·(xx, yy[, zz], xy[, xz, yz]), added to.
 */
export function embeddedForces(
  dimension: i32,
  full: i32,
  count: i32,
  types: i32,
  segmentStarts: usize,
  segments: usize,
  neighbours: usize,
  x: usize,
  shifts: usize,
  rows: usize,
  unlike: usize,
  species: usize,
  functions: usize,
  rho: usize,
  pulls: usize,
  distances: usize,
  ends: usize,
  slopes: usize,
  bonds: usize,
  counts: usize,
  gradient: usize,
  sums: usize,
): void {
  memory.fill(rho, 0, (<usize>(count + 1)) << 3);
  store<f64>(pulls + ((<usize>count) << 3), 0);
  let energy: f64;
  if (dimension == 2) energy = densities(true, count, types, segmentStarts, segments, neighbours, x, shifts, rows, unlike, rho, distances, ends, slopes, bonds, counts);
  else energy = densities(false, count, types, segmentStarts, segments, neighbours, x, shifts, rows, unlike, rho, distances, ends, slopes, bonds, counts);
  addTo(sums, energy + embed(count, species, functions, rho, pulls));
  if (dimension == 2) {
    if (full) effectivePairs(true, true, types, segmentStarts, segments, x, shifts, unlike, pulls, ends, slopes, bonds, counts, gradient, sums);
    else effectivePairs(true, false, types, segmentStarts, segments, x, shifts, unlike, pulls, ends, slopes, bonds, counts, gradient, sums);
  } else if (full) effectivePairs(false, true, types, segmentStarts, segments, x, shifts, unlike, pulls, ends, slopes, bonds, counts, gradient, sums);
  else effectivePairs(false, false, types, segmentStarts, segments, x, shifts, unlike, pulls, ends, slopes, bonds, counts, gradient, sums);
}
