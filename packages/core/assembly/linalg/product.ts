// Products of a block-symmetric matrix with four vectors at a time: the matrix goes through memory once for all of them.
import { at, int } from "./memory";
import { madd } from "./tiles";

/**
 * y ← A·x for A with unit diagonal and strictly lower d×d blocks (row-major) by block column, d = 2 or 3. x and y hold
 * four vectors, the four values of a component side by side: size × d × 4.
 */
export function blockProduct(size: i32, d: i32, starts: usize, rows: usize, lower: usize, x: usize, y: usize): void {
  memory.copy(y, x, (<usize>(size * d)) << 5);
  if (d == 2) {
    for (let k = 0; k < size; k++) column2(int(starts, k), int(starts, k + 1), rows, lower, x, y, (<usize>k) << 6);
  } else {
    for (let k = 0; k < size; k++) column3(int(starts, k), int(starts, k + 1), rows, lower, x, y, (<usize>k) * 96);
  }
}

// @ts-ignore: decorator
@inline
function add(to: usize, offset: usize, value: v128): void {
  v128.store(to + offset, f64x2.add(v128.load(to + offset), value));
}

/** One block column, both ways; `at`: where particle k begins, bytes. */
function column2(first: i32, end: i32, rows: usize, lower: usize, x: usize, y: usize, at: usize): void {
  for (let half: usize = 0; half < 32; half += 16) {
    const xk = x + at + half;
    const a0 = v128.load(xk);
    const a1 = v128.load(xk, 32);
    let s0 = f64x2.splat(0), s1 = s0;
    let block = lower + ((<usize>first) << 5);
    for (let p = first; p < end; p++) {
      const i = ((<usize>int(rows, p)) << 6) + half;
      const b0 = v128.load(x + i);
      const b1 = v128.load(x + i, 32);
      const m00 = v128.load64_splat(block);
      const m01 = v128.load64_splat(block, 8);
      const m10 = v128.load64_splat(block, 16);
      const m11 = v128.load64_splat(block, 24);
      s0 = madd(m00, b0, madd(m10, b1, s0));
      s1 = madd(m01, b0, madd(m11, b1, s1));
      add(y, i, madd(m00, a0, f64x2.mul(m01, a1)));
      add(y, i + 32, madd(m10, a0, f64x2.mul(m11, a1)));
      block += 32;
    }
    add(y, at + half, s0);
    add(y, at + half + 32, s1);
  }
}

function column3(first: i32, end: i32, rows: usize, lower: usize, x: usize, y: usize, at: usize): void {
  for (let half: usize = 0; half < 32; half += 16) {
    const xk = x + at + half;
    const a0 = v128.load(xk);
    const a1 = v128.load(xk, 32);
    const a2 = v128.load(xk, 64);
    let s0 = f64x2.splat(0), s1 = s0, s2 = s0;
    let block = lower + (<usize>first) * 72;
    for (let p = first; p < end; p++) {
      const i = (<usize>int(rows, p)) * 96 + half;
      const b0 = v128.load(x + i);
      const b1 = v128.load(x + i, 32);
      const b2 = v128.load(x + i, 64);
      let m0 = v128.load64_splat(block);
      let m1 = v128.load64_splat(block, 8);
      let m2 = v128.load64_splat(block, 16);
      s0 = madd(m0, b0, s0);
      s1 = madd(m1, b0, s1);
      s2 = madd(m2, b0, s2);
      add(y, i, madd(m0, a0, madd(m1, a1, f64x2.mul(m2, a2))));
      m0 = v128.load64_splat(block, 24);
      m1 = v128.load64_splat(block, 32);
      m2 = v128.load64_splat(block, 40);
      s0 = madd(m0, b1, s0);
      s1 = madd(m1, b1, s1);
      s2 = madd(m2, b1, s2);
      add(y, i + 32, madd(m0, a0, madd(m1, a1, f64x2.mul(m2, a2))));
      m0 = v128.load64_splat(block, 48);
      m1 = v128.load64_splat(block, 56);
      m2 = v128.load64_splat(block, 64);
      s0 = madd(m0, b2, s0);
      s1 = madd(m1, b2, s1);
      s2 = madd(m2, b2, s2);
      add(y, i + 64, madd(m0, a0, madd(m1, a1, f64x2.mul(m2, a2))));
      block += 72;
    }
    add(y, at + half, s0);
    add(y, at + half + 32, s1);
    add(y, at + half + 64, s2);
  }
}

/**
 * y ← (K − B D⁻¹ Bᵀ)·x for blocks of w = d + 1 rows whose last unknown is hidden: [[K, B], [Bᵀ, D]], D diagonal. Diagonal blocks
 * whole (w×w), strictly lower ones by block column. x and y: size × d × 4; `hidden`: size × 4, what the hidden unknowns become.
 */
export function hiddenProduct(
  size: i32,
  w: i32,
  starts: usize,
  rows: usize,
  lower: usize,
  diagonal: usize,
  x: usize,
  y: usize,
  hidden: usize,
): void {
  const d = w - 1;
  const own = d * w;
  const step = (<usize>(w * w)) << 3;
  const wide = (<usize>d) << 5;
  for (let half: usize = 0; half < 32; half += 16) {
    for (let k = 0; k < size; k++) v128.store(hidden + ((<usize>k) << 5) + half, f64x2.splat(0));
    let block = lower;
    for (let k = 0; k < size; k++) {
      const xk = x + (<usize>k) * wide + half;
      const end = int(starts, k + 1);
      let sum = alongRow(diagonal + (<usize>k) * step, own, d, xk);
      for (let p = int(starts, k); p < end; p++) {
        const i = int(rows, p);
        const xi = x + (<usize>i) * wide + half;
        for (let a = 0; a < d; a++)
          sum = madd(v128.load64_splat(at(block, a * w + d)), v128.load(xi + ((<usize>a) << 5)), sum);
        add(hidden + ((<usize>i) << 5) + half, 0, alongRow(block, own, d, xk));
        block += step;
      }
      add(hidden + ((<usize>k) << 5) + half, 0, sum);
    }
    for (let k = 0; k < size; k++) {
      const place = hidden + ((<usize>k) << 5) + half;
      const pivot = v128.load64_splat(at(diagonal + (<usize>k) * step, own + d));
      v128.store(place, f64x2.neg(f64x2.div(v128.load(place), pivot)));
    }
    if (half == 0) memory.fill(y, 0, (<usize>size) * wide);
    block = lower;
    for (let k = 0; k < size; k++) {
      const xk = x + (<usize>k) * wide + half;
      const yk = y + (<usize>k) * wide + half;
      const hk = v128.load(hidden + ((<usize>k) << 5) + half);
      const end = int(starts, k + 1);
      const middle = diagonal + (<usize>k) * step;
      for (let a = 0; a < d; a++)
        add(yk, (<usize>a) << 5, madd(v128.load64_splat(at(middle, a * w + d)), hk, alongRow(middle, a * w, d, xk)));
      for (let p = int(starts, k); p < end; p++) {
        const i = int(rows, p);
        const xi = x + (<usize>i) * wide + half;
        const yi = y + (<usize>i) * wide + half;
        const hi = v128.load(hidden + ((<usize>i) << 5) + half);
        for (let a = 0; a < d; a++)
          add(yi, (<usize>a) << 5, madd(v128.load64_splat(at(block, a * w + d)), hk, alongRow(block, a * w, d, xk)));
        for (let b = 0; b < d; b++) {
          let sum = f64x2.mul(v128.load64_splat(at(block, own + b)), hi);
          for (let a = 0; a < d; a++)
            sum = madd(v128.load64_splat(at(block, a * w + b)), v128.load(xi + ((<usize>a) << 5)), sum);
          add(yk, (<usize>b) << 5, sum);
        }
        block += step;
      }
    }
  }
}

/** Σ_b m[from + b]·x_b */
// @ts-ignore: decorator
@inline
function alongRow(block: usize, from: i32, d: i32, x: usize): v128 {
  let sum = f64x2.splat(0);
  for (let b = 0; b < d; b++) sum = madd(v128.load64_splat(at(block, from + b)), v128.load(x + ((<usize>b) << 5)), sum);
  return sum;
}
