import { describe, expect, test } from "vitest";
import { energyByDeterminant, softest } from "../../test/oracles/determinant.ts";
import { siliconCarbon } from "../../test/tersoff.ts";
import { makeGlass } from "../deform/index.ts";
import { ForceField } from "../dynamics/index.ts";
import {
  BondOrders,
  energy,
  findInteractions,
  gradient,
  hessian,
  type Interactions,
  interactionsOf,
  pairsOf,
  stress,
} from "../interactions/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { parseModel, preset } from "../models/index.ts";
import { toDense } from "../sparse/index.ts";
import { allModes, localThermalEnergy, observeGlass, potentialEnergy, thermalAverage } from "./index.ts";
import { modeSums } from "./modesums.ts";

const largest = (values: ArrayLike<number>) =>
  Array.from(values).reduce((most, v) => Math.max(most, Math.abs(v)), 0);
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((all, v) => all + v, 0);
const protocol = { liquidTime: 40, annealTime: 60 };

describe.each([
  ["silicon", preset("tersoff-silicon"), 40, 4],
  ["silicon and carbon", parseModel(siliconCarbon()), 40, 3],
] as const)("a glass of bond orders: %s", (_, model, particles, seed) => {
  const { system: glass, minimization } = makeGlass({ model, particles, seed, protocol });
  const minimum = minimumOf(glass, model);
  const base = localThermalEnergy(minimum);
  const { interactions } = minimum.backbone;
  const n = base.system.species.length - minimum.rattlers.length;
  const bondOrdersOf = ({ families }: Interactions) => families[1] as BondOrders;

  test("is a minimum, and dynamics, interactions and stress agree on it and beside it", () => {
    expect(minimization.status).toBe("converged");
    const moved = { ...glass, positions: glass.positions.map((x, k) => x + 0.1 * Math.sin(7 * k)) };
    const all = findInteractions(moved, model);
    const field = ForceField.create(moved, model);
    expect(field.energy / energy(all)).toBeCloseTo(1, 12);
    const exact = gradient(all);
    expect(largest(field.gradient().map((g, k) => g - exact[k]))).toBeLessThan(1e-12 * largest(exact));
    const sigma = stress(all, moved.box);
    expect(largest(field.stress().map((s, k) => s - sigma[k]))).toBeLessThan(1e-12 * largest(sigma));
  });

  test("M: rows are differences of the gradient", () => {
    const dense = toDense(hessian(findInteractions(minimum.system, model)));
    const size = minimum.system.positions.length;
    for (const k of [0, 40, 101]) {
      const at = (by: number) =>
        gradient(
          findInteractions(
            { ...minimum.system, positions: minimum.system.positions.map((x, l) => (l === k ? x + by : x)) },
            model,
          ),
        );
      const [up, down] = [at(1e-5), at(-1e-5)];
      const row = dense.subarray(k * size, (k + 1) * size);
      expect(largest(row.map((x, l) => x - (up[l] - down[l]) / 2e-5))).toBeLessThan(1e-6 * largest(row));
    }
  });

  test("Σ E = Nd − d, anharmonic parts sum to 0, both routes agree", () => {
    expect(base.energies.map(({ kind }) => kind.name)).toEqual(["bonds", "bondorders"]);
    expect(Math.abs(sum(base.energies.flatMap(({ lte }) => [...lte])) / (n * 3 - 3) - 1)).toBeLessThan(1e-9);
    const anharmonic = base.energies.map((own) => sum(own.anharmonic));
    expect(Math.abs(anharmonic[0] + anharmonic[1])).toBeLessThan(1e-8 * Math.abs(anharmonic[0]));
    const dense = modeSums(interactions, allModes(interactions));
    base.energies.forEach((own, f) => {
      for (const part of ["harmonic", "anharmonic"] as const) {
        const expected = dense.energies[f][part];
        expect(largest(own[part].map((e, k) => e - expected[k]))).toBeLessThan(1e-8 * largest(expected));
      }
    });
    const { response } = observeGlass(minimum);
    expect(thermalAverage(potentialEnergy(interactions), response).harmonic / (n * 3 - 3)).toBeCloseTo(1, 8);
  });

  const measured = energyByDeterminant(minimum, { h: 1e-5, newtonSteps: 4 });

  test.each([33, softest(base.energies[1].lte)])(
    "of bond order %i: d/dλ ln det M at the minimum of U + λε",
    (t) => {
      const found = measured.of((lambda) => (x) => {
        const { arrays } = bondOrdersOf(x);
        const { jets } = arrays.stretches;
        const row = jets.length / arrays.centre.length;
        const scaled = jets.map((f, k) => (Math.floor(k / row) === t ? f * (1 + lambda) : f));
        const stretches = { ...arrays.stretches, jets: scaled };
        return interactionsOf(pairsOf(x), [new BondOrders({ ...arrays, stretches })]);
      });
      const expected = base.energies[1].lte[t];
      expect(Math.abs(found - expected)).toBeLessThan(1e-5 * Math.abs(expected) + 1e-5);
    },
  );

  test.each([softest(base.energies[0].lte)])("of pair %i: the same", (m) => {
    const expected = base.energies[0].lte[m];
    expect(Math.abs(measured.ofPair(m) - expected)).toBeLessThan(1e-5 * Math.abs(expected) + 1e-5);
  });
});
