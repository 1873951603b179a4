import type { BlockSymmetric } from "./blocksymmetric.ts";

/** y = M·x; x: N×d, read; returns N×d, d without hidden unknowns. Cost 4·d²·blocks, twice with hidden unknowns. */
export function multiply(matrix: BlockSymmetric, x: Float64Array): Float64Array {
  const { size, dimension: w, diagonal, hidden = 0 } = matrix;
  if (hidden === 0) return product(matrix, x);
  const d = w - hidden;
  const whole = new Float64Array(size * w);
  for (let k = 0; k < size; k++) whole.set(x.subarray(k * d, (k + 1) * d), k * w);
  // [x; σ] with Bᵀx + Dσ = 0
  const first = product(matrix, whole);
  for (let k = 0; k < size; k++)
    for (let a = d; a < w; a++) whole[k * w + a] = -first[k * w + a] / diagonal[(k * w + a) * w + a];
  return shown(product(matrix, whole), w, d);
}

/**
 * What M·x changes by while M moves by `rate` (pattern of M) at fixed x (N×d, read): with hidden unknowns, the rate of
 * what eliminating them leaves. Cost 4·d²·blocks, four times with hidden unknowns.
 */
export function multiplyRate(matrix: BlockSymmetric, rate: BlockSymmetric, x: Float64Array): Float64Array {
  const { size, dimension: w, diagonal, hidden = 0 } = matrix;
  if (hidden === 0) return product(rate, x);
  const d = w - hidden;
  const whole = new Float64Array(size * w);
  for (let k = 0; k < size; k++) whole.set(x.subarray(k * d, (k + 1) * d), k * w);
  const eliminate = (of: Float64Array, to: Float64Array) => {
    for (let k = 0; k < size; k++)
      for (let a = d; a < w; a++) to[k * w + a] = -of[k * w + a] / diagonal[(k * w + a) * w + a];
  };
  eliminate(product(matrix, whole), whole);
  const direct = product(rate, whole);
  const follow = new Float64Array(size * w);
  eliminate(direct, follow);
  const indirect = product(matrix, follow);
  return shown(
    direct.map((value, k) => value + indirect[k]),
    w,
    d,
  );
}

/** The first d of every w numbers. */
export function shown(x: Float64Array, w: number, d: number): Float64Array {
  const count = x.length / w;
  const result = new Float64Array(count * d);
  for (let k = 0; k < count; k++) result.set(x.subarray(k * w, k * w + d), k * d);
  return result;
}

function product(matrix: BlockSymmetric, x: Float64Array): Float64Array {
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
  const { size, dimension: d, columnStarts, rows, lower, diagonal, hidden = 0 } = matrix;
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
  return hidden === 0 ? dense : eliminated(dense, matrix, hidden);
}

/** K − B D⁻¹ Bᵀ of a dense A whose blocks end with `hidden` unknowns. */
function eliminated(a: Float64Array, { size, dimension: w }: BlockSymmetric, hidden: number): Float64Array {
  const d = w - hidden;
  const [n, wide] = [size * d, size * w];
  const at = (k: number) => Math.floor(k / d) * w + (k % d);
  const dense = new Float64Array(n * n);
  for (let p = 0; p < n; p++) for (let q = 0; q < n; q++) dense[p * n + q] = a[at(p) * wide + at(q)];
  for (let k = 0; k < size; k++) {
    for (let h = d; h < w; h++) {
      const row = (k * w + h) * wide;
      for (let p = 0; p < n; p++) {
        const share = a[row + at(p)] / a[row + k * w + h];
        if (share === 0) continue;
        for (let q = 0; q < n; q++) dense[p * n + q] -= share * a[row + at(q)];
      }
    }
  }
  return dense;
}
