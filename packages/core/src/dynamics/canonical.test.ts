import { describe, expect, test } from "vitest";
import { triplesOf } from "../../test/families.ts";
import { jitteredLattice, readReference } from "../../test/reference.ts";
import { twoElements } from "../../test/two-element.ts";
import { makeGlass } from "../deform/index.ts";
import { pairsOf } from "../interactions/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { parseModel, preset } from "../models/index.ts";
import { localThermalEnergy } from "../response/index.ts";
import { energiesAlong, sampleLocalEnergies } from "./canonical.ts";
import { ForceField } from "./forcefield.ts";

const meanSquare = (values: Float64Array) => values.reduce((sum, v) => sum + v * v, 0) / values.length;

describe.each(["2dipl_400", "3dkablj_400"] as const)("%s", (name) => {
  const { system, model, lte: reference } = readReference(name);
  const interactions = ForceField.create(system, model).interactions();
  const bonds = pairsOf(interactions);
  /** The reference lists the same bonds in another order. */
  const rows = new Map(Array.from(reference.i, (i, row) => [i * 400 + reference.j[row], row]));
  const inOrder = (values: Float64Array) =>
    Float64Array.from(bonds.i, (i, k) => values[rows.get(i * 400 + bonds.j[k])!]);
  const lte = inOrder(reference.lte);
  const harmonic = inOrder(reference.harmonic);
  const options = { temperature: 1e-6, seed: 1, blocks: 12, blockTime: name === "2dipl_400" ? 30 : 10 };
  const sample = sampleLocalEnergies(system, model, interactions, options);
  const [{ mean, error }] = sample.families;
  const scores = (expected: Float64Array) => expected.map((e, k) => (mean[k] - e) / error[k]);

  test("canonical averages are the local thermal energies of an independent code, bond by bond", () => {
    expect(bonds.count).toBe(reference.i.length);
    expect(sample.hoppedInBlock).toBeUndefined();
    // Bonds share modes, so χ²/dof scatters more than by 1/√m; Student's t with 11 degrees has ⟨t²⟩ = 11/9.
    expect(meanSquare(scores(lte))).toBeLessThan(2);
    expect(meanSquare(scores(lte))).toBeGreaterThan(0.5);
  });

  test("and not their harmonic part alone", () => {
    expect(meanSquare(scores(harmonic))).toBeGreaterThan(10);
  });

  test("equipartition: Σ over all modes is ½k_BT(Nd − d)", () => {
    expect(sample.equipartitionError).toBeLessThan(0.01);
    expect(Math.abs(sample.equipartition - 1)).toBeLessThan(4 * sample.equipartitionError);
  });
});

describe("silicon of 64 atoms", () => {
  const model = preset("sw-silicon");
  const protocol = { liquidTime: 4, annealTime: 4 };
  const { system } = makeGlass({ model, particles: 64, seed: 1, protocol });
  const { interactions, energies, system: minimum } = localThermalEnergy(minimumOf(system, model));
  const options = { temperature: 1e-6, seed: 1, blocks: 12, blockTime: 10 };
  const sample = sampleLocalEnergies(minimum, model, interactions, options);

  test("canonical averages are the local thermal energies, pair by pair and triple by triple", () => {
    expect(sample.hoppedInBlock).toBeUndefined();
    expect(sample.families.map(({ name }) => name)).toEqual(["bonds", "triples"]);
    for (const [f, { mean, error }] of sample.families.entries()) {
      const { lte: expected, harmonic } = energies[f];
      expect(mean.length).toBe(interactions.families[f]!.count);
      const scores = (values: Float64Array) =>
        mean.map((x, k) => (error[k] > 1e-9 ? (x - values[k]) / error[k] : 0));
      expect(meanSquare(scores(expected))).toBeLessThan(2);
      expect(meanSquare(scores(expected))).toBeGreaterThan(0.5);
      if (f === 1) expect(meanSquare(scores(harmonic))).toBeGreaterThan(10);
    }
  });
});

test("energies along a run are those of the spine, of two elements and in a short box too", () => {
  const model = parseModel(twoElements);
  const system = jitteredLattice(model, 3, 9, 0.08);
  const field = ForceField.create(system, model, { skin: 0.2 });
  const interactions = field.interactions();
  const energies = energiesAlong(field, interactions);
  const rest = energies();
  const expected = interactions.families.flatMap((family) => [...family.energies()]);
  expect(triplesOf(interactions).count).toBeGreaterThan(100);
  expect(rest.length).toBe(expected.length);
  rest.forEach((value, t) => {
    expect(Math.abs(value - expected[t])).toBeLessThan(1e-12);
  });
  // a step that keeps all terms: their energies add up to U
  field.setPositions(field.positions().map((x, k) => x + 1e-5 * Math.sin(k)));
  const now = energies();
  expect(Math.abs(now.reduce((sum, x) => sum + x, 0) - field.energy)).toBeLessThan(1e-9);
  expect(now.some((x, t) => Math.abs(x - rest[t]) > 1e-6)).toBe(true);
});

test("a glass that leaves its inherent structure is told", () => {
  const { system, model } = readReference("2dipl_400");
  const interactions = ForceField.create(system, model).interactions();
  const options = { temperature: 0.3, seed: 1, blocks: 5, blockTime: 20 };
  expect(sampleLocalEnergies(system, model, interactions, options).hoppedInBlock).toBe(0);
});

test("energies along a run are those of the pairs, across the boundary too", () => {
  for (const name of ["2dipl_1600_sheared_soft", "3dipl_400"] as const) {
    const { system, model } = readReference(name);
    const field = ForceField.create(system, model, { skin: 0.2 });
    const bonds = pairsOf(field.interactions());
    const now = energiesAlong(field, field.interactions())();
    expect(Math.max(...now.map((v, k) => Math.abs(v - bonds.phi0[k])))).toBeLessThan(1e-12);
  }
});

test("refusals", () => {
  const { system, model } = readReference("2dipl_400");
  const interactions = ForceField.create(system, model).interactions();
  expect(() => sampleLocalEnergies(system, model, interactions, { temperature: 0, seed: 1 })).toThrow(
    /temperature must be positive, got 0/,
  );
  const shaken = { ...system, positions: system.positions.map((x, k) => x + 0.4 * Math.sin(k)) };
  expect(() => sampleLocalEnergies(shaken, model, interactions, { temperature: 1e-3, seed: 1 })).toThrow(
    /takes a minimum without rattlers/,
  );
});
