import { SoftfieldError } from "../errors.ts";

/** L of L·Lᵀ = A, dense: n×n, row-major, its lower triangle filled. */
export interface DenseFactor {
  readonly size: number;
  readonly lower: Float64Array;
}

/**
 * Cholesky factor of a dense symmetric matrix (n×n, row-major, lower triangle read); undefined where it is not positive
 * definite. `into`: where L goes, a itself if it is wanted no more. n³/3 operations.
 */
export function denseFactor(a: Float64Array, into: Float64Array = a.slice()): DenseFactor | undefined {
  const size = Math.round(Math.sqrt(a.length));
  if (size * size !== a.length)
    throw new SoftfieldError("usage", `denseFactor: ${a.length} entries are not a square matrix`);
  const lower = into;
  if (lower !== a) lower.set(a);
  let i = 0;
  for (; i + 1 < size; i += 2) {
    // Two rows share four columns at a time; every entry is the same sum, whoever shares.
    let j = 0;
    for (; j + 3 < i; j += 4) fourColumns(lower, size, i, j);
    if (!(row(lower, size, i, j) && row(lower, size, i + 1, j))) return undefined;
  }
  if (i < size && !row(lower, size, i, 0)) return undefined;
  return { size, lower };
}

/** Entries i, j..j+3 and i+1, j..j+3 of L, where all before them are there. */
function fourColumns(lower: Float64Array, size: number, i: number, j: number): void {
  const [one, two] = [i * size, (i + 1) * size];
  const [a, b, c, d] = [j * size, (j + 1) * size, (j + 2) * size, (j + 3) * size];
  let [x, y, z, w] = [lower[one + j], lower[one + j + 1], lower[one + j + 2], lower[one + j + 3]];
  let [p, q, r, s] = [lower[two + j], lower[two + j + 1], lower[two + j + 2], lower[two + j + 3]];
  for (let k = 0; k < j; k++) {
    const [u, v] = [lower[one + k], lower[two + k]];
    const [e, f, g, h] = [lower[a + k], lower[b + k], lower[c + k], lower[d + k]];
    x -= u * e;
    y -= u * f;
    z -= u * g;
    w -= u * h;
    p -= v * e;
    q -= v * f;
    r -= v * g;
    s -= v * h;
  }
  below(lower, size, j, one, x, y, z, w);
  below(lower, size, j, two, p, q, r, s);
}

/** Ends four entries of a row by the 4×4 triangle of their columns. */
function below(
  lower: Float64Array,
  size: number,
  j: number,
  row: number,
  x: number,
  y: number,
  z: number,
  w: number,
): void {
  const [b, c, d] = [(j + 1) * size + j, (j + 2) * size + j, (j + 3) * size + j];
  const first = x / lower[j * size + j];
  const second = (y - first * lower[b]) / lower[b + 1];
  const third = (z - first * lower[c] - second * lower[c + 1]) / lower[c + 2];
  lower[row + j] = first;
  lower[row + j + 1] = second;
  lower[row + j + 2] = third;
  lower[row + j + 3] = (w - first * lower[d] - second * lower[d + 1] - third * lower[d + 2]) / lower[d + 3];
}

/** The entries of row i from column j on; false where its diagonal has no root. */
function row(lower: Float64Array, size: number, i: number, from: number): boolean {
  const own = i * size;
  for (let j = from; j <= i; j++) {
    const other = j * size;
    let sum = lower[own + j];
    for (let k = 0; k < j; k++) sum -= lower[own + k] * lower[other + k];
    if (j < i) lower[own + j] = sum / lower[other + j];
    else if (sum > 0) lower[own + i] = Math.sqrt(sum);
    else return false;
  }
  return true;
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
