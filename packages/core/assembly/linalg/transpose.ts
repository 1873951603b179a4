// Transposition by small tiles: neither side walks through memory a column at a time.
import { entry } from "./memory";

/** Rows and columns of a tile: 16 columns of one cache line and more fit L1 on both sides. */
const TILE: i32 = 16;

/** Two by two: rows j, j+1 of columns i, i+1 to rows i, i+1 of columns j, j+1 (the second only if told). */
// @ts-ignore: decorator
@inline
function flip(from: usize, ldf: i32, to: usize, ldt: i32, both: bool): void {
  const x = v128.load(from);
  const y = v128.load(from + ((<usize>ldf) << 3));
  v128.store(to, v128.shuffle<f64>(x, y, 0, 2));
  if (both) v128.store(to + ((<usize>ldt) << 3), v128.shuffle<f64>(x, y, 1, 3));
}

/**
 * to (m×n) ← from (n×m)ᵀ. Rows of both are padded to fours; an odd m reads one column past the last of `from`
 * and writes a row of padding.
 */
export function transpose(n: i32, m: i32, from: usize, ldf: i32, to: usize, ldt: i32): void {
  for (let j0 = 0; j0 < n; j0 += TILE) {
    const j1 = min(n, j0 + TILE);
    for (let i0 = 0; i0 < m; i0 += TILE) {
      const i1 = min(m, i0 + TILE);
      for (let j = j0; j < j1; j += 2) {
        for (let i = i0; i < i1; i += 2) flip(entry(from, j, i, ldf), ldf, entry(to, i, j, ldt), ldt, j + 1 < n);
      }
    }
  }
}

/** Copies the strict lower triangle of z (n×n, rows padded to fours) onto the upper. */
export function mirror(n: i32, z: usize, ld: i32): void {
  mirrorRows(n, 0, n, z, ld);
}

/** Rows r0..r1−1 of the upper triangle: r0 a multiple of 16, r1 too or n. */
export function mirrorRows(n: i32, r0: i32, r1: i32, z: usize, ld: i32): void {
  for (let j0 = r0; j0 < r1; j0 += TILE) {
    const j1 = min(r1, j0 + TILE);
    for (let i0 = j0; i0 < n; i0 += TILE) {
      const i1 = min(n, i0 + TILE);
      for (let j = j0; j < j1; j += 2) {
        if (i0 == j0 && j + 1 < n) store<f64>(entry(z, j, j + 1, ld), load<f64>(entry(z, j + 1, j, ld)));
        for (let i = max(i0, j + 2); i < i1; i += 2) {
          flip(entry(z, i, j, ld), ld, entry(z, j, i, ld), ld, i + 1 < n);
        }
      }
    }
  }
}
