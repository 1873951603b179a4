import { beforeAll, describe, expect, test } from "vitest";
import { readReference } from "../../test/reference.ts";
import { ForceField, newton } from "../dynamics/index.ts";
import { hessian, pairsOf } from "../interactions/index.ts";
import { inverseVectors } from "../space/index.ts";
import { centre, multiply, symmetricEigen, toDense } from "../sparse/index.ts";
import { dot } from "../vectors.ts";
import { affineResponse } from "./affine.ts";
import { Deformation } from "./deformation.ts";
import { descend } from "./descent.ts";
import { type BranchPoint, measure, solveNear } from "./point.ts";
import { fractionalOf, peak, place, product, type Stage } from "./stage.ts";
import { type Factored, StiffnessSolver, solveCentred } from "./stiffness.ts";

const { system, model } = readReference("2dipl_400");
const n = system.positions.length;
const DESCENT = { method: "cg", tolerance: 1e-12, maxEvaluations: 1e5, maxMove: 0.1 } as const;
let stage: Stage;
let point: BranchPoint;
let factored: Factored;

beforeAll(() => {
  const field = ForceField.create(system, model);
  stage = {
    field,
    solver: new StiffnessSolver(field),
    deformation: Deformation.of(system.box, { angle: 25 }),
  };
  place(stage, 0.004, fractionalOf(stage));
  expect(descend(stage, { ...DESCENT, typicalForce: 14 })).toBe(true);
  ({ point, factored } = measure(stage, { strain: 0.004, fractional: fractionalOf(stage) })!);
});

/** The minimum at another strain, from this one. */
function minimumAt(strain: number): { fractional: Float64Array; stress: number; energy: number } {
  place(stage, strain, point.fractional);
  newton(stage.field, { tolerance: 1e-12, maxMove: 0.1 });
  const fractional = fractionalOf(stage);
  const drift = fractional.map((s, k) => s - point.fractional[k]);
  centre(factored, drift);
  const { stress } = affineResponse(stage.field.interactions(), stage.deformation.at(strain));
  return {
    fractional: drift.map((s, k) => s + point.fractional[k]),
    stress,
    energy: stage.field.energy,
  };
}

describe("a point of a branch", () => {
  test("has the lowest eigenvalue and mode of the dense Hessian", () => {
    place(stage, point.strain, point.fractional);
    const { values, vectors } = symmetricEigen(toDense(hessian(stage.field.interactions())));
    // Two translations come first.
    expect(Math.abs(values[1])).toBeLessThan(1e-8);
    expect(point.eigenvalue / values[2]).toBeCloseTo(1, 2);
    expect(point.eigenvalue).toBeGreaterThanOrEqual(values[2] * (1 - 1e-9));
    expect(Math.abs(dot(vectors.subarray(2 * n, 3 * n), point.mode))).toBeGreaterThan(0.98);
  });

  test("moves as the minima on both sides say, and its mode points that way", () => {
    const h = 1e-5;
    const [low, high] = [-h, h].map((by) => minimumAt(point.strain + by).fractional) as [
      Float64Array,
      Float64Array,
    ];
    const difference = high.map((s, k) => (s - low[k]) / (2 * h));
    const off = difference.map((v, k) => v - point.velocity[k]);
    expect(peak(off, 2).length / peak(point.velocity, 2).length).toBeLessThan(1e-4);
    const velocity = product(point.velocity, stage.deformation.at(point.strain).box.vectors, 2);
    expect(dot(point.mode, velocity)).toBeGreaterThan(0);
  });

  test("its stress is dU/dγ/V along the branch, its modulus the slope of the stress", () => {
    const h = 1e-5;
    const [low, high] = [-h, h].map((by) => minimumAt(point.strain + by)) as [
      ReturnType<typeof minimumAt>,
      ReturnType<typeof minimumAt>,
    ];
    const v = system.box.vectors[0] * system.box.vectors[3];
    expect((high.energy - low.energy) / (2 * h * v) / point.stress).toBeCloseTo(1, 6);
    expect((high.stress - low.stress) / (2 * h) / point.modulus).toBeCloseTo(1, 5);
  });

  test("is measured alike with the factor of a configuration nearby", () => {
    const other = minimumAt(point.strain + 1e-4);
    place(stage, point.strain + 1e-4, other.fractional);
    const near = stage.solver.factorize(stage.solver.assemble())!;
    place(stage, point.strain, point.fractional);
    const before = stage.solver.factorizations;
    const again = measure(stage, { strain: point.strain, fractional: point.fractional }, near, point.mode)!;
    expect(stage.solver.factorizations).toBe(before);
    expect(again.point.modulus / point.modulus).toBeCloseTo(1, 9);
    // An upper bound, which more iterations from the mode at hand can only lower.
    expect(again.point.eigenvalue / point.eigenvalue).toBeCloseTo(1, 2);
    expect(again.point.eigenvalue).toBeLessThan(point.eigenvalue * (1 + 1e-9));
  });
});

describe("the stiffness solver", () => {
  test("solves on centred vectors, whatever is pinned", () => {
    place(stage, point.strain, point.fractional);
    const fresh = stage.solver.factorize(stage.solver.assemble())!;
    const b = Float64Array.from({ length: n }, (_, k) => Math.sin(1.7 * k));
    centre(fresh, b);
    const x = solveCentred(fresh, b);
    multiply(fresh.matrix, x).forEach((y, k) => {
      expect(y).toBeCloseTo(b[k], 9);
    });
    const mean = x.reduce((sum, value, k) => sum + (k % 2 === 0 ? value : 0), 0);
    expect(mean).toBeCloseTo(0, 9);
  });

  test("keeps its analysis while pairs come and go within its skin, and takes another when they leave it", () => {
    place(stage, point.strain, point.fractional);
    const solver = new StiffnessSolver(stage.field);
    const pairs = new Set<number>();
    let moved = 0;
    for (const by of [0, 2e-3, 4e-3]) {
      place(stage, point.strain + by, point.fractional);
      const stiffness = solver.assemble();
      expect(solver.factorize(stiffness)).toBeDefined();
      pairs.add(pairsOf(stiffness.interactions).count);
      // The roomy pattern holds the same matrix.
      const exact = toDense(hessian(stiffness.interactions));
      toDense(stiffness.matrix).forEach((entry, k) => {
        moved = Math.max(moved, Math.abs(entry - exact[k]));
      });
    }
    expect(moved).toBe(0);
    expect(pairs.size).toBeGreaterThan(1);
    expect(solver.analyses).toBe(1);
    place(stage, 0.2, point.fractional);
    solver.factorize(solver.assemble());
    expect(solver.analyses).toBe(2);
  });

  test("says where a matrix is not positive definite", () => {
    place(stage, 0.3, point.fractional);
    expect(stage.solver.factorize(stage.solver.assemble())).toBeUndefined();
  });

  test("gives up on a matrix too far from its factor", () => {
    place(stage, point.strain, point.fractional);
    const near = stage.solver.factorize(stage.solver.assemble())!;
    place(stage, 0.3, point.fractional);
    const far = stage.solver.assemble();
    const b = Float64Array.from({ length: n }, (_, k) => Math.cos(0.9 * k));
    centre(far, b);
    expect(solveNear(near, far, b, 1e-11)).toBeUndefined();
  });

  test("a rattler is pinned and stays at rest", () => {
    // A particle alone in a large void beside the glass.
    const { vectors } = system.box;
    const wide = Float64Array.from([vectors[0] + 8, 0, 0, vectors[3]]);
    const positions = Float64Array.from([...system.positions, vectors[0] + 4, 1]);
    const open = {
      box: { dimension: 2 as const, vectors: wide },
      positions,
      species: Int32Array.from([...system.species, 0]),
    };
    const field = ForceField.create(open, model);
    const stiffness = new StiffnessSolver(field).assemble();
    expect(Array.from(stiffness.pins)).toContain(400);
    expect(stiffness.labels[400]).toBe(-1);
    const x = new Float64Array(positions.length).fill(1);
    centre(stiffness, x);
    expect(Math.max(...x.map(Math.abs))).toBeCloseTo(0, 12);
  });
});

test("place and fractionalOf undo each other, across the faces of the box", () => {
  const fractional = point.fractional.map((s, k) => s + (k % 7) - 3);
  place(stage, 0.1, fractional);
  fractionalOf(stage).forEach((s, k) => {
    expect(s).toBeCloseTo(fractional[k], 11);
  });
  const back = product(product(fractional, stage.field.box.vectors, 2), inverseVectors(stage.field.box), 2);
  expect(back[5]).toBeCloseTo(fractional[5], 11);
});
