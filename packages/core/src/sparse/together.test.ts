import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { complete, ring } from "../../test/ring.ts";
import { cutFine, type Fixture, glass } from "../../test/sparse-fixtures.ts";
import type { WorkEstimate } from "../progress.ts";
import {
  analyze,
  type BlockSymmetric,
  type CholeskyFactor,
  type CholeskySymbolic,
  createWorkspace,
  factorize,
  inverseDerivative,
  inverseDerivatives,
  logDeterminant,
  lowestModes,
  selectedInverse,
  solve,
  useMemory,
  type WorkspaceOptions,
} from "./index.ts";
import { nodeFlops } from "./sweep.ts";
import { cutTree, piecesFor } from "./treecut.ts";

interface Case extends Pick<Fixture, "coordinates"> {
  readonly matrix: BlockSymmetric;
  readonly symbolic: CholeskySymbolic;
  readonly signed: boolean;
}

const pins = [3];

function caseOf(matrix: BlockSymmetric, coordinates: Fixture["coordinates"], strip?: number): Case {
  const symbolic = analyze(matrix, coordinates, { blockSize: matrix.dimension });
  const signed = matrix.dimension === 4;
  return { matrix, coordinates, symbolic: strip ? cutFine(symbolic, strip) : symbolic, signed };
}

function factorOf({ matrix, symbolic, signed }: Case, options: WorkspaceOptions): CholeskyFactor {
  const workspace = createWorkspace(symbolic, { ...options, signed });
  const result = factorize(symbolic, matrix, { pins, workspace });
  if (result.status !== "ok") throw new Error(`indefinite at ${result.particle}`);
  return result.factor;
}

/** All that comes of a factor. */
function outcome(which: Case, options: WorkspaceOptions) {
  const factor = factorOf(which, options);
  const { lower, diagonal } = selectedInverse(factor);
  const n = diagonal.length / which.matrix.dimension;
  const b = Float64Array.from({ length: 3 * n }, (_, k) => Math.cos(k));
  return { lower, diagonal, x: solve(factor, b, { count: 3 }), negative: factor.negative };
}

/** A grid of places for particles of a ring. */
function places(size: number): Fixture["coordinates"] {
  const fractional = Float64Array.from({ length: size * 2 }, (_, k) =>
    k % 2 === 0 ? k / (2 * size) : ((k * 7919) % 101) / 101,
  );
  return { dimension: 2, fractional };
}

const glass2 = glass(500, 2, 7, 1);
const glass3 = glass(400, 3, 20, 2);
const CASES: readonly (readonly [string, Case])[] = [
  ["2D glass", caseOf(glass2.matrix, glass2.coordinates)],
  ["3D glass", caseOf(glass3.matrix, glass3.coordinates)],
  ["3D glass in strips", caseOf(glass3.matrix, glass3.coordinates, 12)],
  ["signed blocks of four", caseOf(ring(200, 4, 1, true), places(200))],
  ["one large supernode in strips", caseOf(complete(280, 5), places(280), 40)],
];

describe.each(CASES)("a tree cut into branches and a trunk, %s", (_, which) => {
  const whole = outcome(which, {});

  test.each([2, 4, 16, 1000])("has the bits of the whole tree, 1/%d of the work in a branch", (parts) => {
    expect(outcome(which, { layout: { parts } })).toEqual(whole);
  });

  test.each([2, 9])("… and in several memories, 1/%d of the work in a branch", (parts) => {
    for (const share of [0.9, 0.4, 0.1]) {
      const bankBytes = share * 8 * which.symbolic.nonzeros;
      const { banks } = createWorkspace(which.symbolic, { layout: { parts, bankBytes } });
      if (share < 0.5 && parts > 2) expect(banks.length).toBeGreaterThan(1);
      expect(outcome(which, { layout: { parts, bankBytes } })).toEqual(whole);
    }
  });
});

test("modes, determinant and derivative of a cut tree, and in several memories", () => {
  const which = CASES[1][1];
  const of = (options: WorkspaceOptions) => {
    const factor = factorOf(which, options);
    const modes = lowestModes(factor, 6);
    return { modes, determinant: logDeterminant(factor) };
  };
  const whole = of({});
  expect(of({ layout: { parts: 5 } })).toEqual(whole);
  expect(of({ layout: { parts: 5, bankBytes: 2 * which.symbolic.nonzeros } })).toEqual(whole);
  const derivative = (options: WorkspaceOptions) => inverseDerivative(factorOf(which, options), which.matrix);
  expect(derivative({ layout: { parts: 5 } })).toEqual(derivative({}));
  const twice = inverseDerivatives(factorOf(which, { layout: { parts: 5 } }), [which.matrix, which.matrix]);
  expect(twice).toEqual([derivative({}), derivative({})]);
  expect(() => derivative({ layout: { parts: 5, bankBytes: 2 * which.symbolic.nonzeros } })).toThrow("fewer");
});

test("the particle at which a cut tree is indefinite is that of the whole tree", () => {
  const { matrix, symbolic } = CASES[1][1];
  const named = new Set<number>();
  fc.assert(
    fc.property(
      fc.array(fc.nat(matrix.size - 1), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 2, max: 40 }),
      (bad, parts) => {
        const diagonal = matrix.diagonal.slice();
        for (const p of bad) diagonal[p * 9 + 4] = -1;
        const of = (options: WorkspaceOptions) =>
          factorize(symbolic, { ...matrix, diagonal }, { workspace: createWorkspace(symbolic, options) });
        const whole = of({});
        expect(of({ layout: { parts } })).toEqual(whole);
        if (whole.status === "indefinite") named.add(whole.particle);
      },
    ),
    { numRuns: 15 },
  );
  expect(named.size).toBeGreaterThan(4);
});

test("a tree is cut into as few pieces as give each thread as much to do", () => {
  const [, { symbolic }] = CASES[1];
  const flops = nodeFlops(symbolic);
  const works = (parts: number) => {
    const { branches, trunk } = cutTree(symbolic, parts);
    const cost = (from: number, to: number) => {
      let sum = 0;
      for (let s = from; s < to; s++) sum += flops(s);
      return sum;
    };
    const own = Array.from({ length: branches.length / 2 }, (_, b) =>
      cost(branches[2 * b], branches[2 * b + 1]),
    );
    return { own, all: [...own, ...Array.from(trunk, flops)].reduce((sum, work) => sum + work, 0) };
  };
  /** Of all ways to share works among threads: the least that the busiest one has, over the mean; in parts of a thread's share. */
  const unshared = (pieces: number, threads: number) => {
    const { own, all } = works(pieces);
    own.sort((a, b) => b - a);
    const loads = new Float64Array(threads);
    let best = Infinity;
    const share = (b: number) => {
      const most = Math.max(...loads);
      if (most >= best) return;
      if (b === own.length) {
        best = most;
        return;
      }
      // of threads with as much to do one is as good as another
      for (const load of new Set(loads)) {
        const t = loads.indexOf(load);
        loads[t] += own[b];
        share(b + 1);
        loads[t] = load;
      }
    };
    share(0);
    const mean = own.reduce((sum, work) => sum + work, 0) / threads;
    return (best - mean) / (all / threads);
  };
  const found = [2, 3, 4, 8].map((threads) => {
    const pieces = piecesFor(symbolic, threads);
    expect(unshared(pieces, threads)).toBeLessThanOrEqual(0.03);
    if (pieces > 2 * threads) expect(unshared(pieces / 2, threads)).toBeGreaterThan(0.03);
    return pieces / threads;
  });
  // as few as two a thread, and more
  expect(Math.min(...found)).toBe(2);
  expect(Math.max(...found)).toBeGreaterThan(4);
});

test("what a factor takes is said before; what is more than there is, is refused, with what would do", () => {
  const { matrix, symbolic } = CASES[1][1];
  const said: WorkEstimate[] = [];
  const result = factorize(symbolic, matrix, { pins }, { onEstimate: (estimate) => said.push(estimate) });
  if (result.status !== "ok") throw new Error("indefinite");
  const [{ size, bytes, operations, threads }] = said;
  expect([said.length, size, threads]).toEqual([1, 400, 1]);
  expect(operations).toBe(3 * symbolic.flops);
  const { used } = result.factor.workspace.arena;
  expect(bytes).toBeGreaterThan(0.9 * used);
  expect(bytes).toBeLessThan(used);
  try {
    useMemory(() => bytes / 2);
    const code = expect.objectContaining({ code: "resource" });
    expect(() => factorize(symbolic, matrix)).toThrow(code);
    expect(() => factorize(symbolic, matrix)).toThrow(/400 particles need .* GiB .* \(some 220 would do\)/);
    // memory that is there already is not asked for again
    const { workspace } = result.factor;
    expect(factorize(symbolic, matrix, { pins, arena: workspace.arena }).status).toBe("ok");
    useMemory(() => 2 * bytes);
    expect(factorize(symbolic, matrix, { pins }).status).toBe("ok");
  } finally {
    useMemory();
  }
});

test("what is said of memory is what is taken, in several memories, for several threads", () => {
  for (const [, { symbolic, signed }] of CASES) {
    for (const layout of [
      { parts: 9, threads: 4, bankBytes: 1e6 },
      { parts: 16, threads: 2 },
      { parts: 1 },
    ]) {
      const said: WorkEstimate[] = [];
      const { banks } = createWorkspace(
        symbolic,
        { layout, signed },
        { onEstimate: (estimate) => said.push(estimate) },
      );
      const taken = banks.reduce((sum, { arena }) => sum + arena.used, 0);
      // beside: addresses at whole cache lines, slack, static data
      const rounding = banks.length * (30_000 + 2_000 * (layout.threads ?? 1));
      expect(taken).toBeLessThan(said[0].bytes + rounding);
      expect(taken).toBeGreaterThan(0.7 * said[0].bytes);
    }
  }
});
