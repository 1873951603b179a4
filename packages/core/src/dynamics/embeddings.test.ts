import { describe, expect, test } from "vitest";
import { artificialMetal, metalDefinition } from "../../test/eam.ts";
import { type Embeddings, energy, findInteractions, gradient, stress } from "../interactions/index.ts";
import { type EamFile, type PairModel, parseModel } from "../models/index.ts";
import { createBox, type System } from "../space/index.ts";
import { ForceField } from "./forcefield.ts";
import { MolecularDynamics } from "./md.ts";

const largest = (values: ArrayLike<number>) =>
  Array.from(values).reduce((most, v) => Math.max(most, Math.abs(v)), 0);

/** Two species near the sites of a lattice in a tilted box. */
function shaken(dimension: 2 | 3, along: number, spacing: number, kinds = 2): System {
  const edge = along * spacing;
  const vectors = dimension === 2 ? [edge, 0, 0.2 * edge, edge] : [edge, 0, 0, 0.2, edge, 0, -0.3, 0.1, edge];
  const box = createBox(dimension, vectors);
  const count = dimension === 2 ? along * along : along * along * along;
  const positions = new Float64Array(count * dimension);
  for (let p = 0; p < count; p++) {
    let site = p;
    for (let a = 0; a < dimension; a++) {
      const s = ((site % along) + 0.25 * Math.sin(11 * p + 3 * a)) / along;
      site = Math.floor(site / along);
      for (let c = 0; c <= a; c++) positions[p * dimension + c] += s * box.vectors[a * dimension + c];
    }
  }
  const species = Int32Array.from({ length: count }, (_, p) => (7 * p + (p >> 2)) % kinds);
  return { box, positions, species };
}

const ofTwo = (potential: EamFile, dimension: 2 | 3): PairModel => {
  const { glass: _, ...definition } = metalDefinition(potential);
  return parseModel({ ...definition, dimension });
};

/** The first element by itself. */
const ofOne = (): PairModel => {
  const { glass: _, ...definition } = metalDefinition(artificialMetal());
  return parseModel({ ...definition, species: ["A"] });
};

/** Densities of both signs. */
const signed = (): EamFile => {
  const metal = artificialMetal();
  const density = metal.density.map((rows, k) => (k === 2 ? rows.map((value) => -2 * value) : rows));
  return { ...metal, density };
};

/** Densities beyond the end of F's table. */
const shortTable = (): EamFile => {
  const metal = artificialMetal();
  return { ...metal, embedding: metal.embedding.map((rows) => rows.slice(0, 60)) };
};

describe("embedded atoms: the kernel's energy, gradient and stress are those of the interactions", () => {
  test.each([
    ["Finnis–Sinclair, 3D", ofTwo(artificialMetal("fs"), 3), shaken(3, 7, 1)],
    ["alloy, 3D", ofTwo(artificialMetal("alloy"), 3), shaken(3, 7, 1)],
    ["Finnis–Sinclair, 2D", ofTwo(artificialMetal("fs"), 2), shaken(2, 12, 0.9)],
    ["one species", ofOne(), shaken(3, 6, 0.95, 1)],
    ["a box shorter than two cutoffs", ofTwo(artificialMetal("fs"), 3), shaken(3, 4, 0.9)],
    ["atoms closer than any of a solid", ofTwo(artificialMetal("fs"), 3), shaken(3, 8, 0.4)],
    ["densities beyond the table", ofTwo(shortTable(), 3), shaken(3, 7, 0.9)],
    ["densities below 0", ofTwo(signed(), 3), shaken(3, 7, 0.9)],
  ])("%s", (_, model, system) => {
    const all = findInteractions(system, model);
    const field = ForceField.create(system, model);
    expect(Math.abs(field.energy / energy(all) - 1)).toBeLessThan(1e-12);
    const exact = gradient(all);
    expect(largest(field.gradient().map((g, k) => g - exact[k]))).toBeLessThan(1e-12 * largest(exact));
    const sigma = stress(all, system.box);
    expect(largest(field.stress().map((s, k) => s - sigma[k]))).toBeLessThan(1e-12 * largest(sigma));
  });

  test("these cases are what they say", () => {
    const rho = (potential: EamFile, spacing: number) => {
      const { families } = findInteractions(shaken(3, 7, spacing), ofTwo(potential, 3));
      return (families[1] as Embeddings).arrays.rho;
    };
    expect(Math.max(...rho(shortTable(), 0.9))).toBeGreaterThan(59 * 0.05);
    expect(Math.min(...rho(signed(), 0.9))).toBeLessThan(-1);
  });
});

test("the gradient is the slope of the energy, where densities are negative or beyond the table, too", () => {
  for (const potential of [signed(), shortTable()]) {
    const model = ofTwo(potential, 3);
    const system = shaken(3, 7, 0.9);
    const field = ForceField.create(system, model);
    const slope = field.gradient();
    const h = 1e-5;
    for (const k of [0, 100, 500]) {
      const at = (by: number) => {
        field.setPositions(system.positions.map((x, l) => (l === k ? x + by : x)));
        return field.energy;
      };
      expect(Math.abs((at(h) - at(-h)) / (2 * h) - slope[k])).toBeLessThan(1e-6 * largest(slope));
    }
  }
});

test("a run conserves energy and repeats to the bit", () => {
  const model = ofTwo(artificialMetal(), 3);
  const run = () => {
    const field = ForceField.create(shaken(3, 6, 0.95), model);
    const dynamics = new MolecularDynamics(field, { dt: 0.002, seed: 3 });
    dynamics.drawVelocities(0.5);
    const before = field.energy + dynamics.kineticEnergy;
    dynamics.run({ steps: 400, thermostat: { kind: "none" } });
    expect(Math.abs(field.energy + dynamics.kineticEnergy - before)).toBeLessThan(
      2e-3 * dynamics.kineticEnergy,
    );
    expect(field.rebuilds).toBeGreaterThan(2);
    return field.positions();
  };
  expect(run()).toEqual(run());
});
