import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linalgOf, VARIANTS } from "../../test/oracles/linalg.ts";
import { validateSymbolic } from "../../test/oracles/symbolic.ts";
import { testRandom } from "../../test/reference.ts";
import {
  ADVERSARIAL,
  denseInverse,
  type Fixture,
  glass,
  patternOf,
  randomMatrix,
  randomPoints,
  relativeError,
  springMatrix,
} from "../../test/sparse-fixtures.ts";
import type { Arena } from "../kernels/index.ts";
import {
  analyze,
  type BlockSymmetric,
  type CholeskyFactor,
  createWorkspace,
  type FactorizeOptions,
  factorize,
  inverseDerivative,
  multiply,
  onSelectedInverse,
  type SelectedInverse,
  selectedInverse,
  solve,
  toDense,
} from "./index.ts";

type Variant = (typeof VARIANTS)[number];
const kernels = (variant: Variant) => (arena: Arena) => linalgOf(arena, variant);

function factorOf({ matrix, coordinates }: Fixture, options: FactorizeOptions = {}): CholeskyFactor {
  const symbolic = analyze(matrix, coordinates);
  expect(validateSymbolic(symbolic)).toEqual([]);
  const result = factorize(symbolic, matrix, options);
  if (result.status !== "ok") throw new Error(`indefinite at ${result.particle}: ${result.pivot}`);
  return result.factor;
}

const droppedRows = (pins: readonly number[], d: number) =>
  new Set(pins.flatMap((pin) => Array.from({ length: d }, (_, a) => pin * d + a)));

/** The dense inverse read on the pattern. */
function onPattern(inverse: Float64Array, { size, dimension: d, columnStarts, rows }: BlockSymmetric) {
  const n = size * d;
  const lower = new Float64Array(rows.length * d * d);
  const diagonal = new Float64Array(size * d * d);
  for (let k = 0; k < size; k++) {
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < d; b++) {
        diagonal[(k * d + a) * d + b] = inverse[(k * d + a) * n + k * d + b];
        for (let p = columnStarts[k]; p < columnStarts[k + 1]; p++)
          lower[(p * d + a) * d + b] = inverse[(rows[p] * d + a) * n + k * d + b];
      }
    }
  }
  return { lower, diagonal };
}

/** Solve and selected inverse of a fixture against the dense inverse; the largest relative error. */
function errorAgainstDense(fixture: Fixture, pins: readonly number[], variant: Variant, shift = 0): number {
  const factor = factorOf(fixture, { pins, kernels: kernels(variant), shift });
  const { matrix } = fixture;
  const n = matrix.size * matrix.dimension;
  const dense = toDense(matrix);
  for (let i = 0; i < n; i++) dense[i * (n + 1)] += shift;
  const inverse = denseInverse(dense, droppedRows(pins, matrix.dimension));
  const b = Float64Array.from({ length: 2 * n }, testRandom(3));
  const x = new Float64Array(2 * n);
  for (let r = 0; r < 2; r++)
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) x[r * n + i] += inverse[i * n + j] * b[r * n + j];
  const exact = onPattern(inverse, matrix);
  const before = solve(factor, b, { count: 2 });
  const found = selectedInverse(factor);
  const scale = exact.diagonal.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-300);
  const gap = (values: Float64Array, wanted: Float64Array) =>
    values.reduce((most, value, k) => Math.max(most, Math.abs(value - wanted[k])), 0) / scale;
  return Math.max(
    relativeError(before, x),
    relativeError(solve(factor, b, { count: 2 }), x),
    gap(found.lower, exact.lower),
    gap(found.diagonal, exact.diagonal),
  );
}

describe.each(VARIANTS)("against dense inverses, %s", (variant) => {
  test.each([
    [40, 2, 6],
    [150, 2, 7],
    [60, 3, 12],
    [50, 3, 30],
    [90, 2, 20],
  ] as const)("glass-like springs, one pin: N = %d, %dD, %d neighbours", (size, dimension, neighbors) => {
    expect(errorAgainstDense(glass(size, dimension, neighbors, 17), [size >> 1], variant)).toBeLessThan(
      1e-11,
    );
  });

  test.each(Object.keys(ADVERSARIAL))(
    "positive definite matrices on the graph '%s', no pin and shift",
    (name) => {
      for (const [size, dimension] of [
        [1, 2],
        [2, 3],
        [19, 2],
        [45, 3],
        [70, 2],
      ] as const) {
        const pattern = patternOf(size, ADVERSARIAL[name](size));
        const fixture = {
          matrix: randomMatrix(pattern, dimension, size, dimension),
          coordinates: { dimension, fractional: randomPoints(size, dimension, size + 1) },
        };
        expect(errorAgainstDense(fixture, [], variant, 0.25)).toBeLessThan(1e-12);
      }
    },
  );

  test("any graph, any pins: property", () => {
    const edge = fc.tuple(fc.nat(39), fc.nat(39));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.array(edge, { maxLength: 150 }),
        fc.constantFrom(2, 3) as fc.Arbitrary<2 | 3>,
        fc.array(fc.nat(39), { maxLength: 3 }),
        fc.nat(1000),
        (size, edges, dimension, pins, seed) => {
          const pattern = patternOf(
            size,
            edges.map(([a, b]) => [a % size, b % size]),
          );
          const fixture = {
            matrix: randomMatrix(pattern, dimension, seed, dimension),
            coordinates: { dimension, fractional: randomPoints(size, dimension, seed) },
          };
          return errorAgainstDense(fixture, [...new Set(pins.map((p) => p % size))], variant) < 1e-11;
        },
      ),
      { numRuns: 40, seed: 11 },
    );
  });
});

test("coordinates only steer the order: all equal, outside the box, on a line", () => {
  const { matrix } = glass(70, 2, 6, 5);
  const n = 140;
  for (const fractional of [
    new Float64Array(n),
    Float64Array.from({ length: n }, (_, k) => k - 33.3),
    Float64Array.from({ length: n }, (_, k) => (k % 2 ? 0 : k / n)),
  ]) {
    expect(
      errorAgainstDense({ matrix, coordinates: { dimension: 2, fractional } }, [3], "simd"),
    ).toBeLessThan(1e-11);
  }
});

test("the inverse of a spring network does not know which particle is pinned: bond covariances agree", () => {
  const fixture = glass(120, 2, 6, 9);
  const { matrix } = fixture;
  const covariances = [5, 77].map((pin) => {
    const { lower, diagonal, pins } = selectedInverse(factorOf(fixture, { pins: [pin] }));
    expect([...pins]).toEqual([pin]);
    expect(diagonal.subarray(pin * 4, pin * 4 + 4).every((x) => x === 0)).toBe(true);
    const trace: number[] = [];
    for (let k = 0; k < matrix.size; k++)
      for (let p = matrix.columnStarts[k]; p < matrix.columnStarts[k + 1]; p++)
        for (const a of [0, 3])
          trace.push(diagonal[k * 4 + a] + diagonal[matrix.rows[p] * 4 + a] - 2 * lower[p * 4 + a]);
    return trace;
  });
  expect(relativeError(covariances[0], covariances[1])).toBeLessThan(1e-11);
});

describe("failures that are results", () => {
  test("an indefinite matrix: the particle whose pivot is not positive", () => {
    const fixture = glass(60, 2, 6, 21);
    const { matrix, coordinates } = fixture;
    const diagonal = matrix.diagonal.slice();
    diagonal[4 * 41] -= 50;
    const result = factorize(analyze(matrix, coordinates), { ...matrix, diagonal }, { pins: [0] });
    expect(result).toMatchObject({ status: "indefinite", component: 0 });
    if (result.status === "indefinite") {
      expect(result.pivot).toBeLessThan(0);
      expect(result.particle).toBeLessThan(60);
    }
  });

  test("a decoupled negative block is blamed on its own particle, with its own pivot", () => {
    const pattern = patternOf(30, ADVERSARIAL.chain!(29));
    const matrix = randomMatrix(pattern, 3, 2, 3);
    matrix.diagonal.set([5, 0, 0, 0, -3, 0, 0, 0, 5], 29 * 9);
    const coordinates = { dimension: 3 as const, fractional: randomPoints(30, 3, 4) };
    const result = factorize(analyze(matrix, coordinates), matrix);
    expect(result).toMatchObject({ status: "indefinite", particle: 29, component: 1, pivot: -3 });
  });

  test.each(["plain", "simd"] as const)("translations not pinned: singular at roundoff, %s", (variant) => {
    const { matrix, coordinates } = glass(200, 2, 6, 3);
    expect(factorize(analyze(matrix, coordinates), matrix, { kernels: kernels(variant) }).status).toBe(
      "indefinite",
    );
  });

  test("two clusters, one pin: the other cluster is named; two pins: a factor", () => {
    const pattern = patternOf(60, ADVERSARIAL.halves!(60));
    const matrix = springMatrix(pattern, 2, 8);
    const symbolic = analyze(matrix, { dimension: 2, fractional: randomPoints(60, 2, 1) });
    expect(symbolic.componentCount).toBe(2);
    const result = factorize(symbolic, matrix, { pins: [0] });
    expect(result).toMatchObject({ status: "indefinite", component: 1 });
    if (result.status === "indefinite") expect(result.particle % 2).toBe(1);
    expect(factorize(symbolic, matrix, { pins: [0, 1] }).status).toBe("ok");
  });

  test("NaN in the matrix is indefinite, not a NaN result", () => {
    const { matrix, coordinates } = glass(30, 2, 6, 3);
    const lower = matrix.lower.slice();
    lower[lower.length - 6] = Number.NaN;
    expect(factorize(analyze(matrix, coordinates), { ...matrix, lower }, { pins: [0] }).status).toBe(
      "indefinite",
    );
  });
});

describe("misuse throws what to do", () => {
  const { matrix, coordinates } = glass(20, 2, 6, 1);
  const symbolic = analyze(matrix, coordinates);
  test("coordinates of another length", () => {
    expect(() => analyze(matrix, { dimension: 3, fractional: coordinates.fractional })).toThrow(
      /60 coordinates/,
    );
  });
  test("a matrix of another pattern", () => {
    expect(() => factorize(symbolic, glass(20, 2, 9, 2).matrix)).toThrow(/analyse it anew/);
    expect(() => factorize(symbolic, glass(21, 2, 6, 1).matrix)).toThrow(/analyse it anew/);
  });
  test.each([-1, 20, 1.5, Number.NaN])("pin %d", (pin) => {
    expect(() => factorize(symbolic, matrix, { pins: [pin] })).toThrow(/not a particle of 0…19/);
  });
  test("a workspace of another analysis", () => {
    const workspace = createWorkspace(analyze(matrix, coordinates));
    expect(() => factorize(symbolic, matrix, { workspace })).toThrow(/another symbolic analysis/);
  });
  test("a right-hand side of another length", () => {
    const factor = factorOf({ matrix, coordinates }, { pins: [0] });
    expect(() => solve(factor, new Float64Array(39))).toThrow(/need 40 numbers, got 39/);
  });
});

test("one workspace serves many factorisations without growing, each right", () => {
  const first = glass(80, 2, 6, 31);
  const symbolic = analyze(first.matrix, first.coordinates);
  const workspace = createWorkspace(symbolic);
  let bytes = 0;
  const b = Float64Array.from({ length: 160 }, testRandom(7));
  for (let seed = 0; seed < 30; seed++) {
    const matrix = springMatrix(first.matrix, 2, seed);
    const result = factorize(symbolic, matrix, { pins: [seed], workspace });
    if (result.status !== "ok") throw new Error("indefinite");
    const x = solve(result.factor, b);
    selectedInverse(result.factor);
    const product = multiply(matrix, x);
    const rest = b.map((value, i) => (Math.floor(i / 2) === seed ? 0 : value - product[i]));
    expect(rest.reduce((most, value) => Math.max(most, Math.abs(value)), 0)).toBeLessThan(1e-11);
    if (seed === 0) bytes = workspace.arena.memory.buffer.byteLength;
  }
  expect(workspace.arena.memory.buffer.byteLength).toBe(bytes);
});

test("an inverse is made once, until its memory is used for another matrix", () => {
  const { matrix, coordinates } = glass(80, 2, 6, 31);
  const symbolic = analyze(matrix, coordinates);
  const workspace = createWorkspace(symbolic);
  const factored = (seed: number) => {
    const result = factorize(symbolic, springMatrix(matrix, 2, seed), { pins: [0], workspace });
    if (result.status !== "ok") throw new Error("indefinite");
    return result.factor;
  };
  let made = 0;
  const control = { onProgress: ({ stage }: { stage: string }) => void (made += stage === "invert" ? 1 : 0) };
  const blocks = ({ lower, diagonal }: SelectedInverse) => ({
    lower: lower.slice(),
    diagonal: diagonal.slice(),
  });
  const first = factored(1);
  const found = onSelectedInverse(first, blocks, control);
  const once = made;
  expect(once).toBeGreaterThan(0);
  expect(selectedInverse(first, control)).toMatchObject(found);
  solve(first, new Float64Array(160).fill(1));
  expect(onSelectedInverse(first, blocks, control)).toEqual(found);
  expect(made).toBe(once);
  const second = factored(2);
  expect(onSelectedInverse(second, blocks, control)).not.toEqual(found);
  expect(made).toBe(2 * once);
  inverseDerivative(second, matrix);
  expect(onSelectedInverse(second, blocks, control)).toEqual(blocks(selectedInverse(second)));
  expect(onSelectedInverse(factored(1), blocks, control)).toEqual(found);
});

test("an arena handed on to another analysis gives the same numbers as a fresh one", () => {
  const small = glass(50, 3, 10, 3);
  const large = glass(300, 2, 6, 4);
  const used = factorOf(large, { pins: [1] }).workspace.arena;
  const again = selectedInverse(factorOf(small, { pins: [1], arena: used }));
  const fresh = selectedInverse(factorOf(small, { pins: [1] }));
  expect(again.lower).toEqual(fresh.lower);
  expect(again.diagonal).toEqual(fresh.diagonal);
});

test("the portable build is asked for by reproducible arithmetic and agrees with the fused one", () => {
  const fixture = glass(150, 3, 14, 3);
  const portable = selectedInverse(factorOf(fixture, { pins: [1], arithmetic: "reproducible" }));
  const simd = selectedInverse(factorOf(fixture, { pins: [1], kernels: kernels("simd") }));
  const fused = selectedInverse(factorOf(fixture, { pins: [1] }));
  expect(portable.lower).toEqual(simd.lower);
  expect(relativeError(fused.lower, simd.lower)).toBeLessThan(1e-11);
});

test("refinement does not spoil a solution, and repairs one of a perturbed factor", () => {
  const fixture = glass(100, 2, 6, 12);
  const factor = factorOf(fixture, { pins: [4] });
  const b = Float64Array.from({ length: 200 }, testRandom(2));
  const x = solve(factor, b, { refine: 2 });
  expect(relativeError(x, solve(factor, b))).toBeLessThan(1e-10);
  const stiffer = { ...fixture.matrix, diagonal: fixture.matrix.diagonal.map((v) => v * 1.001) };
  const near = factorOf({ ...fixture, matrix: stiffer }, { pins: [4] });
  const repaired = { ...near, matrix: fixture.matrix };
  const plain = relativeError(solve(repaired, b), x);
  expect(relativeError(solve(repaired, b, { refine: 12 }), x)).toBeLessThan(plain / 100);
});

test("refinement knows the shift, and pins stand beside any shift", () => {
  const fixture = glass(90, 3, 12, 13);
  const shift = 3;
  const factor = factorOf(fixture, { pins: [7], shift });
  const b = Float64Array.from({ length: 270 }, testRandom(6)).fill(0, 21, 24);
  const x = solve(factor, b, { refine: 3 });
  const product = multiply(fixture.matrix, x);
  const rest = product.map((value, i) => value + shift * x[i] - b[i]).fill(0, 21, 24);
  expect(rest.reduce((most, value) => Math.max(most, Math.abs(value)), 0)).toBeLessThan(1e-13);
  expect(errorAgainstDense(fixture, [7], "simd", shift)).toBeLessThan(1e-12);
});

test("work reports its progress to the end and stops on request", () => {
  const { matrix, coordinates } = glass(100, 2, 6, 1);
  const symbolic = analyze(matrix, coordinates);
  const seen: string[] = [];
  const onProgress = ({ stage, done, total }: { stage: string; done: number; total: number }) => {
    if (done === total) seen.push(stage);
  };
  const result = factorize(symbolic, matrix, { pins: [0] }, { onProgress });
  if (result.status === "ok") selectedInverse(result.factor, { onProgress });
  expect(seen).toEqual(["factorize", "invert"]);
  expect(() => factorize(symbolic, matrix, { pins: [0] }, { signal: AbortSignal.abort() })).toThrow(
    /stopped/,
  );
});
