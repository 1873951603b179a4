import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { testRandom } from "../../test/reference.ts";
import { factored, ring } from "../../test/ring.ts";
import { glass } from "../../test/sparse-fixtures.ts";
import { analyze, type BlockSize, type CholeskyFactor, factorize, solve, solveWithin } from "./index.ts";

/** Right-hand sides on random particles, and what the whole solution has there. */
function compare(factor: CholeskyFactor, seed: number): void {
  const random = testRandom(seed);
  const { size, dimension, hidden = 0 } = factor.matrix;
  const d = dimension - hidden;
  const problems = Array.from({ length: 3 }, () => {
    const particles = Int32Array.from(
      new Set(Array.from({ length: 1 + Math.floor(random() * 6) }, () => Math.floor(random() * size))),
    );
    return { particles, b: Float64Array.from({ length: particles.length * d }, () => random() - 0.5) };
  });
  const found = solveWithin(factor, problems);
  problems.forEach(({ particles, b }, r) => {
    const whole = new Float64Array(size * d);
    particles.forEach((p, k) => {
      whole.set(b.subarray(k * d, (k + 1) * d), p * d);
    });
    const x = solve(factor, whole);
    particles.forEach((p, k) => {
      for (let a = 0; a < d; a++) expect(found[r][k * d + a] - x[p * d + a]).toBe(0);
    });
  });
}

describe("solving within a few particles gives the numbers of the whole solution", () => {
  test("for all block sizes, signs, pins and builds", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 60 }),
        fc.constantFrom<BlockSize>(2, 3, 4),
        fc.boolean(),
        fc.boolean(),
        fc.integer(),
        (size, dimension, signed, relaxed, seed) => {
          compare(factored(ring(size, dimension, seed, signed), [1], dimension - 1, relaxed), seed);
        },
      ),
      { numRuns: 60 },
    );
  });

  test.each([{}, { layout: { parts: 8 } }])("in a tree of many supernodes, whole or cut: %o", (options) => {
    const { matrix, coordinates } = glass(900, 2, 7, 17);
    const result = factorize(analyze(matrix, coordinates), matrix, { pins: [0], ...options });
    if (result.status !== "ok") throw new Error("indefinite");
    expect(result.factor.workspace.symbolic.count).toBeGreaterThan(50);
    for (let seed = 1; seed < 20; seed++) compare(result.factor, seed);
  });

  test("refuses right-hand sides of another length", () => {
    const factor = factored(ring(9, 2, 1, false), [0], 1, false);
    expect(() =>
      solveWithin(factor, [{ particles: Int32Array.of(1, 2), b: new Float64Array(3) }]),
    ).toThrowError(/2 particles need 4 numbers, got 3/);
  });
});
