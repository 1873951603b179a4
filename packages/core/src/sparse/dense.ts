import { SoftfieldError } from "../errors.ts";

/** L of L·Lᵀ = A, dense: n×n, row-major, its lower triangle filled. */
export interface DenseFactor {
  readonly size: number;
  readonly lower: Float64Array;
}

/**
 * Cholesky factor of a dense symmetric matrix (n×n, row-major, lower triangle read); undefined where it is not positive
 * definite. n³/3 operations.
 */
export function denseFactor(a: Float64Array): DenseFactor | undefined {
  const size = Math.round(Math.sqrt(a.length));
  if (size * size !== a.length)
    throw new SoftfieldError("usage", `denseFactor: ${a.length} entries are not a square matrix`);
  const lower = a.slice();
  for (let i = 0; i < size; i++) {
    const row = i * size;
    let j = 0;
    // Four columns at a time, which share the row.
    for (; j + 3 < i; j += 4) {
      const [a, b, c, d] = [j * size, (j + 1) * size, (j + 2) * size, (j + 3) * size];
      let [x, y, z, w] = [lower[row + j], lower[row + j + 1], lower[row + j + 2], lower[row + j + 3]];
      for (let k = 0; k < j; k++) {
        const value = lower[row + k];
        x -= value * lower[a + k];
        y -= value * lower[b + k];
        z -= value * lower[c + k];
        w -= value * lower[d + k];
      }
      x /= lower[a + j];
      y = (y - x * lower[b + j]) / lower[b + j + 1];
      z = (z - x * lower[c + j] - y * lower[c + j + 1]) / lower[c + j + 2];
      w = (w - x * lower[d + j] - y * lower[d + j + 1] - z * lower[d + j + 2]) / lower[d + j + 3];
      lower[row + j] = x;
      lower[row + j + 1] = y;
      lower[row + j + 2] = z;
      lower[row + j + 3] = w;
    }
    for (; j <= i; j++) {
      const other = j * size;
      let sum = lower[row + j];
      for (let k = 0; k < j; k++) sum -= lower[row + k] * lower[other + k];
      if (j < i) lower[row + j] = sum / lower[other + j];
      else if (sum > 0) lower[row + i] = Math.sqrt(sum);
      else return undefined;
    }
  }
  return { size, lower };
}

/** x of L·Lᵀ·x = b (n, read). 2n² operations. */
export function denseSolve({ size, lower }: DenseFactor, b: Float64Array): Float64Array {
  const x = b.slice();
  for (let i = 0; i < size; i++) {
    const row = i * size;
    let sum = x[i];
    for (let k = 0; k < i; k++) sum -= lower[row + k] * x[k];
    x[i] = sum / lower[row + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    const row = i * size;
    x[i] /= lower[row + i];
    const value = x[i];
    for (let k = 0; k < i; k++) x[k] -= lower[row + k] * value;
  }
  return x;
}

/** A⁻¹, n×n, from its factor. n³ operations. */
export function denseInverse(factor: DenseFactor): Float64Array {
  const { size, lower } = factor;
  // Rows of L⁻¹ᵀ first: row j of `upper` is column j of L⁻¹.
  const upper = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const column = j * size;
    upper[column + j] = 1 / lower[column + j];
    for (let i = j + 1; i < size; i++) {
      const row = i * size;
      let sum = 0;
      for (let k = j; k < i; k++) sum -= lower[row + k] * upper[column + k];
      upper[column + i] = sum / lower[row + i];
    }
  }
  const inverse = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < size; k++) sum += upper[i * size + k] * upper[j * size + k];
      inverse[i * size + j] = sum;
      inverse[j * size + i] = sum;
    }
  }
  return inverse;
}
