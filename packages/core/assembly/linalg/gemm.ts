// C op A·Bᵀ for panels of any size: straight from memory where it fits the cache, packed where it does not.
import { at } from "./memory";
import { ADD, NEG, SET, SUB, tiles } from "./tiles";

/** Rows of A, columns of B and depth of a packed block: A's block stays in L2, B's strips in L1. */
const ROWS: i32 = 128;
const COLUMNS: i32 = 512;
const DEPTH: i32 = 256;
/** Doubles of workspace that `gemm` needs at `pack`. */
export const PACK: i32 = (ROWS + COLUMNS) * DEPTH;

/** Copies `rows` (rounded up to fours) × depth of a column-major panel into strips of four rows, k-major. */
export function pack(rows: i32, depth: i32, from: usize, stride: usize, to: usize): void {
  for (let i = 0; i < rows; i += 4) {
    let p = at(from, i);
    for (let k = 0; k < depth; k++) {
      v128.store(to, v128.load(p));
      v128.store(to, v128.load(p, 16), 16);
      p += stride;
      to += 32;
    }
  }
}

/**
 * C (m×n) op A (m×depth) · B (n×depth)ᵀ; lda, ldb, ldc in doubles, multiples of 4; operands padded to whole fours
 * of rows. `lower` skips tiles strictly above the diagonal. Workspace: PACK doubles at `work`.
 */
export function gemm(
  mode: i32, lower: i32, m: i32, n: i32, depth: i32,
  a: usize, lda: i32, b: usize, ldb: i32, c: usize, ldc: i32, work: usize,
): void {
  gemmAs(packs(m, n, depth), mode, lower, m, n, depth, a, lda, b, ldb, c, ldc, work);
}

/** Whether a product is made of packed operands. The order of its sums depends on that (beyond a depth of DEPTH). */
// @ts-ignore: decorator
@inline
export function packs(m: i32, n: i32, depth: i32): bool {
  return m > 48 && n > 48 && depth > 48;
}

/** `gemm`, packed if told: parts of a product have the bits of the whole where they are made as that is. */
export function gemmAs(
  pack: bool, mode: i32, lower: i32, m: i32, n: i32, depth: i32,
  a: usize, lda: i32, b: usize, ldb: i32, c: usize, ldc: i32, work: usize,
): void {
  const sc = (<usize>ldc) << 3;
  if (pack) {
    packed(mode, lower, m, n, depth, a, lda, b, ldb, c, ldc, work);
    return;
  }
  const strips = (m + 3) >> 2;
  for (let j = 0; j < n; j += 4) {
    const i = lower ? j : 0;
    tiles(
      mode, strips - (i >> 2), depth, at(a, i), (<usize>lda) << 3, 32, at(b, j), (<usize>ldb) << 3,
      at(c, i) + <usize>j * sc, sc, min(4, n - j), 0,
    );
  }
}

export function packed(
  mode: i32, lower: i32, m: i32, n: i32, depth: i32,
  a: usize, lda: i32, b: usize, ldb: i32, c: usize, ldc: i32, work: usize,
): void {
  const sa = (<usize>lda) << 3;
  const sb = (<usize>ldb) << 3;
  const packedB = at(work, ROWS * DEPTH);
  for (let j0 = 0; j0 < n; j0 += COLUMNS) {
    const columns = min(COLUMNS, n - j0);
    for (let k0 = 0; k0 < depth; k0 += DEPTH) {
      const d = min(DEPTH, depth - k0);
      const step = k0 == 0 ? mode : mode == SET || mode == ADD ? ADD : SUB;
      pack(columns, d, at(b, j0) + <usize>k0 * sb, sb, packedB);
      for (let i0 = lower ? j0 - (j0 % ROWS) : 0; i0 < m; i0 += ROWS) {
        const rows = min(ROWS, m - i0);
        pack(rows, d, at(a, i0) + <usize>k0 * sa, sa, work);
        block(step, lower, i0, rows, j0, columns, d, work, packedB, c, ldc);
      }
    }
  }
}

/** One packed block of A against the packed strips of B. */
export function block(
  mode: i32, lower: i32, i0: i32, rows: i32, j0: i32, columns: i32, depth: i32,
  packedA: usize, packedB: usize, c: usize, ldc: i32,
): void {
  const sc = (<usize>ldc) << 3;
  for (let j = 0; j < columns; j += 4) {
    const skip = lower ? max(0, j0 + j - i0) : 0;
    if (skip >= rows) return;
    tiles(
      mode, ((rows + 3) >> 2) - (skip >> 2), depth, at(packedA, skip * depth), 32, <usize>(depth * 32),
      at(packedB, j * depth), 32, at(c, i0 + skip) + <usize>(j0 + j) * sc, sc, min(4, columns - j), 0,
    );
  }
}
