// Forces of even power laws with an even smoothing polynomial (2DIPL, 3DIPL, 3DKABLJ), two pairs a turn.
//
// With w = 1/r² everything is a polynomial, no root is taken:
//   n = 10:  φ = a w⁵ + Σ c_ℓ r^2ℓ          φ′/r = A w⁶ + P₀ + P₁ r² + P₂ r⁴
//   12–6:    φ = a w⁶ + b w³ + Σ c_ℓ r^2ℓ   φ′/r = A w⁷ + B w⁴ + P₀ + P₁ r² + P₂ r⁴
// A row of coefficients: r_c², A, B, P₀, P₁, P₂, a, b, c₀, c₁, c₂, c₃ (f64).
// Beyond the cutoff the mask makes φ and φ′ zero; the dummy lies far outside every cutoff.

const ROW: usize = 96;

// @ts-ignore: decorator
@inline
function splat(at: usize): v128 {
  return v128.load_splat<f64>(at);
}

// @ts-ignore: decorator
@inline
function sum2(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/** Adds to gradient (stride 2) and, where `full`, to sums: U, Σ φ′/r·(uₓ², u_y², uₓu_y). */
// @ts-ignore: decorator
@inline
function forces2(
  lj: bool,
  full: bool,
  types: i32,
  segmentStarts: usize,
  segments: usize,
  neighbours: usize,
  x: usize,
  gradient: usize,
  shifts: usize,
  rows: usize,
  sums: usize,
): void {
  const one = f64x2.splat(1);
  let energy = f64x2.splat(0);
  let sxx = f64x2.splat(0);
  let syy = f64x2.splat(0);
  let sxy = f64x2.splat(0);
  for (let type = 0; type < types; type++) {
    const row = rows + <usize>type * ROW;
    const rc2 = splat(row);
    const cA = splat(row + 8);
    const cB = splat(row + 16);
    const p0 = splat(row + 24);
    const p1 = splat(row + 32);
    const p2 = splat(row + 40);
    let segment = segments + ((<usize>load<i32>(segmentStarts + ((<usize>type) << 2))) << 4);
    const last = segments + ((<usize>load<i32>(segmentStarts + ((<usize>type) << 2), 4)) << 4);
    for (; segment < last; segment += 16) {
      const i = (<usize>load<i32>(segment)) << 4;
      const reference = f64x2.sub(v128.load(x + i), v128.load(shifts + ((<usize>load<i32>(segment, 4)) << 4)));
      let gi = f64x2.splat(0);
      let k = neighbours + ((<usize>load<i32>(segment, 8)) << 2);
      const end = neighbours + ((<usize>load<i32>(segment, 12)) << 2);
      for (; k < end; k += 8) {
        const j0 = (<usize>load<i32>(k)) << 4;
        const j1 = (<usize>load<i32>(k, 4)) << 4;
        const d0 = f64x2.sub(v128.load(x + j0), reference);
        const d1 = f64x2.sub(v128.load(x + j1), reference);
        const dx = v128.shuffle<f64>(d0, d1, 0, 2);
        const dy = v128.shuffle<f64>(d0, d1, 1, 3);
        const r2 = f64x2.add(f64x2.mul(dx, dx), f64x2.mul(dy, dy));
        const w = f64x2.div(one, r2);
        const w2 = f64x2.mul(w, w);
        const w3 = f64x2.mul(w2, w);
        let f: v128;
        if (lj) {
          const w4 = f64x2.mul(w2, w2);
          f = f64x2.mul(w4, f64x2.add(f64x2.mul(cA, w3), cB));
        } else {
          f = f64x2.mul(cA, f64x2.mul(w3, w3));
        }
        f = f64x2.add(f, f64x2.add(p0, f64x2.mul(r2, f64x2.add(p1, f64x2.mul(r2, p2)))));
        const inside = f64x2.lt(r2, rc2);
        f = v128.and(f, inside);
        const g0 = f64x2.mul(v128.shuffle<f64>(f, f, 0, 0), d0);
        const g1 = f64x2.mul(v128.shuffle<f64>(f, f, 1, 1), d1);
        gi = f64x2.add(gi, f64x2.add(g0, g1));
        v128.store(gradient + j0, f64x2.add(v128.load(gradient + j0), g0));
        v128.store(gradient + j1, f64x2.add(v128.load(gradient + j1), g1));
        if (full) {
          let e: v128;
          if (lj) e = f64x2.mul(w3, f64x2.add(f64x2.mul(splat(row + 48), w3), splat(row + 56)));
          else e = f64x2.mul(splat(row + 48), f64x2.mul(w3, w2));
          const q = f64x2.add(splat(row + 80), f64x2.mul(r2, splat(row + 88)));
          e = f64x2.add(e, f64x2.add(splat(row + 64), f64x2.mul(r2, f64x2.add(splat(row + 72), f64x2.mul(r2, q)))));
          energy = f64x2.add(energy, v128.and(e, inside));
          const fx = f64x2.mul(f, dx);
          sxx = f64x2.add(sxx, f64x2.mul(fx, dx));
          sxy = f64x2.add(sxy, f64x2.mul(fx, dy));
          syy = f64x2.add(syy, f64x2.mul(f64x2.mul(f, dy), dy));
        }
      }
      v128.store(gradient + i, f64x2.sub(v128.load(gradient + i), gi));
    }
  }
  if (full) {
    store<f64>(sums, sum2(energy));
    store<f64>(sums, sum2(sxx), 8);
    store<f64>(sums, sum2(syy), 16);
    store<f64>(sums, sum2(sxy), 24);
  }
}

/** Adds to gradient (stride 4) and, where `full`, to sums: U, Σ φ′/r·(xx, yy, zz, xy, xz, yz). */
// @ts-ignore: decorator
@inline
function forces3(
  lj: bool,
  full: bool,
  types: i32,
  segmentStarts: usize,
  segments: usize,
  neighbours: usize,
  x: usize,
  gradient: usize,
  shifts: usize,
  rows: usize,
  sums: usize,
): void {
  const one = f64x2.splat(1);
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
    let segment = segments + ((<usize>load<i32>(segmentStarts + ((<usize>type) << 2))) << 4);
    const last = segments + ((<usize>load<i32>(segmentStarts + ((<usize>type) << 2), 4)) << 4);
    for (; segment < last; segment += 16) {
      const i = (<usize>load<i32>(segment)) << 5;
      const sh = shifts + ((<usize>load<i32>(segment, 4)) << 5);
      const reference = f64x2.sub(v128.load(x + i), v128.load(sh));
      const referenceZ = f64x2.sub(v128.load(x + i, 16), v128.load(sh, 16));
      let gi = f64x2.splat(0);
      let giZ = f64x2.splat(0);
      let k = neighbours + ((<usize>load<i32>(segment, 8)) << 2);
      const end = neighbours + ((<usize>load<i32>(segment, 12)) << 2);
      for (; k < end; k += 8) {
        const j0 = (<usize>load<i32>(k)) << 5;
        const j1 = (<usize>load<i32>(k, 4)) << 5;
        const d0 = f64x2.sub(v128.load(x + j0), reference);
        const d1 = f64x2.sub(v128.load(x + j1), reference);
        const e0 = f64x2.sub(v128.load(x + j0, 16), referenceZ);
        const e1 = f64x2.sub(v128.load(x + j1, 16), referenceZ);
        const dx = v128.shuffle<f64>(d0, d1, 0, 2);
        const dy = v128.shuffle<f64>(d0, d1, 1, 3);
        const dz = v128.shuffle<f64>(e0, e1, 0, 2);
        const r2 = f64x2.add(f64x2.add(f64x2.mul(dx, dx), f64x2.mul(dy, dy)), f64x2.mul(dz, dz));
        const w = f64x2.div(one, r2);
        const w2 = f64x2.mul(w, w);
        const w3 = f64x2.mul(w2, w);
        let f: v128;
        if (lj) {
          const w4 = f64x2.mul(w2, w2);
          f = f64x2.mul(w4, f64x2.add(f64x2.mul(cA, w3), cB));
        } else {
          f = f64x2.mul(cA, f64x2.mul(w3, w3));
        }
        f = f64x2.add(f, f64x2.add(p0, f64x2.mul(r2, f64x2.add(p1, f64x2.mul(r2, p2)))));
        const inside = f64x2.lt(r2, rc2);
        f = v128.and(f, inside);
        const f0 = v128.shuffle<f64>(f, f, 0, 0);
        const f1 = v128.shuffle<f64>(f, f, 1, 1);
        const g0 = f64x2.mul(f0, d0);
        const g1 = f64x2.mul(f1, d1);
        const h0 = f64x2.mul(f0, e0);
        const h1 = f64x2.mul(f1, e1);
        gi = f64x2.add(gi, f64x2.add(g0, g1));
        giZ = f64x2.add(giZ, f64x2.add(h0, h1));
        v128.store(gradient + j0, f64x2.add(v128.load(gradient + j0), g0));
        v128.store(gradient + j0, f64x2.add(v128.load(gradient + j0, 16), h0), 16);
        v128.store(gradient + j1, f64x2.add(v128.load(gradient + j1), g1));
        v128.store(gradient + j1, f64x2.add(v128.load(gradient + j1, 16), h1), 16);
        if (full) {
          let e: v128;
          if (lj) e = f64x2.mul(w3, f64x2.add(f64x2.mul(splat(row + 48), w3), splat(row + 56)));
          else e = f64x2.mul(splat(row + 48), f64x2.mul(w3, w2));
          const q = f64x2.add(splat(row + 80), f64x2.mul(r2, splat(row + 88)));
          e = f64x2.add(e, f64x2.add(splat(row + 64), f64x2.mul(r2, f64x2.add(splat(row + 72), f64x2.mul(r2, q)))));
          energy = f64x2.add(energy, v128.and(e, inside));
          const fx = f64x2.mul(f, dx);
          const fy = f64x2.mul(f, dy);
          sxx = f64x2.add(sxx, f64x2.mul(fx, dx));
          sxy = f64x2.add(sxy, f64x2.mul(fx, dy));
          sxz = f64x2.add(sxz, f64x2.mul(fx, dz));
          syy = f64x2.add(syy, f64x2.mul(fy, dy));
          syz = f64x2.add(syz, f64x2.mul(fy, dz));
          szz = f64x2.add(szz, f64x2.mul(f64x2.mul(f, dz), dz));
        }
      }
      v128.store(gradient + i, f64x2.sub(v128.load(gradient + i), gi));
      v128.store(gradient + i, f64x2.sub(v128.load(gradient + i, 16), giZ), 16);
    }
  }
  if (full) {
    store<f64>(sums, sum2(energy));
    store<f64>(sums, sum2(sxx), 8);
    store<f64>(sums, sum2(syy), 16);
    store<f64>(sums, sum2(szz), 24);
    store<f64>(sums, sum2(sxy), 32);
    store<f64>(sums, sum2(sxz), 40);
    store<f64>(sums, sum2(syz), 48);
  }
}

/**
 * ∂U/∂x of the listed pairs and, where full ≠ 0, energy and virial sums.
 * variant = dimension + 8·(12–6 law) + 16·full; gradient: (N+1)·stride f64, overwritten; the rest is read.
 */
export function powerLawForces(
  variant: i32,
  count: i32,
  types: i32,
  segmentStarts: usize,
  segments: usize,
  neighbours: usize,
  x: usize,
  gradient: usize,
  shifts: usize,
  rows: usize,
  sums: usize,
): void {
  memory.fill(gradient, 0, (<usize>(count + 1)) << ((variant & 3) == 2 ? 4 : 5));
  if (variant == 2) forces2(false, false, types, segmentStarts, segments, neighbours, x, gradient, shifts, rows, sums);
  else if (variant == 3) forces3(false, false, types, segmentStarts, segments, neighbours, x, gradient, shifts, rows, sums);
  else if (variant == 10) forces2(true, false, types, segmentStarts, segments, neighbours, x, gradient, shifts, rows, sums);
  else if (variant == 11) forces3(true, false, types, segmentStarts, segments, neighbours, x, gradient, shifts, rows, sums);
  else if (variant == 18) forces2(false, true, types, segmentStarts, segments, neighbours, x, gradient, shifts, rows, sums);
  else if (variant == 19) forces3(false, true, types, segmentStarts, segments, neighbours, x, gradient, shifts, rows, sums);
  else if (variant == 26) forces2(true, true, types, segmentStarts, segments, neighbours, x, gradient, shifts, rows, sums);
  else forces3(true, true, types, segmentStarts, segments, neighbours, x, gradient, shifts, rows, sums);
}
