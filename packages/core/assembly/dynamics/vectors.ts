// Dense vectors of n f64 (n even, 16-byte aligned). Sums run in two lanes, added at the end.

import { largest, orNaN, sum2 } from "./lanes";

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
  return sum2(sum);
}

/** max |x|; NaN where any entry is. */
export function maxAbs(n: i32, x: usize): f64 {
  let most = f64x2.splat(0);
  let nan = f64x2.splat(0);
  const end = x + ((<usize>n) << 3);
  for (; x < end; x += 16) {
    const a = v128.load(x);
    most = f64x2.pmax(most, f64x2.abs(a));
    nan = orNaN(nan, a);
  }
  return largest(most, nan);
}

/** The sum of the lanes of d0² and, in three dimensions, d1², in both lanes: |d|² of a particle. */
// @ts-ignore: decorator
@inline
function square(d0: v128, d1: v128, stride: i32): v128 {
  let s = f64x2.mul(d0, d0);
  if (stride == 4) s = f64x2.add(s, f64x2.mul(d1, d1));
  return f64x2.add(s, v128.shuffle<f64>(s, s, 1, 0));
}

/** max |x_i − y_i|² over count particles of `stride` f64 (2 or 4); NaN where any entry is. */
export function maxDistance2(count: i32, stride: i32, x: usize, y: usize): f64 {
  let most = f64x2.splat(0);
  let nan = f64x2.splat(0);
  const bytes = (<usize>stride) << 3;
  const end = x + <usize>count * bytes;
  for (; x < end; x += bytes, y += bytes) {
    const d0 = f64x2.sub(v128.load(x), v128.load(y));
    const d1 = stride == 4 ? f64x2.sub(v128.load(x, 16), v128.load(y, 16)) : d0;
    const s = square(d0, d1, stride);
    most = f64x2.pmax(most, s);
    nan = orNaN(nan, s);
  }
  return largest(most, nan);
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

/** What a step of FIRE asks of g and v, in one pass: sums ← g·v, g·g; returns max |g|, NaN where any entry is. */
export function gradientSums(n: i32, g: usize, v: usize, sums: usize): f64 {
  let most = f64x2.splat(0);
  let gv = f64x2.splat(0);
  let gg = f64x2.splat(0);
  const end = g + ((<usize>n) << 3);
  for (; g < end; g += 16, v += 16) {
    const a = v128.load(g);
    most = f64x2.pmax(most, f64x2.abs(a));
    gv = f64x2.add(gv, f64x2.mul(a, v128.load(v)));
    gg = f64x2.add(gg, f64x2.mul(a, a));
  }
  store<f64>(sums, sum2(gv));
  store<f64>(sums, sum2(gg), 8);
  return largest(most, f64x2.ne(gg, gg));
}

/** y ← y + a·x; returns y·y. */
export function axpySquare(n: i32, a: f64, x: usize, y: usize): f64 {
  const s = f64x2.splat(a);
  let sum = f64x2.splat(0);
  const end = x + ((<usize>n) << 3);
  for (; x < end; x += 16, y += 16) {
    const z = f64x2.add(v128.load(y), f64x2.mul(s, v128.load(x)));
    v128.store(y, z);
    sum = f64x2.add(sum, f64x2.mul(z, z));
  }
  return sum2(sum);
}

/** y ← a·y + b·x for count particles of `stride` f64 (2 or 4); returns max |y_i|², NaN where any entry is. */
export function scaleAddLongest(count: i32, stride: i32, a: f64, y: usize, b: f64, x: usize): f64 {
  const s = f64x2.splat(a);
  const t = f64x2.splat(b);
  const bytes = (<usize>stride) << 3;
  const end = x + <usize>count * bytes;
  let most = f64x2.splat(0);
  let nan = f64x2.splat(0);
  for (; x < end; x += bytes, y += bytes) {
    const y0 = f64x2.add(f64x2.mul(s, v128.load(y)), f64x2.mul(t, v128.load(x)));
    let y1 = y0;
    v128.store(y, y0);
    if (stride == 4) {
      y1 = f64x2.add(f64x2.mul(s, v128.load(y, 16)), f64x2.mul(t, v128.load(x, 16)));
      v128.store(y, y1, 16);
    }
    const length2 = square(y0, y1, stride);
    most = f64x2.pmax(most, length2);
    nan = orNaN(nan, length2);
  }
  return largest(most, nan);
}

/** x ← x + h·v for count particles of `stride` f64 (2 or 4); returns max |x_i − reference_i|², NaN where any entry is. */
export function drift(count: i32, stride: i32, h: f64, v: usize, x: usize, reference: usize): f64 {
  const s = f64x2.splat(h);
  const bytes = (<usize>stride) << 3;
  const end = x + <usize>count * bytes;
  let most = f64x2.splat(0);
  let nan = f64x2.splat(0);
  for (; x < end; x += bytes, v += bytes, reference += bytes) {
    const x0 = f64x2.add(v128.load(x), f64x2.mul(s, v128.load(v)));
    v128.store(x, x0);
    const d0 = f64x2.sub(x0, v128.load(reference));
    let d1 = d0;
    if (stride == 4) {
      const x1 = f64x2.add(v128.load(x, 16), f64x2.mul(s, v128.load(v, 16)));
      v128.store(x, x1, 16);
      d1 = f64x2.sub(x1, v128.load(reference, 16));
    }
    const moved = square(d0, d1, stride);
    most = f64x2.pmax(most, moved);
    nan = orNaN(nan, moved);
  }
  return largest(most, nan);
}
