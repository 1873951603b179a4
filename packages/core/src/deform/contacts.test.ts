import { describe, expect, test } from "vitest";
import { ForceField, initialConfiguration, minimize } from "../dynamics/index.ts";
import { findInteractions, pairsOf } from "../interactions/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { parseModel, withContinuousEnergy } from "../models/index.ts";
import { type System, volume } from "../space/index.ts";
import { shear } from "./session.ts";

/** Discs of two sizes, φ of a form that ends at contact or at a cutoff. */
const discs = (more: object, density = 0.78) =>
  parseModel({
    name: "discs",
    dimension: 2,
    species: ["S", "L"],
    lambda: [[1, 1.2], [1.4]],
    glass: {
      density,
      fractions: [0.5, 0.5],
      liquidTemperature: 1,
      annealTemperature: 0.1,
      glassTransition: 0.1,
      annealTime: 1,
    },
    ...more,
  });

function packing(model: ReturnType<typeof discs>, count: number, seed: number): System {
  const field = ForceField.create(initialConfiguration(model, count, seed), model);
  expect(minimize(field).status).toBe("converged");
  return field.system();
}

describe.each([
  ["harmonic", discs({ form: "harmonic" })],
  ["Hertzian", discs({ form: "hertzian" })],
  ["WCA", discs({ form: "lennard-jones", cutoff: 1.122462048309373, smoothing: 0 }, 0.86)],
] as const)("contacts that open and close, %s discs", (_, model) => {
  const system = packing(model, 100, 2);
  const minDrop = 1e-6;
  const found = shear(system, model, { events: 3, minDrop });

  test("the events of the path do not hang on the step; each says how well it is known", () => {
    expect(found.status).toBe("complete");
    const finer = shear(system, model, { events: 3, minDrop, step: 2e-4 });
    found.events.forEach(({ strain, drop, dropError, bracket, energyBefore }, k) => {
      expect(Math.abs(strain - finer.events[k].strain)).toBeLessThan(2e-8);
      expect(Math.abs(drop - finer.events[k].drop)).toBeLessThan(1e-5 * energyBefore);
      expect(bracket[1] - bracket[0]).toBeLessThan(1.01e-8);
      expect(bracket[0]).toBeLessThan(strain);
      expect(strain).toBeLessThan(bracket[1]);
      expect(dropError).toBeLessThan(0.05 * drop);
    });
    expect(found.resolution!.drop).toBeGreaterThan(0);
  });

  test("under tension, the box free across, neither", () => {
    const load = { kind: "tension", events: 2, minDrop } as const;
    const loaded = shear(system, model, load);
    expect(loaded.status).toBe("complete");
    const finer = shear(system, model, { ...load, step: 2.5e-4 });
    loaded.events.forEach(({ strain, drop, dropError }, k) => {
      expect(Math.abs(strain - finer.events[k].strain)).toBeLessThan(2e-8);
      expect(Math.abs(drop / finer.events[k].drop - 1)).toBeLessThan(1e-5);
      expect(dropError).toBeLessThan(0.05 * drop);
    });
  });

  test("fixed steps and plain minimisations find the largest event at the same strain", () => {
    const first = found.events.reduce((most, event) => (event.drop > most.drop ? event : most));
    const coarse = shear(system, model, {
      strategy: "coarse",
      events: 1,
      step: first.strain / 40,
      tolerance: 1e-6,
      minDrop: 0.3 * first.drop,
    });
    expect(coarse.events[0].strain).toBeGreaterThan(first.strain - 1e-6);
    expect(coarse.events[0].strain).toBeLessThan(first.strain + 1e-6);
    expect(Math.abs(coarse.events[0].drop / first.drop - 1)).toBeLessThan(1e-3);
  });

  test("tension in a free box: the stress across stays, events do not hang on the step", () => {
    const options = { kind: "tension", events: 1, minDrop } as const;
    const free = shear(system, model, options);
    expect(free.status).toBe("complete");
    const before = ForceField.create(system, model).stress();
    const after = ForceField.create(free.system, model).stress();
    expect(after[3]).toBeCloseTo(before[3], 7);
    expect(free.stretches![0]).not.toBe(0);
    const finer = shear(system, model, { ...options, step: 2e-4 });
    free.events.forEach(({ strain, drop, bracket }, k) => {
      expect(Math.abs(strain - finer.events[k].strain)).toBeLessThan(3e-8);
      expect(Math.abs(drop / finer.events[k].drop - 1)).toBeLessThan(1e-2);
      expect(bracket[1] - bracket[0]).toBeLessThan(1.01e-8);
    });
  });

  test("between events the energy changes by the work of the stress", () => {
    const v = volume(system.box);
    const { path, resolution } = found;
    path.slice(1).forEach((to, k) => {
      const from = path[k];
      if (to.events !== from.events) return;
      const work = 0.5 * v * (from.stress + to.stress) * (to.strain - from.strain);
      expect(Math.abs(to.energy - from.energy - work)).toBeLessThan(resolution!.drop + 1e-2 * Math.abs(work));
    });
  });
});

test("where φ jumps, energies are those that the forces belong to, and pairs that snap at the cutoff are no events", () => {
  const cut = discs({ form: "lennard-jones", cutoff: 2.5, smoothing: "none" }, 0.75);
  const smooth = withContinuousEnergy(cut);
  const system = packing(cut, 100, 5);
  const [{ phi0, phi1 }, shifted] = [cut, smooth].map((model) => pairsOf(findInteractions(system, model)));
  const shift = 4 * (2.5 ** -12 - 2.5 ** -6);
  shifted.phi0.forEach((value, m) => {
    expect(Math.abs(shifted.phi1[m] - phi1[m])).toBeLessThan(1e-13 * Math.max(1, Math.abs(phi1[m])));
    expect(Math.abs(value - (phi0[m] - shift))).toBeLessThan(1e-13 * Math.max(1, Math.abs(phi0[m])));
  });
  expect(withContinuousEnergy(smooth)).toBe(smooth);

  const plain = shear(system, cut, { events: 1 });
  expect(plain.status).toBe("complete");
  expect(plain.events[0].drop).toBeGreaterThan(plain.resolution!.drop);
  const same = shear(system, smooth, { events: 1 });
  expect(Math.abs(plain.events[0].strain - same.events[0].strain)).toBeLessThan(1e-8);
});

describe.each(["lte", "shear"])("a jammed packing of six digits, %s", (way) => {
  const model = discs({ form: "harmonic" }, 0.74);
  const system = packing(model, 200, 4);
  const rounded = { ...system, positions: system.positions.map((x) => Number(x.toPrecision(5))) };
  const exact = minimumOf(system, model);

  test("comes back to the minimum that it was", () => {
    if (way === "shear") {
      const { path } = shear(rounded, model, { maxStrain: 1e-6 });
      const reference = shear(system, model, { maxStrain: 1e-6 });
      expect(path[0].energy / reference.path[0].energy - 1).toBeCloseTo(0, 9);
      return;
    }
    expect(() => minimumOf(rounded, model, { refine: false })).toThrow(/not an energy minimum/);
    const polished = minimumOf(rounded, model);
    expect(polished.residualGiven).toBeGreaterThan(1e-3);
    expect(polished.residual).toBeLessThan(1e-11);
    expect([...polished.rattlers]).toEqual([...exact.rattlers]);
    const [bonds, expected] = [polished, exact].map(({ interactions }) => pairsOf(interactions));
    expect([...bonds.i]).toEqual([...expected.i]);
    bonds.r.forEach((r, m) => {
      expect(Math.abs(r - expected.r[m])).toBeLessThan(1e-9);
    });
  });
});

test.each([2.5, 0.05])("events of contacts told in %d of their length are the same", (unit) => {
  const own = discs({ form: "harmonic" });
  const told = discs({ form: "harmonic", lambda: [[unit, 1.2 * unit], [1.4 * unit]] });
  const system = packing(own, 100, 2);
  const scaled: System = {
    ...system,
    box: { ...system.box, vectors: system.box.vectors.map((x) => unit * x) },
    positions: system.positions.map((x) => unit * x),
  };
  const options = { events: 2, minDrop: 1e-6 };
  const [one, two] = [shear(system, own, options), shear(scaled, told, options)].map(({ events }) => events);
  expect(one).toHaveLength(2);
  expect(two.map(({ particle, onset }) => [particle, onset])).toEqual(
    one.map(({ particle, onset }) => [particle, onset]),
  );
  one.forEach(({ strain, drop }, k) => {
    expect(Math.abs(two[k].strain - strain)).toBeLessThan(1e-7);
    expect(two[k].drop / drop).toBeCloseTo(1, 3);
  });
});
