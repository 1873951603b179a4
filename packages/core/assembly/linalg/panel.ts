// Cholesky of a supernode's panel, A = L·Lᵀ or, with signs, A = L·S·Lᵀ; and the inverse of its triangle.
import { at, entry, padded } from "./memory";
import { gemm, gemmAs, PACK, packs } from "./gemm";
import { SET, SOLVE, SUB, tiles } from "./tiles";

/** Columns finished with unpacked tiles between two packed updates. */
export const BLOCK: i32 = 64;

/** Row-wise position of (i, j) in a packed lower triangle. */
// @ts-ignore: decorator
@inline
function triangle(i: i32, j: i32): i32 {
  return ((i * (i + 1)) >> 1) + j;
}

/**
 * Cholesky of one tile, in place; leaves the triangle with reciprocal diagonal at `tri` (10 doubles, zero where
 * width < 4). Returns the column of the first pivot ≤ its floor (the pivot is left in place), or −1. With `signs`
 * (else 0) a pivot may have either sign, which is noted there: L of A = L·S·Lᵀ.
 */
export function pivots(width: i32, c: usize, ld: i32, floors: usize, signs: usize, tri: usize): i32 {
  if (width < 4) memory.fill(tri, 0, 80);
  for (let j = 0; j < width; j++) {
    let pivot = load<f64>(entry(c, j, j, ld));
    let sign: f64 = 1;
    if (signs) {
      if (pivot < 0) sign = -1;
      store<f64>(at(signs, j), sign);
      pivot *= sign;
    }
    if (!(pivot > load<f64>(at(floors, j)))) return j;
    const l = sqrt(pivot);
    const r = 1 / l;
    store<f64>(entry(c, j, j, ld), l);
    store<f64>(at(tri, triangle(j, j)), r);
    for (let i = j + 1; i < width; i++) {
      const x = load<f64>(entry(c, i, j, ld)) * r * sign;
      store<f64>(entry(c, i, j, ld), x);
      store<f64>(at(tri, triangle(i, j)), x);
    }
    for (let k = j + 1; k < width; k++) {
      const y = load<f64>(at(tri, triangle(k, j))) * sign;
      for (let i = k; i < width; i++) {
        const q = entry(c, i, k, ld);
        store<f64>(q, load<f64>(q) - load<f64>(at(tri, triangle(i, j))) * y);
      }
    }
  }
  return -1;
}

/** X·S of a strip: `rows` (rounded up to fours) × `columns`, each column times its sign; ldt = rows rounded up. */
export function timesSigns(rows: i32, columns: i32, x: usize, ld: i32, signs: usize, to: usize): void {
  const stride = (<usize>ld) << 3;
  for (let k = 0; k < columns; k++) {
    const sign = v128.load64_splat(at(signs, k));
    for (let i = 0; i < rows; i += 4) {
      v128.store(to, f64x2.mul(v128.load(at(x, i)), sign));
      v128.store(to, f64x2.mul(v128.load(at(x, i), 16), sign), 16);
      to += 32;
    }
    x += stride;
  }
}

/** Loads the triangle of a finished tile as `pivots` leaves it. */
function loadTriangle(width: i32, l: usize, ld: i32, tri: usize): void {
  if (width < 4) memory.fill(tri, 0, 80);
  for (let j = 0; j < width; j++) {
    store<f64>(at(tri, triangle(j, j)), 1 / load<f64>(entry(l, j, j, ld)));
    for (let i = j + 1; i < width; i++) store<f64>(at(tri, triangle(i, j)), load<f64>(entry(l, i, j, ld)));
  }
}

/**
 * L of a panel, in place: `rows` × `columns`, ld = rows (a multiple of 4), the triangle on top; entries above the
 * diagonal are not read and left unspecified. Left-looking. `floors`: the least pivot accepted, per column.
 * Workspace: 16 + PACK doubles at `work`. Returns the column of the first pivot ≤ its floor, or −1.
 *
 * `signs` 0: A = L·Lᵀ. Else A = L·S·Lᵀ, the signs of the pivots are stored there (a double a column) and `signed` is
 * workspace of BLOCK × columns doubles.
 */
export function panelCholesky(
  rows: i32, columns: i32, p: usize, floors: usize, signs: usize, signed: usize, work: usize,
): i32 {
  for (let from = 0; from < columns; from += BLOCK) {
    const to = min(columns, from + BLOCK);
    if (from > 0) reduceRows(rows, from, to, from, rows, p, signs, signed, work);
    const failed = pivotBlock(rows, from, to, p, floors, signs, signed, work);
    if (failed >= 0) return failed;
    solveRows(rows, from, to, padded(to), rows, p, signs, signed, work);
  }
  return -1;
}

/** Takes columns 0..from−1 off columns from..to−1 of a panel, rows r0..r1−1: r0 is `from`, or behind the triangle. */
export function reduceRows(
  ld: i32, from: i32, to: i32, r0: i32, r1: i32, p: usize, signs: usize, signed: usize, work: usize,
): void {
  let right = at(p, from);
  let ldr = ld;
  if (signs) {
    timesSigns(to - from, from, right, ld, signs, signed);
    right = signed;
    ldr = padded(to - from);
  }
  gemmAs(
    packs(ld - from, to - from, from), SUB, r0 == from ? 1 : 0, r1 - r0, to - from, from, at(p, r0), ld, right, ldr,
    entry(p, r0, from, ld), ld, at(work, 16),
  );
}

/** Cholesky of the triangle of columns from..to−1; the column of the first bad pivot, or −1. */
export function pivotBlock(
  ld: i32, from: i32, to: i32, p: usize, floors: usize, signs: usize, signed: usize, work: usize,
): i32 {
  const stride = (<usize>ld) << 3;
  for (let j = from; j < to; j += 4) {
    const width = min(4, to - j);
    const done = entry(p, j, from, ld);
    const c = entry(p, j, j, ld);
    let right = done;
    let step = stride;
    if (signs) {
      timesSigns(4, j - from, done, ld, at(signs, from), signed);
      right = signed;
      step = 32;
    }
    tiles(SUB, 1, j - from, done, stride, 32, right, step, c, stride, width, work);
    const own = signs ? at(signs, j) : 0;
    const failed = pivots(width, c, ld, at(floors, j), own, work);
    if (failed >= 0) return j + failed;
    const strips = ((padded(to) - j) >> 2) - 1;
    tiles(SOLVE, strips, j - from, done + 32, stride, 32, right, step, c + 32, stride, width, work);
    if (signs) flip(strips << 2, width, c + 32, stride, own);
  }
  return -1;
}

/** Rows r0..r1−1, behind the triangle, of columns from..to−1, solved against it. */
export function solveRows(
  ld: i32, from: i32, to: i32, r0: i32, r1: i32, p: usize, signs: usize, signed: usize, work: usize,
): void {
  if (r1 <= r0) return;
  const stride = (<usize>ld) << 3;
  for (let j = from; j < to; j += 4) {
    const width = min(4, to - j);
    const done = entry(p, j, from, ld);
    let right = done;
    let step = stride;
    if (signs) {
      timesSigns(4, j - from, done, ld, at(signs, from), signed);
      right = signed;
      step = 32;
    }
    loadTriangle(width, entry(p, j, j, ld), ld, work);
    tiles(
      SOLVE, (r1 - r0) >> 2, j - from, entry(p, r0, from, ld), stride, 32, right, step, entry(p, r0, j, ld), stride,
      width, work,
    );
    if (signs) flip(r1 - r0, width, entry(p, r0, j, ld), stride, at(signs, j));
  }
}

/** X ← X·S: changes the sign of the columns whose pivot is negative. */
function flip(rows: i32, columns: i32, x: usize, stride: usize, signs: usize): void {
  for (let k = 0; k < columns; k++) {
    if (load<f64>(at(signs, k)) > 0) continue;
    const column = x + <usize>k * stride;
    for (let i = 0; i < rows; i += 2) v128.store(at(column, i), f64x2.neg(v128.load(at(column, i))));
  }
}

/**
 * V = L⁻ᵀ of the triangle on top of a panel: the rows of the identity solved against Lᵀ from the right.
 *
 * `v` (ldv × n, ldv = n rounded up to fours) is overwritten, zero below the diagonal. Workspace as panelCholesky.
 */
export function invertTransposed(n: i32, l: usize, ld: i32, v: usize, ldv: i32, work: usize): void {
  for (let i = 0; i < n; i += BLOCK) invertRows(n, i, l, ld, v, ldv, work);
}

/** Rows i..i+BLOCK−1 of V: no row needs another. */
export function invertRows(n: i32, i: i32, l: usize, ld: i32, v: usize, ldv: i32, work: usize): void {
  const stride = (<usize>ld) << 3;
  const sv = (<usize>ldv) << 3;
  const rows = min(BLOCK, ldv - i);
  for (let k = 0; k < n; k++) memory.fill(entry(v, i, k, ldv), 0, (<usize>rows) << 3);
  for (let j = i, last = min(n, i + BLOCK); j < last; j++) store<f64>(entry(v, j, j, ldv), 1);
  for (let from = i; from < n; from += BLOCK) {
    const to = min(n, from + BLOCK);
    if (from > i) {
      gemm(
        SUB, 0, BLOCK, to - from, from - i, entry(v, i, i, ldv), ldv, entry(l, from, i, ld), ld,
        entry(v, i, from, ldv), ldv, at(work, 16),
      );
    }
    for (let j = from; j < to; j += 4) {
      const width = min(4, to - j);
      loadTriangle(width, entry(l, j, j, ld), ld, work);
      tiles(
        SOLVE, from > i ? BLOCK >> 2 : ((j - i) >> 2) + 1, j - from, entry(v, i, from, ldv), sv, 32,
        entry(l, j, from, ld), stride, entry(v, i, j, ldv), sv, width, work,
      );
    }
  }
}

/** C ← V·Xᵀ with V (n×n, upper triangular) and X (m×n); `lower` skips blocks above the diagonal. */
export function upperTimes(
  lower: i32, n: i32, m: i32, v: usize, ldv: i32, x: usize, ldx: i32, c: usize, ldc: i32, work: usize,
): void {
  for (let i = 0; i < n; i += BLOCK) upperTimesRows(i, lower, n, m, v, ldv, x, ldx, c, ldc, work);
}

/** Rows i..i+BLOCK−1 of C. */
export function upperTimesRows(
  i: i32, lower: i32, n: i32, m: i32, v: usize, ldv: i32, x: usize, ldx: i32, c: usize, ldc: i32, work: usize,
): void {
  const rows = min(BLOCK, n - i);
  gemm(
    SET, 0, rows, lower ? i + rows : m, n - i, entry(v, i, i, ldv), ldv, entry(x, 0, i, ldx), ldx,
    at(c, i), ldc, at(work, 16),
  );
}

/** Doubles of workspace of the panel kernels. */
export const PANEL_WORK: i32 = 16 + PACK;
