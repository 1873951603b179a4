import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { testRandom } from "../../test/reference.ts";
import {
  analyze,
  type BlockSize,
  type BlockSymmetric,
  type CholeskyFactor,
  factorize,
  selectedInverse,
  solve,
  toDense,
} from "./index.ts";

/**
 * Particles on a ring of chords with random blocks, the last component of each an unknown with a negative diagonal
 * when `signed`: like the augmented Hessian of embedded atoms.
 */
function ring(size: number, dimension: BlockSize, seed: number, signed: boolean): BlockSymmetric {
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

function factored(
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
  const result = factorize(symbolic, matrix, { pins, pinned, relaxed, signed: true });
  if (result.status !== "ok") throw new Error(`indefinite at ${result.particle}`);
  return result.factor;
}

/** M·Z on the pattern's columns must be the identity: residual of the selected inverse against a dense solve. */
function denseInverse(matrix: BlockSymmetric, dropped: readonly number[]): Float64Array {
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

describe("L·S·Lᵀ of indefinite matrices", () => {
  test("its selected inverse is that of the dense matrix, for all block sizes, pins and builds", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 60 }),
        fc.constantFrom<BlockSize>(2, 3, 4),
        fc.boolean(),
        fc.boolean(),
        fc.integer(),
        (size, dimension, signed, relaxed, seed) => {
          const matrix = ring(size, dimension, seed, signed);
          const pin = Math.floor(size / 2);
          const pinned = dimension - 1;
          const factor = factored(matrix, [pin], pinned, relaxed);
          expect(factor.negative).toBe(signed ? size : 0);
          const n = size * dimension;
          const dropped = Array.from({ length: pinned }, (_, a) => pin * dimension + a);
          const dense = denseInverse(matrix, dropped);
          const inverse = selectedInverse(factor);
          const near = (value: number, i: number, j: number) => {
            const expected = dropped.includes(i) || dropped.includes(j) ? 0 : dense[i * n + j];
            expect(Math.abs(value - expected)).toBeLessThan(1e-12);
          };
          for (let k = 0; k < size; k++) {
            for (let a = 0; a < dimension; a++)
              for (let b = 0; b < dimension; b++) {
                const at = (k * dimension + a) * dimension + b;
                near(inverse.diagonal[at], k * dimension + a, k * dimension + b);
                for (let p = inverse.columnStarts[k]; p < inverse.columnStarts[k + 1]; p++)
                  near(
                    inverse.lower[(p * dimension + a) * dimension + b],
                    inverse.rows[p] * dimension + a,
                    k * dimension + b,
                  );
              }
          }
          const b = Float64Array.from({ length: n }, (_, k) => Math.cos(k));
          const x = solve(factor, b);
          for (let i = 0; i < n; i++) {
            let expected = 0;
            for (let j = 0; j < n; j++) if (!dropped.includes(j)) expected += dense[i * n + j] * b[j];
            expect(Math.abs(x[i] - (dropped.includes(i) ? 0 : expected))).toBeLessThan(1e-12);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test("large supernodes: blocked panels and packed products", () => {
    const size = 60;
    const random = testRandom(3);
    const dense = ring(size, 4, 5, true);
    const rows = Array.from({ length: size }, (_, k) =>
      Array.from({ length: size - 1 - k }, (__, j) => k + 1 + j),
    );
    const full: BlockSymmetric = {
      ...dense,
      columnStarts: Int32Array.from({ length: size + 1 }, (_, k) => k * size - (k * (k + 1)) / 2),
      rows: Int32Array.from(rows.flat()),
      lower: Float64Array.from({ length: ((size * (size - 1)) / 2) * 16 }, () => 0.2 * (random() - 0.5)),
    };
    const factor = factored(full, [0], 3, false);
    expect(factor.negative).toBe(size);
    const expected = denseInverse(full, [0, 1, 2]);
    const { diagonal, lower } = selectedInverse(factor);
    const n = size * 4;
    for (let k = 1; k < size; k++)
      for (let e = 0; e < 16; e++)
        expect(diagonal[k * 16 + e]).toBeCloseTo(expected[(k * 4 + (e >> 2)) * n + k * 4 + (e & 3)], 12);
    const last = full.columnStarts[size - 1] - 1;
    for (let e = 0; e < 16; e++)
      expect(lower[last * 16 + e]).toBeCloseTo(
        expected[((size - 1) * 4 + (e >> 2)) * n + (size - 2) * 4 + (e & 3)],
        12,
      );
  });
});
