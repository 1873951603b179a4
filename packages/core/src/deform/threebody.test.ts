import { describe, expect, test } from "vitest";
import { ForceField, minimize } from "../dynamics/index.ts";
import {
  findInteractions,
  hessianPattern,
  interactionsOf,
  pairsOf,
  placedIn,
} from "../interactions/index.ts";
import { preset } from "../models/index.ts";
import { inverseVectors, type System, volume } from "../space/index.ts";
import { Deformation } from "./deformation.ts";
import { makeGlass } from "./index.ts";
import { shear } from "./session.ts";
import { product } from "./stage.ts";
import type { PlasticEvent, ShearOptions } from "./types.ts";

const silicon = preset("sw-silicon");
const glass = (seed: number): System =>
  makeGlass({ model: silicon, particles: 64, seed, protocol: { liquidTime: 4, annealTime: 4, dt: 0.015 } })
    .system;

describe.each([1, 2])("a glass of 64 silicon atoms, seed %i, under shear", (seed) => {
  const system = glass(seed);
  const events = (options: ShearOptions) => {
    const result = shear(system, silicon, { events: 2, ...options });
    expect(result.status).toBe("complete");
    return result.events;
  };
  const reference = events({});
  const same = (found: readonly PlasticEvent[], within: number) => {
    found.forEach((event, k) => {
      const expected = reference[k];
      expect(Math.abs(event.strain - expected.strain)).toBeLessThan(within);
      expect(event.particle).toBe(expected.particle);
      expect(event.trigger).toBe(expected.trigger);
    });
  };

  test("the events are drops, found in a bracket of 1e-8", () => {
    for (const { bracket, drop, irreversible, eigenvalue } of reference) {
      expect(bracket[1] - bracket[0]).toBeLessThan(1.01e-8);
      expect(drop).toBeGreaterThan(0);
      expect(irreversible).toBe(true);
      expect(eigenvalue).toBeGreaterThan(0);
    }
  });

  test.each(["cg", "lbfgs", "newton"] as const)("the minimiser does not matter: %s", (minimizer) =>
    same(events({ minimizer }), 1e-8),
  );

  test("neither does the step, ten times smaller, nor the bracket, 1e-6 wide", () => {
    same(events({ step: 1e-4 }), 1e-8);
    same(events({ tolerance: 1e-6 }), 5e-7);
  });
});

test("the stress along a branch is dU/dγ/V of the minimum, and its modulus dσ/dγ", () => {
  const system = glass(1);
  const options = { angle: 25, plane: "xz" } as const;
  const strain = 2e-4;
  const { path, system: sheared } = shear(system, silicon, { ...options, maxStrain: strain });
  const end = path.at(-1)!;
  expect(end.strain).toBeCloseTo(strain, 12);
  const deformation = Deformation.of(system.box, options);
  const fractional = product(sheared.positions, inverseVectors(sheared.box), 3);
  const energyAt = (gamma: number) => {
    const { box } = deformation.at(gamma);
    const field = ForceField.create(
      { ...system, box, positions: product(fractional, box.vectors, 3) },
      silicon,
    );
    expect(minimize(field).status).toBe("converged");
    return field.energy;
  };
  const v = volume(system.box);
  const h = 2e-5;
  const [low, mid, high] = [-h, 0, h].map((by) => energyAt(strain + by)) as [number, number, number];
  expect((high - low) / (2 * h * v) / end.stress).toBeCloseTo(1, 5);
  expect((high - 2 * mid + low) / (h * h * v) / end.modulus!).toBeCloseTo(1, 3);
});

test("a pattern places the triples of another configuration, or says that it has no block for them", () => {
  const system = glass(2);
  const interactions = findInteractions(system, silicon);
  const pattern = hessianPattern(interactions);
  expect(placedIn(pattern, interactions)).toEqual(pattern);
  // every pair of the model is there, but one block that only a triple needs is not
  const pairs = interactionsOf(pairsOf(interactions));
  const pairsOnly = hessianPattern(pairs);
  expect(placedIn(pairsOnly, pairs)).toBeDefined();
  expect(placedIn(pairsOnly, interactions)).toBeUndefined();
  expect(interactions.families[1]!.count).toBeGreaterThan(0);
});
