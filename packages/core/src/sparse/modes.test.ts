import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { testRandom } from "../../test/reference.ts";
import {
  type Fixture,
  glass,
  patternOf,
  randomMatrix,
  randomPoints,
  relativeError,
  springMatrix,
} from "../../test/sparse-fixtures.ts";
import {
  analyze,
  type CholeskyFactor,
  type FactorizeOptions,
  factorize,
  lowestModes,
  multiply,
  symmetricEigen,
  toDense,
} from "./index.ts";

function factorOf({ matrix, coordinates }: Fixture, options: FactorizeOptions = {}): CholeskyFactor {
  const result = factorize(analyze(matrix, coordinates), matrix, options);
  if (result.status !== "ok") throw new Error("indefinite");
  return result.factor;
}

const dot = (x: Float64Array, y: Float64Array) => x.reduce((sum, v, k) => sum + v * y[k], 0);

describe("symmetricEigen", () => {
  const random = testRandom(4);
  const symmetric = (n: number, entry: (i: number, j: number) => number) => {
    const a = new Float64Array(n * n);
    for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = entry(i, j);
    return a;
  };

  function check(a: Float64Array): void {
    const n = Math.sqrt(a.length);
    const { values, vectors } = symmetricEigen(a);
    const rebuilt = new Float64Array(n * n);
    const gram = new Float64Array(n * n);
    const one = new Float64Array(n * n);
    for (let k = 0; k < n; k++) {
      one[k * (n + 1)] = 1;
      if (k > 0) expect(values[k]).toBeGreaterThanOrEqual(values[k - 1]);
      const v = vectors.subarray(k * n, (k + 1) * n);
      for (let i = 0; i < n; i++) {
        gram[k * n + i] = dot(v, vectors.subarray(i * n, (i + 1) * n));
        for (let j = 0; j < n; j++) rebuilt[i * n + j] += values[k] * v[i] * v[j];
      }
    }
    expect(relativeError(rebuilt, a)).toBeLessThan(1e-13);
    expect(relativeError(gram, one)).toBeLessThan(1e-13);
  }

  test.each([1, 2, 3, 10, 61])("rebuilds a random matrix from orthonormal eigenvectors, n = %d", (n) => {
    check(symmetric(n, () => random() - 0.5));
  });
  test("diagonal, block-diagonal, rank one, graded, degenerate and zero matrices", () => {
    check(symmetric(12, (i, j) => (i === j ? 5 - i : 0)));
    check(symmetric(12, (i, j) => (i >> 1 === j >> 1 ? 1 + i : 0)));
    check(symmetric(12, () => 1));
    check(symmetric(12, (i, j) => 10 ** -(i + j)));
    check(symmetric(12, (i, j) => (i === j ? 2 : i === j + 6 ? 1 : 0)));
    expect([...symmetricEigen(new Float64Array(16)).values]).toEqual([0, 0, 0, 0]);
  });
  test("the chain −1 2 −1: 2 − 2 cos(kπ/(n+1))", () => {
    const n = 40;
    const { values } = symmetricEigen(symmetric(n, (i, j) => (i === j ? 2 : i - j === 1 ? -1 : 0)));
    const exact = Array.from(values, (_, k) => 2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)));
    expect(relativeError(values, exact)).toBeLessThan(1e-14);
  });
  test("refuses what is not a finite square matrix", () => {
    expect(() => symmetricEigen(new Float64Array(6))).toThrow(/not a square/);
    expect(() => symmetricEigen(Float64Array.of(1, Number.NaN, 0, 1))).toThrow(/not finite/);
  });
});

/** The first eigenvalues of the dense matrix from the `skip`-th on. */
function denseValues(fixture: Fixture, skip: number, count: number): Float64Array {
  return symmetricEigen(toDense(fixture.matrix)).values.slice(skip, skip + count);
}

describe("lowestModes", () => {
  test.each([
    [60, 2, 6],
    [41, 3, 12],
    [130, 2, 7],
  ] as const)(
    "spring network N = %d, %dD: dense eigenvalues, eigenvectors of M, any pin",
    (size, d, neighbors) => {
      const fixture = glass(size, d, neighbors, 3);
      const exact = denseValues(fixture, d, 12);
      for (const pin of [0, size - 1]) {
        const { status, values, vectors, residuals } = lowestModes(factorOf(fixture, { pins: [pin] }), 12);
        expect(status).toBe("ok");
        expect(relativeError(values, exact)).toBeLessThan(1e-10);
        for (let k = 0; k < 12; k++) {
          const mode = vectors.subarray(k * size * d, (k + 1) * size * d);
          const product = multiply(fixture.matrix, mode);
          const rest = product.map((x, i) => x - values[k] * mode[i]);
          expect(Math.sqrt(dot(rest, rest))).toBeCloseTo(residuals[k], 12);
          expect(residuals[k]).toBeLessThan(1e-7);
          for (let j = 0; j <= k; j++)
            expect(dot(mode, vectors.subarray(j * size * d, (j + 1) * size * d))).toBeCloseTo(
              j === k ? 1 : 0,
              9,
            );
          for (let a = 0; a < d; a++) {
            let drift = 0;
            for (let i = 0; i < size; i++) drift += mode[i * d + a];
            expect(drift).toBeCloseTo(0, 9);
          }
        }
      }
    },
  );

  test("all modes of a small system, and one too many", () => {
    const fixture = glass(9, 3, 5, 2);
    const factor = factorOf(fixture, { pins: [4] });
    expect(relativeError(lowestModes(factor, 24).values, denseValues(fixture, 3, 24))).toBeLessThan(1e-10);
    expect(() => lowestModes(factor, 25)).toThrow(/25 modes asked of a system that has 24/);
    expect(() => lowestModes(factor, 0)).toThrow(/0 modes/);
  });

  test("four-fold degenerate levels are found whole: a square lattice of equal springs", () => {
    const side = 8;
    const at = (x: number, y: number) => ((y + side) % side) * side + ((x + side) % side);
    const edges = Array.from({ length: side * side }, (_, k): [number, number][] => {
      const [x, y] = [k % side, Math.floor(k / side)];
      return [
        [k, at(x + 1, y)],
        [k, at(x, y + 1)],
      ];
    }).flat();
    const pattern = patternOf(side * side, edges);
    const diagonal = Float64Array.from({ length: side * side * 4 }, (_, q) => [4, 0, 0, 12][q % 4]);
    const lower = Float64Array.from({ length: pattern.rows.length * 4 }, (_, q) => [-1, 0, 0, -3][q % 4]);
    const fractional = Float64Array.from(
      { length: side * side * 2 },
      (_, q) => (q % 2 ? Math.floor(q / 2 / side) : (q >> 1) % side) / side,
    );
    const matrix = { ...pattern, dimension: 2 as const, lower, diagonal };
    const fixture: Fixture = { matrix, coordinates: { dimension: 2, fractional } };
    const { values } = lowestModes(factorOf(fixture, { pins: [0] }), 12);
    // λ/K = 2(2 − cos kx − cos ky), K = 1 and 3: four neighbours of k = 0, four diagonal ones, the four neighbours of
    // K = 3. (K = 2 would put eight modes at one value, more than are promised to be found whole.)
    const one = 2 - 2 * Math.cos(Math.PI / 4);
    const exact = [1, 2, 3].flatMap((k) => Array(4).fill(k * one));
    expect(relativeError(values, exact)).toBeLessThan(1e-10);
  });

  test("without pins: the lowest of any positive definite matrix; with a shift: negative ones too", () => {
    const pattern = patternOf(
      50,
      Array.from({ length: 120 }, (_, k) => [(k * 7) % 50, (k * 13 + 5) % 50]),
    );
    const coordinates = { dimension: 2 as const, fractional: randomPoints(50, 2, 1) };
    const definite = { matrix: randomMatrix(pattern, 2, 4, 2), coordinates };
    const values = lowestModes(factorOf(definite), 5).values;
    expect(relativeError(values, denseValues(definite, 0, 5))).toBeLessThan(1e-11);
    const indefinite = { matrix: randomMatrix(pattern, 2, 4, -1), coordinates };
    const exact = denseValues(indefinite, 0, 5);
    expect(exact[0]).toBeLessThan(0);
    const shifted = lowestModes(factorOf(indefinite, { shift: 1 - exact[0] }), 5);
    expect(relativeError(shifted.values, exact)).toBeLessThan(1e-10);
  });

  test("a shifted spring network with translations left out equals the pinned one", () => {
    const fixture = glass(70, 2, 6, 8);
    const pinned = lowestModes(factorOf(fixture, { pins: [3] }), 6).values;
    const factor = factorOf(fixture, { shift: 0.01 });
    expect(relativeError(lowestModes(factor, 6, { deflateTranslations: true }).values, pinned)).toBeLessThan(
      1e-10,
    );
    const kept = lowestModes(factor, 8).values;
    expect(relativeError(kept.subarray(2), pinned)).toBeLessThan(1e-10);
    expect(Math.abs(kept[1])).toBeLessThan(1e-10);
    const both = factorOf(fixture, { shift: 0.01, pins: [3] });
    expect(() => lowestModes(both, 2)).toThrow(/pins and a shift/);
  });

  test("two pinned clusters: both clusters' translations are left out", () => {
    const pattern = patternOf(
      40,
      Array.from({ length: 38 }, (_, k) => [k, k + 2]),
    );
    const fixture: Fixture = {
      matrix: springMatrix(pattern, 2, 3),
      coordinates: { dimension: 2, fractional: randomPoints(40, 2, 2) },
    };
    const { values } = lowestModes(factorOf(fixture, { pins: [0, 1] }), 7);
    expect(relativeError(values, denseValues(fixture, 4, 7))).toBeLessThan(1e-9);
  });

  test("a good guess makes a small basis; a full basis says so", () => {
    const fixture = glass(300, 2, 6, 6);
    const factor = factorOf(fixture, { pins: [0] });
    const cold = lowestModes(factor, 1);
    const warm = lowestModes(factor, 1, { start: cold.vectors });
    expect(warm.basisSize).toBeLessThan(cold.basisSize);
    expect(relativeError(warm.values, cold.values)).toBeLessThan(1e-10);
    const short = lowestModes(factor, 12, { maxBasis: 16 });
    expect(short.status).toBe("unconverged");
    expect(Math.max(...short.residuals)).toBeGreaterThan(1e-6);
  });

  test("the same numbers every time, and the factor still solves", () => {
    const factor = factorOf(glass(60, 3, 12, 6), { pins: [0] });
    const first = lowestModes(factor, 5);
    expect(lowestModes(factor, 5)).toEqual(first);
    expect(() => lowestModes(factor, 5, {}, { signal: AbortSignal.abort() })).toThrow(/stopped/);
  });

  test("any spring network: residuals are small and values ascend", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 60 }),
        fc.nat(500),
        fc.constantFrom(2, 3) as fc.Arbitrary<2 | 3>,
        (size, seed, d) => {
          const count = Math.min(4, size * d - d);
          const { values, residuals } = lowestModes(
            factorOf(glass(size, d, 6, seed), { pins: [seed % size] }),
            count,
          );
          return (
            values.every((v, k) => v > 0 && (k === 0 || v >= values[k - 1])) &&
            residuals.every((r) => r < 1e-6)
          );
        },
      ),
      { numRuns: 30, seed: 2 },
    );
  });
});
