// Products of a block-symmetric matrix with four vectors at a time: the matrix goes through memory once for all of them.
import { int } from "./memory";
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
