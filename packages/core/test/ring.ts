import {
  analyze,
  type BlockSize,
  type BlockSymmetric,
  type CholeskyFactor,
  factorize,
  toDense,
} from "../src/sparse/index.ts";
import { testRandom } from "./reference.ts";

/**
 * Particles on a ring of chords with random blocks, the last component of each an unknown with a negative diagonal
 * when `signed`: like the augmented Hessian of embedded atoms.
 */
export function ring(size: number, dimension: BlockSize, seed: number, signed: boolean): BlockSymmetric {
  const random = testRandom(seed);
  const rows: number[] = [];
  const columnStarts = [0];
  for (let k = 0; k < size; k++) {
    for (const reach of [1, 2, 7, size - 7, size - 2, size - 1])
      if (reach > 0 && k + reach < size && !rows.slice(columnStarts[k]).includes(k + reach))
        rows.push(k + reach);
    columnStarts.push(rows.length);
    rows.splice(columnStarts[k], Infinity, ...rows.slice(columnStarts[k]).sort((a, b) => a - b));
  }
  const dd = dimension * dimension;
  const lower = Float64Array.from({ length: rows.length * dd }, () => random() - 0.5);
  const diagonal = new Float64Array(size * dd);
  for (let k = 0; k < size; k++) {
    for (let a = 0; a < dimension; a++) {
      for (let b = 0; b <= a; b++) {
        const value = a === b ? 9 + random() : random() - 0.5;
        diagonal[(k * dimension + a) * dimension + b] = value;
        diagonal[(k * dimension + b) * dimension + a] = value;
      }
    }
    if (signed) diagonal[k * dd + dd - 1] *= -1;
  }
  return {
    size,
    dimension,
    columnStarts: Int32Array.from(columnStarts),
    rows: Int32Array.from(rows),
    lower,
    diagonal,
  };
}

export function factored(
  matrix: BlockSymmetric,
  pins: readonly number[],
  pinned: number,
  relaxed: boolean,
): CholeskyFactor {
  const { size } = matrix;
  const fractional = Float64Array.from({ length: size * 2 }, (_, k) =>
    k % 2 === 0 ? k / (2 * size) : ((k * 7919) % 101) / 101,
  );
  const symbolic = analyze(matrix, { dimension: 2, fractional }, { blockSize: matrix.dimension });
  const result = factorize(symbolic, matrix, {
    pins,
    pinned,
    arithmetic: relaxed ? "fast" : "reproducible",
    signed: true,
  });
  if (result.status !== "ok") throw new Error(`indefinite at ${result.particle}`);
  return result.factor;
}

/** The inverse by Gauss–Jordan with pivoting, n×n, of the matrix without the dropped rows and columns (identity there). */
export function denseInverse(matrix: BlockSymmetric, dropped: readonly number[]): Float64Array {
  const n = matrix.size * matrix.dimension;
  const a = toDense(matrix);
  for (const k of dropped)
    for (let j = 0; j < n; j++) {
      a[k * n + j] = k === j ? 1 : 0;
      a[j * n + k] = k === j ? 1 : 0;
    }
  const z = Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 1 : 0));
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(a[i * n + k]) > Math.abs(a[best * n + k])) best = i;
    for (const m of [a, z])
      for (let j = 0; j < n; j++) [m[k * n + j], m[best * n + j]] = [m[best * n + j], m[k * n + j]];
    const pivot = a[k * n + k];
    for (const m of [a, z]) for (let j = 0; j < n; j++) m[k * n + j] /= pivot;
    for (let i = 0; i < n; i++) {
      const f = a[i * n + k];
      if (i === k || f === 0) continue;
      for (const m of [a, z]) for (let j = 0; j < n; j++) m[i * n + j] -= f * m[k * n + j];
    }
  }
  return z;
}

/** All particles joined, four unknowns each, the last with a negative diagonal. */
export function complete(size: number, seed: number): BlockSymmetric {
  const random = testRandom(seed);
  const rows = Array.from({ length: size }, (_, k) =>
    Array.from({ length: size - 1 - k }, (__, j) => k + 1 + j),
  );
  return {
    ...ring(size, 4, seed, true),
    columnStarts: Int32Array.from({ length: size + 1 }, (_, k) => k * size - (k * (k + 1)) / 2),
    rows: Int32Array.from(rows.flat()),
    lower: Float64Array.from({ length: ((size * (size - 1)) / 2) * 16 }, () => 0.2 * (random() - 0.5)),
  };
}
