import type { BlockSymmetric } from "./blocksymmetric.ts";

/** y = M·x; x: N×d, read; returns N×d. Cost 4·d²·blocks. */
export function multiply(matrix: BlockSymmetric, x: Float64Array): Float64Array {
  const { size, dimension: d, columnStarts, rows, lower, diagonal } = matrix;
  const y = new Float64Array(x.length);
  for (let k = 0; k < size; k++) {
    for (let a = 0; a < d; a++)
      for (let b = 0; b < d; b++) y[k * d + a] += diagonal[(k * d + a) * d + b] * x[k * d + b];
    for (let p = columnStarts[k]; p < columnStarts[k + 1]; p++) {
      const i = rows[p];
      for (let a = 0; a < d; a++) {
        for (let b = 0; b < d; b++) {
          const m = lower[(p * d + a) * d + b];
          y[i * d + a] += m * x[k * d + b];
          y[k * d + b] += m * x[i * d + a];
        }
      }
    }
  }
  return y;
}

/** The full (N·d)×(N·d) matrix, for oracles on small systems. */
export function toDense(matrix: BlockSymmetric): Float64Array {
  const { size, dimension: d, columnStarts, rows, lower, diagonal } = matrix;
  const n = size * d;
  const dense = new Float64Array(n * n);
  for (let k = 0; k < size; k++) {
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < d; b++) {
        dense[(k * d + a) * n + k * d + b] = diagonal[(k * d + a) * d + b];
        for (let p = columnStarts[k]; p < columnStarts[k + 1]; p++) {
          const value = lower[(p * d + a) * d + b];
          dense[(rows[p] * d + a) * n + k * d + b] = value;
          dense[(k * d + b) * n + rows[p] * d + a] = value;
        }
      }
    }
  }
  return dense;
}
