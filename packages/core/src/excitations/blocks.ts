import { type BlockSymmetric, toDense } from "../sparse/index.ts";

/** The first `core` blocks of a matrix as a dense one. */
export function coreBlocks(matrix: BlockSymmetric, core: number): Float64Array {
  const { size, dimension: d, hidden = 0, columnStarts, rows, lower, diagonal } = matrix;
  if (hidden > 0) return leading(toDense(matrix), core * (d - hidden));
  const n = core * d;
  const dense = new Float64Array(n * n);
  for (let k = 0; k < Math.min(core, size); k++) {
    for (let a = 0; a < d; a++)
      for (let b = 0; b < d; b++) dense[(k * d + a) * n + k * d + b] = diagonal[(k * d + a) * d + b];
    for (let p = columnStarts[k]; p < columnStarts[k + 1]; p++) {
      const i = rows[p];
      if (i >= core) continue;
      for (let a = 0; a < d; a++)
        for (let b = 0; b < d; b++) {
          const value = lower[(p * d + a) * d + b];
          dense[(i * d + a) * n + k * d + b] = value;
          dense[(k * d + b) * n + i * d + a] = value;
        }
    }
  }
  return dense;
}

function leading(dense: Float64Array, n: number): Float64Array {
  const wide = Math.round(Math.sqrt(dense.length));
  const part = new Float64Array(n * n);
  for (let k = 0; k < n; k++) part.set(dense.subarray(k * wide, k * wide + n), k * n);
  return part;
}

/** Jᵀ A J of each d×d block of a dense matrix, in its place. */
export function conjugate(a: Float64Array, map: Float64Array, d: number): void {
  const n = Math.round(Math.sqrt(a.length));
  const half = new Float64Array(d * d);
  for (let k = 0; k < n; k += d)
    for (let l = 0; l < n; l += d) {
      // particles that do not touch
      let size = 0;
      for (let r = 0; r < d; r++) for (let s = 0; s < d; s++) size += Math.abs(a[(k + r) * n + l + s]);
      if (size === 0) continue;
      for (let r = 0; r < d; r++)
        for (let q = 0; q < d; q++) {
          let sum = 0;
          for (let s = 0; s < d; s++) sum += a[(k + r) * n + l + s] * map[s * d + q];
          half[r * d + q] = sum;
        }
      for (let p = 0; p < d; p++)
        for (let q = 0; q < d; q++) {
          let sum = 0;
          for (let r = 0; r < d; r++) sum += map[r * d + p] * half[r * d + q];
          a[(k + p) * n + l + q] = sum;
        }
    }
}
