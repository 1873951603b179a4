// The register block of every dense kernel: 4×4 tiles of C op A·Bᵀ, column-major f64, two per v128.

/** C ← A·Bᵀ */
export const SET: i32 = 0;
/** C ← C − A·Bᵀ */
export const SUB: i32 = 1;
/** C ← −A·Bᵀ */
export const NEG: i32 = 2;
/** C ← C + A·Bᵀ */
export const ADD: i32 = 3;
/** C ← (C − A·Bᵀ)·T⁻ᵀ with the 4×4 lower triangle T kept at `tri` */
export const SOLVE: i32 = 4;

// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (isDefined(RELAXED)) {
    return f64x2.relaxed_madd(a, b, c);
  } else {
    return f64x2.add(f64x2.mul(a, b), c);
  }
}

// @ts-ignore: decorator
@inline
export function nmadd(a: v128, b: v128, c: v128): v128 {
  if (isDefined(RELAXED)) {
    return f64x2.relaxed_nmadd(a, b, c);
  } else {
    return f64x2.sub(c, f64x2.mul(a, b));
  }
}

// @ts-ignore: decorator
@inline
function combine(mode: i32, c: usize, offset: usize, product: v128): v128 {
  if (mode == SET) return product;
  if (mode == NEG) return f64x2.neg(product);
  const old = v128.load(c + offset);
  return mode == ADD ? f64x2.add(old, product) : f64x2.sub(old, product);
}

/**
 * A column of `strips` tiles: C[4s.., 0..width) op A[4s.., 0..depth)·B[0..4, 0..depth)ᵀ.
 *
 * Step k of A lies at a + k·sa, of B at b + k·sb, column j of C at c + j·sc (bytes); strip s of A at a + s·da.
 * Rows come in fours: operands are padded below, B to four rows. Columns ≥ width (≤ 4) are not stored.
 */
export function tiles(
  mode: i32, strips: i32, depth: i32,
  a: usize, sa: usize, da: usize, b: usize, sb: usize,
  c: usize, sc: usize, width: i32, tri: usize,
): void {
  const o1: usize = width > 1 ? sc : 0;
  const o2: usize = width > 2 ? sc * 2 : 0;
  const o3: usize = width > 3 ? sc * 3 : 0;
  for (let s = 0; s < strips; s++) {
    let x00 = f64x2.splat(0), x10 = x00, x01 = x00, x11 = x00, x02 = x00, x12 = x00, x03 = x00, x13 = x00;
    let pa = a;
    let pb = b;
    for (let k = depth; k > 0; k--) {
      const a0 = v128.load(pa);
      const a1 = v128.load(pa, 16);
      const b0 = v128.load64_splat(pb);
      x00 = madd(a0, b0, x00);
      x10 = madd(a1, b0, x10);
      const b1 = v128.load64_splat(pb, 8);
      x01 = madd(a0, b1, x01);
      x11 = madd(a1, b1, x11);
      const b2 = v128.load64_splat(pb, 16);
      x02 = madd(a0, b2, x02);
      x12 = madd(a1, b2, x12);
      const b3 = v128.load64_splat(pb, 24);
      x03 = madd(a0, b3, x03);
      x13 = madd(a1, b3, x13);
      pa += sa;
      pb += sb;
    }
    x00 = combine(mode, c, 0, x00);
    x10 = combine(mode, c, 16, x10);
    x01 = combine(mode, c + o1, 0, x01);
    x11 = combine(mode, c + o1, 16, x11);
    x02 = combine(mode, c + o2, 0, x02);
    x12 = combine(mode, c + o2, 16, x12);
    x03 = combine(mode, c + o3, 0, x03);
    x13 = combine(mode, c + o3, 16, x13);
    if (mode == SOLVE) {
      let t = v128.load64_splat(tri);
      x00 = f64x2.mul(x00, t);
      x10 = f64x2.mul(x10, t);
      t = v128.load64_splat(tri, 8);
      x01 = nmadd(x00, t, x01);
      x11 = nmadd(x10, t, x11);
      t = v128.load64_splat(tri, 16);
      x01 = f64x2.mul(x01, t);
      x11 = f64x2.mul(x11, t);
      t = v128.load64_splat(tri, 24);
      x02 = nmadd(x00, t, x02);
      x12 = nmadd(x10, t, x12);
      t = v128.load64_splat(tri, 32);
      x02 = nmadd(x01, t, x02);
      x12 = nmadd(x11, t, x12);
      t = v128.load64_splat(tri, 40);
      x02 = f64x2.mul(x02, t);
      x12 = f64x2.mul(x12, t);
      t = v128.load64_splat(tri, 48);
      x03 = nmadd(x00, t, x03);
      x13 = nmadd(x10, t, x13);
      t = v128.load64_splat(tri, 56);
      x03 = nmadd(x01, t, x03);
      x13 = nmadd(x11, t, x13);
      t = v128.load64_splat(tri, 64);
      x03 = nmadd(x02, t, x03);
      x13 = nmadd(x12, t, x13);
      t = v128.load64_splat(tri, 72);
      x03 = f64x2.mul(x03, t);
      x13 = f64x2.mul(x13, t);
    }
    v128.store(c, x00);
    v128.store(c, x10, 16);
    if (width > 1) {
      v128.store(c + o1, x01);
      v128.store(c + o1, x11, 16);
    }
    if (width > 2) {
      v128.store(c + o2, x02);
      v128.store(c + o2, x12, 16);
    }
    if (width > 3) {
      v128.store(c + o3, x03);
      v128.store(c + o3, x13, 16);
    }
    a += da;
    c += 32;
  }
}
