import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  jitteredLattice,
  REFERENCES,
  type Reference,
  readReference,
  testRandom,
} from "../../test/reference.ts";
import type { SoftfieldError } from "../errors.ts";
import { minimumOf } from "../minimum/index.ts";
import { createBox, type System, wrapPositions } from "../space/index.ts";
import { type GlassResponse, localThermalEnergy } from "./index.ts";

const largest = (values: Float64Array) => values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);

/** Bond values by their particles, so that results of different orders can be compared. */
function byBond(
  i: Int32Array,
  j: Int32Array,
  values: Float64Array,
  name = (p: number) => p,
): Map<string, number> {
  return new Map(
    Array.from(i, (p, m): [string, number] => {
      const [a, b] = [name(p), name(j[m])];
      return [a < b ? `${a} ${b}` : `${b} ${a}`, values[m]];
    }),
  );
}

function worstDifference(a: Map<string, number>, b: Map<string, number>): number {
  expect(a.size).toBe(b.size);
  let worst = 0;
  for (const [bond, value] of a) worst = Math.max(worst, Math.abs(value - (b.get(bond) ?? Number.NaN)));
  return worst;
}

const results = new Map<string, { reference: Reference; response: GlassResponse }>();
function solved(name: (typeof REFERENCES)[number]) {
  let found = results.get(name);
  if (!found) {
    const reference = readReference(name);
    found = { reference, response: localThermalEnergy(minimumOf(reference.system, reference.model)) };
    results.set(name, found);
  }
  return found;
}

/** E of every bond by its ends. */
function bondEnergies({ energies }: GlassResponse, name?: (p: number) => number) {
  const [{ sites, lte }] = energies;
  return byBond(sites.members[0], sites.members[1], lte, name);
}

describe.each([...REFERENCES])("%s, solved by an independent code", (name) => {
  const { reference, response } = solved(name);
  const { i, j, lte, harmonic } = reference.lte;
  const tolerance = (name.endsWith("soft") ? 5e-9 : 1e-9) * largest(lte);

  test("E_α and its harmonic part, bond by bond", () => {
    const [bonds] = response.energies;
    const own = (values: Float64Array) => byBond(bonds.sites.members[0], bonds.sites.members[1], values);
    expect(worstDifference(own(bonds.lte), byBond(i, j, lte))).toBeLessThan(tolerance);
    expect(worstDifference(own(bonds.harmonic), byBond(i, j, harmonic))).toBeLessThan(tolerance);
  });

  test("Σ H = Nd − d, Σ A = 0, E = H + A", () => {
    const d = reference.system.box.dimension;
    const expected = reference.system.species.length * d - d;
    const sum = (values: Float64Array) => values.reduce((total, v) => total + v, 0);
    const [bonds] = response.energies;
    const size = bonds.harmonic.reduce((total, h) => total + Math.abs(h), 0);
    const anharmonicSize = bonds.anharmonic.reduce((total, a) => total + Math.abs(a), 0);
    expect(Math.abs(sum(bonds.harmonic) - expected)).toBeLessThan(1e-10 * size);
    expect(Math.abs(sum(bonds.anharmonic))).toBeLessThan(1e-10 * anharmonicSize);
    expect(largest(bonds.anharmonic)).toBeGreaterThan(0.1);
    expect(bonds.lte[7]).toBe(bonds.harmonic[7] + bonds.anharmonic[7]);
  });

  test("was at its minimum: nothing was moved", () => {
    expect(response.refineSteps).toBe(0);
    expect(response.system).toBe(reference.system);
    expect(response.residual).toBeLessThan(1e-12);
  });
});

describe("nothing depends on", () => {
  const { reference, response } = solved("2dipl_400");
  const { system, model } = reference;
  const expected = bondEnergies(response);
  const tolerance = 1e-10 * largest(response.energies[0].lte);
  const same = (other: System, name?: (p: number) => number) => {
    const found = localThermalEnergy(minimumOf(other, model, { refine: false }));
    expect(worstDifference(bondEnergies(found, name), expected)).toBeLessThan(tolerance);
  };

  test("the pinned particle; nor does X", () => {
    const pinned = localThermalEnergy(minimumOf(system, model, { pin: 250 }));
    const other = bondEnergies(pinned);
    expect(worstDifference(other, expected)).toBeLessThan(tolerance);
    const apart = largest(pinned.displacement.map((x, k) => x - response.displacement[k]));
    expect(apart).toBeLessThan(1e-10 * largest(response.displacement));
  });

  test("the order of particles", () => {
    const random = testRandom(5);
    const order = Array.from(system.species.keys(), (p) => ({ p, key: random() }))
      .sort((a, b) => a.key - b.key)
      .map(({ p }) => p);
    const shuffled: System = {
      ...system,
      positions: Float64Array.from(
        order.flatMap((p) => Array.from(system.positions.subarray(2 * p, 2 * p + 2))),
      ),
      species: Int32Array.from(order, (p) => system.species[p]),
    };
    same(shuffled, (k) => order[k]);
  });

  test("a translation and the images of particles", () => {
    const h = system.box.vectors;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (seed) => {
        const random = testRandom(seed);
        const by = [random() * 10, random() * 10];
        const moved = wrapPositions(
          system.box,
          system.positions.map((x, k) => x + by[k % 2]),
        ).cartesian;
        const turns = Array.from(system.species, () => Math.floor(3 * random()) - 1);
        const images = moved.map((x, k) => x + turns[k >> 1] * h[k % 2]);
        same({ ...system, positions: images });
      }),
      { numRuns: 5 },
    );
  });

  test("the choice of the lattice: a box tilted by a whole edge", () => {
    const [lx, , , ly] = system.box.vectors as unknown as [number, number, number, number];
    same({ ...system, box: createBox(2, [lx, 0, lx, ly]) });
  });

  test("fused multiply-add", () => {
    const plain = localThermalEnergy(minimumOf(system, model, { arithmetic: "reproducible" }));
    const other = bondEnergies(plain);
    expect(worstDifference(other, expected)).toBeLessThan(tolerance);
  });

  test("the way of solution: full diagonalisation, Eqs. B.6 and B.7", () => {
    const dense = localThermalEnergy(minimumOf(system, model), { method: "dense" });
    const own = bondEnergies(dense);
    expect(worstDifference(own, expected)).toBeLessThan(1e-8 * largest(response.energies[0].lte));
    const apart = largest(dense.displacement.map((x, k) => x - response.displacement[k]));
    expect(apart).toBeLessThan(1e-8 * largest(response.displacement));
  });
});

describe("a configuration that lost digits", () => {
  const { reference, response } = solved("2dipl_1600");
  const { system, model } = reference;
  const rounded = (digits: number): System => ({
    ...system,
    positions: system.positions.map((x) => Number(x.toPrecision(digits))),
  });

  test("is refined back: six digits, as a LAMMPS dump has them", () => {
    const refined = localThermalEnergy(minimumOf(rounded(6), model));
    expect(refined.refineSteps).toBeGreaterThan(0);
    expect(refined.moved).toBeLessThan(2e-4);
    expect(refined.moved).toBeGreaterThan(1e-5);
    expect(refined.residualGiven).toBeGreaterThan(1e-6);
    expect(refined.residual).toBeLessThan(1e-11);
    const own = bondEnergies(refined);
    const expected = bondEnergies(response);
    expect(worstDifference(own, expected)).toBeLessThan(1e-9 * largest(response.energies[0].lte));
  });

  test("is refused without refinement: how large, where, and what to do", () => {
    expect(() => localThermalEnergy(minimumOf(rounded(6), model, { refine: false }))).toThrow(
      /not an energy minimum.*at particle \d+.*typical pair force.*softfield minimize/,
    );
  });

  test("is refused where too little is left of it", () => {
    expect(() => localThermalEnergy(minimumOf(rounded(3), model))).toThrow(/not an energy minimum/);
  });
});

describe("what is no minimum is refused", () => {
  const { reference } = solved("2dipl_400");
  const { system, model } = reference;
  const codeOf = (work: () => unknown): string => {
    try {
      work();
    } catch (error) {
      return (error as SoftfieldError).code;
    }
    return "none";
  };

  test("a liquid", () => {
    expect(codeOf(() => localThermalEnergy(minimumOf(jitteredLattice(model, 8), model)))).toBe(
      "not-a-minimum",
    );
  });

  test("species exchanged", () => {
    const swapped = { ...system, species: system.species.map((s) => 1 - s) };
    expect(() => localThermalEnergy(minimumOf(swapped, model))).toThrow(/check that model, species and box/);
  });

  test("a saddle in equilibrium: the particle of the pivot is named", () => {
    // a square lattice of one species: every force vanishes by symmetry, and it is unstable to shear
    const edge = 9 * 1.05;
    const positions = Float64Array.from(
      { length: 162 },
      (_, k) => (k % 2 ? Math.floor(k / 18) : (k >> 1) % 9) * 1.05 + 0.3,
    );
    const square: System = { box: createBox(2, [edge, 0, 0, edge]), positions, species: new Int32Array(81) };
    expect(() => localThermalEnergy(minimumOf(square, model))).toThrow(/saddle.*pivot.*particle \d+/);
  });

  test("coordinates that are no numbers, with the particle", () => {
    const positions = system.positions.slice();
    positions[151] = Number.NaN;
    expect(() => localThermalEnergy(minimumOf({ ...system, positions }, model))).toThrow(
      /particle 75 has y = NaN/,
    );
    positions[151] = Number.POSITIVE_INFINITY;
    expect(() => localThermalEnergy(minimumOf({ ...system, positions }, model))).toThrow(
      /particle 75 has y = Infinity/,
    );
  });

  test("clusters apart, and a pin that does not exist", () => {
    const h = system.box.vectors;
    const twice: System = {
      box: createBox(2, [h[0], 0, 0, 3 * h[3]]),
      positions: system.positions.slice(),
      species: system.species,
    };
    expect(codeOf(() => localThermalEnergy(minimumOf(twice, model)))).not.toBe("none");
    expect(codeOf(() => localThermalEnergy(minimumOf(system, model, { pin: 400 })))).toBe("usage");
    const lone: System = { ...system, positions: Float64Array.of(1, 1, 9, 9), species: new Int32Array(2) };
    expect(() => localThermalEnergy(minimumOf(lone, model))).toThrow(/rattlers/);
  });
});

test("rattlers are removed and reported; the rest does not notice", () => {
  const { reference, response } = solved("3dipl_400");
  const { system, model } = reference;
  // a particle far from all others: put into a slab of emptiness is not possible in a glass, so shrink a guest
  const guest = model.species.length;
  const model3 = {
    ...model,
    species: [...model.species, "ghost"],
    coefficients: withGhost(model.coefficients, guest),
  };
  const haunted: System = {
    ...system,
    positions: Float64Array.from([...system.positions, 1, 2, 3]),
    species: Int32Array.from([...system.species, guest]),
  };
  const { rattlers, energies, displacement, sumRuleError } = localThermalEnergy(minimumOf(haunted, model3));
  const [{ lte }] = energies;
  expect(Array.from(rattlers)).toEqual([400]);
  expect(largest(lte.map((e, m) => e - response.energies[0].lte[m]))).toBeLessThan(1e-10);
  expect(Array.from(displacement.subarray(1200))).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  expect(sumRuleError).toBeLessThan(1e-10);
});

/** The coefficient table with one more species that interacts with nobody (its cutoff is tiny). */
function withGhost(coefficients: Float64Array, species: number): Float64Array {
  const stride = coefficients.length / (species * species);
  const all = species + 1;
  const table = new Float64Array(all * all * stride);
  for (let s = 0; s < all; s++) {
    for (let t = 0; t < all; t++) {
      const [from, ghost] = [
        Math.min(s, species - 1) * species + Math.min(t, species - 1),
        s === species || t === species,
      ];
      const row = coefficients.slice(from * stride, (from + 1) * stride);
      if (ghost) row[2] = 1e-3;
      table.set(row, (s * all + t) * stride);
    }
  }
  return table;
}
