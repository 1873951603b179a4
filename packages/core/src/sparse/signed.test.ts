import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { complete, denseInverse, factored, ring } from "../../test/ring.ts";
import { cutFine, relativeError } from "../../test/sparse-fixtures.ts";
import {
  type BlockSize,
  type BlockSymmetric,
  type CholeskyFactor,
  factorize,
  inverseDerivative,
  inverseDerivatives,
  selectedInverse,
  solve,
  toDense,
} from "./index.ts";

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

  test("in strips, as whole: factor, inverse, derivative", () => {
    const [matrix, rate] = [complete(70, 5), complete(70, 6)];
    const whole = factored(matrix, [0], 3, false);
    for (const particles of [16, 20, 33]) {
      const symbolic = cutFine(whole.workspace.symbolic, particles);
      expect(symbolic.count).toBeGreaterThan(2);
      const result = factorize(symbolic, matrix, { pins: [0], pinned: 3, signed: true });
      if (result.status !== "ok") throw new Error(`indefinite at ${result.particle}`);
      for (const part of ["lower", "diagonal"] as const) {
        const [found, expected] = [result.factor, whole].map((factor) => selectedInverse(factor)[part]);
        expect(relativeError(found, expected)).toBeLessThan(1e-12);
        const [moved, rates] = [result.factor, whole].map((factor) => inverseDerivative(factor, rate)[part]);
        expect(relativeError(moved, rates)).toBeLessThan(1e-12);
      }
    }
  });

  test("large supernodes: blocked panels and packed products", () => {
    const size = 60;
    const full = complete(size, 5);
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

describe("the derivative of the inverse", () => {
  test("is −G·DM·G on the pattern, for all block sizes, signs, pins and builds", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 60 }),
        fc.constantFrom<BlockSize>(2, 3, 4),
        fc.boolean(),
        fc.boolean(),
        fc.integer(),
        (size, dimension, signed, relaxed, seed) => {
          const matrix = ring(size, dimension, seed, signed);
          const rate = ring(size, dimension, seed + 1, false);
          const [pin, pinned] = [1, dimension - 1];
          const factor = factored(matrix, [pin], pinned, relaxed);
          compare(matrix, rate, factor, pin, pinned);
          const before = solve(
            factor,
            Float64Array.from({ length: size * dimension }, (_, k) => k),
          );
          inverseDerivative(factor, rate);
          const after = solve(
            factor,
            Float64Array.from({ length: size * dimension }, (_, k) => k),
          );
          expect(after).toEqual(before);
        },
      ),
      { numRuns: 60 },
    );
  });

  test.each([2, 3, 4] as const)(
    "along several directions at once has the bits of each alone: d = %i",
    (d) => {
      for (const signed of [false, true]) {
        const factor = factored(ring(50, d, 5, signed), [0], d - 1, false);
        const rates = [7, 8, 9].map((seed) => ring(50, d, seed, false));
        const alone = rates.map((rate) => inverseDerivative(factor, rate));
        expect(inverseDerivatives(factor, rates)).toEqual(alone);
      }
    },
  );

  test("in large supernodes", () => {
    const [matrix, rate] = [complete(60, 5), complete(60, 6)];
    compare(matrix, rate, factored(matrix, [0], 3, false), 0, 3);
  });
});

function compare(
  matrix: BlockSymmetric,
  rate: BlockSymmetric,
  factor: CholeskyFactor,
  pin: number,
  pinned: number,
): void {
  const { size, dimension: d } = matrix;
  const n = size * d;
  const dropped = Array.from({ length: pinned }, (_, a) => pin * d + a);
  const g = denseInverse(matrix, dropped);
  for (const k of dropped) g[k * (n + 1)] = 0;
  const expected = product(product(g, toDense(rate), n), g, n);
  const { lower, diagonal, rows, columnStarts } = inverseDerivative(factor, rate);
  for (let k = 0; k < size; k++)
    for (let a = 0; a < d; a++)
      for (let b = 0; b < d; b++) {
        const near = (value: number, i: number) =>
          expect(Math.abs(value + expected[i * n + k * d + b])).toBeLessThan(1e-12);
        near(diagonal[(k * d + a) * d + b], k * d + a);
        for (let p = columnStarts[k]; p < columnStarts[k + 1]; p++)
          near(lower[(p * d + a) * d + b], rows[p] * d + a);
      }
}

function product(x: Float64Array, y: Float64Array, n: number): Float64Array {
  const z = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++) {
      const f = x[i * n + k];
      if (f !== 0) for (let j = 0; j < n; j++) z[i * n + j] += f * y[k * n + j];
    }
  return z;
}
