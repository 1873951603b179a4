// Dense vectors of n f64 (n even, 16-byte aligned). Sums run in two lanes, added at the end.

/** y ← y + a·x */
export function axpy(n: i32, a: f64, x: usize, y: usize): void {
  const s = f64x2.splat(a);
  const end = x + ((<usize>n) << 3);
  for (; x < end; x += 16, y += 16) v128.store(y, f64x2.add(v128.load(y), f64x2.mul(s, v128.load(x))));
}

/** y ← a·y + b·x */
export function scaleAdd(n: i32, a: f64, y: usize, b: f64, x: usize): void {
  const s = f64x2.splat(a);
  const t = f64x2.splat(b);
  const end = x + ((<usize>n) << 3);
  for (; x < end; x += 16, y += 16)
    v128.store(y, f64x2.add(f64x2.mul(s, v128.load(y)), f64x2.mul(t, v128.load(x))));
}

/** x·y */
export function dot(n: i32, x: usize, y: usize): f64 {
  let sum = f64x2.splat(0);
  const end = x + ((<usize>n) << 3);
  for (; x < end; x += 16, y += 16) sum = f64x2.add(sum, f64x2.mul(v128.load(x), v128.load(y)));
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** max |x|; NaN where any entry is. */
export function maxAbs(n: i32, x: usize): f64 {
  let most = f64x2.splat(0);
  const end = x + ((<usize>n) << 3);
  for (; x < end; x += 16) most = f64x2.max(most, f64x2.abs(v128.load(x)));
  return max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
}

/** max |x_i − y_i|² over count particles of `stride` f64 (2 or 4); NaN where any entry is. */
export function maxDistance2(count: i32, stride: i32, x: usize, y: usize): f64 {
  let most = 0.0;
  for (let i = 0; i < count; i++) {
    let d = f64x2.sub(v128.load(x), v128.load(y));
    let s = f64x2.mul(d, d);
    if (stride == 4) {
      d = f64x2.sub(v128.load(x, 16), v128.load(y, 16));
      s = f64x2.add(s, f64x2.mul(d, d));
    }
    most = max(most, f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1));
    x += (<usize>stride) << 3;
    y += (<usize>stride) << 3;
  }
  return most;
}

/** x ← x·A for a lower triangular d×d matrix A (row-major): how a deformation of the box carries positions. */
export function deform(count: i32, dimension: i32, a: usize, x: usize): void {
  const bytes: usize = dimension == 2 ? 16 : 32;
  for (let i = 0; i < count; i++, x += bytes) {
    for (let c = 0; c < dimension; c++) {
      let sum = 0.0;
      for (let b = c; b < dimension; b++)
        sum += load<f64>(x + ((<usize>b) << 3)) * load<f64>(a + ((<usize>(b * dimension + c)) << 3));
      store<f64>(x + ((<usize>c) << 3), sum);
    }
  }
}

/** z ← x·y entry by entry, n f64. */
export function multiply(n: i32, x: usize, y: usize, z: usize): void {
  const end = x + ((<usize>n) << 3);
  for (; x < end; x += 16, y += 16, z += 16) v128.store(z, f64x2.mul(v128.load(x), v128.load(y)));
}
