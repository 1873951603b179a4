import { describe, expect, test } from "vitest";
import { readReference } from "../../test/reference.ts";
import { solvedBy } from "../../test/solved.ts";
import { makeGlass, QuasistaticShear } from "../deform/index.ts";
import { ForceField, minimize } from "../dynamics/index.ts";
import { findInteractions, stress } from "../interactions/index.ts";
import { factorHessian } from "../minimum/index.ts";
import { type PairModel, preset } from "../models/index.ts";
import { createBox, type System } from "../space/index.ts";
import { elasticConstants, thermalExpansion, voigtAxes } from "./index.ts";

const silicon = preset("sw-silicon");
const quick = { liquidTime: 2, annealTime: 4 };
const glasses: [string, { readonly system: System; readonly model: PairModel }][] = [
  ["2DIPL, N = 400", readReference("2dipl_400")],
  ["3DKABLJ, N = 400", readReference("3dkablj_400")],
  [
    "silicon, N = 64",
    {
      system: makeGlass({ model: silicon, particles: 64, seed: 3, protocol: quick }).system,
      model: silicon,
    },
  ],
];

/** At the minimum in the box whose edges are strained, row a ← row a·(1 + Dᵀ), D upper triangular. */
function atRest(system: System, model: PairModel, rate: Float64Array, by: number) {
  const d = system.box.dimension;
  const strained = (x: Float64Array) =>
    x.map((value, e) => {
      let sum = value;
      for (let b = 0; b < d; b++) sum += by * rate[(e % d) * d + b] * x[e - (e % d) + b];
      return sum;
    });
  const moved = {
    ...system,
    box: createBox(d, strained(system.box.vectors)),
    positions: strained(system.positions),
  };
  const field = ForceField.create(moved, model);
  expect(minimize(field).status).toBe("converged");
  return field.system();
}

function constantsOf(system: System, model: PairModel) {
  const interactions = findInteractions(system, model);
  const { analysed, result } = factorHessian({ ...system, interactions });
  if (result.status !== "ok") throw new Error("not a minimum");
  return {
    interactions,
    analysed,
    ...result,
    ...elasticConstants(solvedBy({ ...system, interactions }, result.factor)),
  };
}

describe.each(glasses)("elastic constants of %s", (_, { system: given, model }) => {
  const d = given.box.dimension;
  const still = new Float64Array(d * d);
  const system = atRest(given, model, still, 0);
  const axes = voigtAxes(d);
  const s = axes.length;
  const { interactions, factor, matrix, affine, bulkModulus, shearModulus } = constantsOf(system, model);
  const sigma = stress(interactions, system.box);
  const stiffest = Math.max(...matrix.map(Math.abs));

  test("are what the stress of the re-minimised glass does, strained along axes and sheared", () => {
    axes.forEach(([p, q], column) => {
      // x_p += γ x_q keeps the box triangular: half of it is strain, half a turn W, by which σ changes by Wσ − σW
      const [upper, lower] = [Math.min(p, q), Math.max(p, q)];
      const rate = new Float64Array(d * d);
      rate[upper * d + lower] = 1;
      const turn = (a: number, b: number) => (rate[a * d + b] - rate[b * d + a]) / 2;
      const h = 1e-6;
      const [up, down] = [h, -h].map((by) => {
        const end = atRest(system, model, rate, by);
        return stress(findInteractions(end, model), end.box);
      });
      axes.forEach(([a, b], row) => {
        let turned = 0;
        for (let k = 0; k < d; k++) turned += turn(a, k) * sigma[k * d + b] - sigma[a * d + k] * turn(k, b);
        const measured = (up![a * d + b] - down![a * d + b]) / (2 * h);
        const expected = matrix[row * s + column] + turned;
        expect(Math.abs(measured - expected)).toBeLessThan(1e-5 * stiffest);
      });
    });
  });

  test("of xy are the modulus with which a shear of the box begins", () => {
    const modulus = QuasistaticShear.start(system, model).result().path[0].modulus;
    const expected = matrix[s * s - 1] + (sigma[d + 1] - sigma[0]) / 2;
    expect((modulus as number) / expected).toBeCloseTo(1, 9);
  });

  test("have the bulk modulus of the thermal expansion, and lie below the affine ones", () => {
    const still = interactions.families.map((family) => family.still());
    const expansion = thermalExpansion(solvedBy({ ...system, interactions }, factor), still);
    expect(bulkModulus / expansion.bulkModulus).toBeCloseTo(1, 10);
    for (let k = 0; k < s; k++) expect(matrix[k * s + k]).toBeLessThan(affine[k * s + k]);
    expect(shearModulus).toBeGreaterThan(0);
  });

  test("are symmetric but for the stress: c_aabb − c_bbaa = σ_bb − σ_aa", () => {
    for (let a = 0; a < d; a++)
      for (let b = 0; b < d; b++) {
        const difference = matrix[a * s + b] - matrix[b * s + a];
        expect(Math.abs(difference - (sigma[b * d + b] - sigma[a * d + a]))).toBeLessThan(1e-9 * stiffest);
      }
  });

  test("turn with the axes: the isotropic moduli do not change where x and y are exchanged", () => {
    const swapped = (x: Float64Array) => x.map((_, e) => x[e - (e % d) + [1, 0, 2][e % d]]);
    const { vectors } = system.box;
    const square = vectors.every((x, k) => (k % (d + 1) === 0 ? true : x === 0));
    expect(square).toBe(true);
    const edges = new Float64Array(d * d);
    for (let a = 0; a < d; a++) edges[a * d + a] = vectors[[1, 0, 2][a] * (d + 1)];
    const other = constantsOf(
      { ...system, box: createBox(d, edges), positions: swapped(system.positions) },
      model,
    );
    expect(other.shearModulus / shearModulus).toBeCloseTo(1, 9);
    expect(other.matrix[0] / matrix[s + 1]).toBeCloseTo(1, 9);
  });
});
