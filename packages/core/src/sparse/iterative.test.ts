import { describe, expect, test } from "vitest";
import { glass, relativeError } from "../../test/sparse-fixtures.ts";
import {
  type Arithmetic,
  analyze,
  factorize,
  fluctuations,
  multiply,
  ScaledMatrix,
  softPart,
  solve,
  solveIteratively,
  withoutMean,
} from "./index.ts";

describe.each([2, 3] as const)("what needs no factor, %dD", (d) => {
  const { matrix, coordinates } = glass(300, d, d === 2 ? 8 : 20, 4);
  const kinds: readonly Arithmetic[] = ["fast", "reproducible"];

  test.each(kinds)("conjugate gradients solve as the factor does, %s", (arithmetic) => {
    const b = Array.from({ length: 3 }, (_, k) =>
      withoutMean(
        Float64Array.from({ length: 300 * d }, (__, i) => Math.cos(i * (k + 1))),
        d,
      ),
    );
    const found = solveIteratively(new ScaledMatrix(matrix, arithmetic), b, 1e-11);
    const result = factorize(analyze(matrix, coordinates), matrix, { pins: [7] });
    if (result.status !== "ok") throw new Error("indefinite");
    found.forEach((x, k) => {
      const exact = solve(result.factor, b[k], { refine: 1 });
      expect(relativeError(withoutMean(x, d), withoutMean(exact, d))).toBeLessThan(1e-8);
    });
  });

  test("fluctuations hold what equipartition gives them, in all modes together and in soft directions", () => {
    const scaled = new ScaledMatrix(matrix, "fast");
    const count = 100;
    const samples = Array.from({ length: count }, (_, k) => fluctuations(scaled, 5, k)).flat();
    for (const u of samples) {
      // uᵀ M u = zᵀ z: every mode but translations has its share
      const twice = multiply(matrix, u).reduce((sum, f, i) => sum + f * u[i], 0);
      expect(twice).toBeLessThan(300 * d * (1 + 1e-6));
      expect(twice).toBeGreaterThan(300 * d - 12 * d);
      const mean = u.reduce((sum, x, i) => sum + (i % d === 0 ? x : 0), 0);
      expect(Math.abs(mean / 300)).toBeLessThan(1);
    }
    // ⟨(b·u)²⟩ = b·M⁻¹·b to the accuracy of 400 samples, for directions far apart and near
    for (const [i, j] of [
      [0, 1],
      [3, 200],
      [50, 51],
    ]) {
      const b = new Float64Array(300 * d);
      b[i * d] = 1;
      b[j * d] = -1;
      const [x] = solveIteratively(scaled, [b], 1e-11);
      const exact = x[i * d] - x[j * d];
      const found = samples.reduce((sum, u) => sum + (u[i * d] - u[j * d]) ** 2, 0) / samples.length;
      expect(Math.abs(found / exact - 1)).toBeLessThan(4 * Math.sqrt(2 / samples.length));
    }
  });

  test("a soft part and what is left of samples make up the inverse", () => {
    const scaled = new ScaledMatrix(matrix, "fast");
    const start = [0, 1].flatMap((k) => fluctuations(scaled, 9, k));
    const { directions, remove } = softPart(scaled, start);
    const samples = Array.from({ length: 50 }, (_, k) => fluctuations(scaled, 5, k)).flat();
    for (const u of samples) remove(u);
    let [soft, all] = [0, 0];
    for (let k = 0; k < 40; k++) {
      const b = new Float64Array(300 * d);
      b[7 * k * d] = 1;
      b[((7 * k + 150) % 300) * d] = -1;
      const along = (u: Float64Array) => u.reduce((sum, x, i) => sum + x * b[i], 0);
      const [x] = solveIteratively(scaled, [b], 1e-11);
      const exact = along(x);
      const part = directions.reduce((sum, u) => sum + along(u) ** 2, 0);
      expect(part).toBeLessThan(exact * (1 + 1e-6));
      const rest = samples.reduce((sum, u) => sum + along(u) ** 2, 0) / samples.length;
      expect(Math.abs(part + rest - exact)).toBeLessThan(
        4.5 * Math.sqrt(2 / samples.length) * (exact - part),
      );
      soft += part;
      all += exact;
    }
    expect(soft).toBeGreaterThan(0.03 * all);
  });

  test("the same samples every time, others by another seed or number", () => {
    const scaled = new ScaledMatrix(matrix, "reproducible");
    const [first, again, next, other] = [
      fluctuations(scaled, 5, 0),
      fluctuations(new ScaledMatrix(matrix, "reproducible"), 5, 0),
      fluctuations(scaled, 5, 1),
      fluctuations(scaled, 6, 0),
    ];
    expect(again).toEqual(first);
    for (const u of [next[0], other[0], first[1]]) expect(relativeError(u, first[0])).toBeGreaterThan(0.1);
  });
});
