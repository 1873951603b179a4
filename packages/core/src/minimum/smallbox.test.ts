import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { testRandom } from "../../test/reference.ts";
import { ForceField, initialConfiguration, minimize } from "../dynamics/index.ts";
import { readSnapshot, toSystem } from "../formats/index.ts";
import { findInteractions } from "../interactions/index.ts";
import { type PairModel, parseModel, preset } from "../models/index.ts";
import { allModes, localThermalEnergy } from "../response/index.ts";
import type { System } from "../space/index.ts";
import { backboneOf, minimumOf } from "./index.ts";

/** Boxes shorter than two cutoffs: a pair interacts by several images, which come and go on the way to the minimum. */
const file = (name: string) => readFileSync(new URL(`../../test/smallbox/${name}`, import.meta.url), "utf8");
const soft = parseModel(JSON.parse(file("soft.json")));

const largest = (values: Float64Array) => values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);

/** E_α by the sparse factor on the way from `system`, and at the minimum that it found by full diagonalisation. */
function bothWays(system: System, model: PairModel) {
  const sparse = localThermalEnergy(minimumOf(system, model));
  const dense = localThermalEnergy(minimumOf(sparse.system, model, { refine: false }), { method: "dense" });
  const [own, expected] = [sparse.energies[0].lte, dense.energies[0].lte];
  return { sparse, apart: largest(own.map((e, m) => e - expected[m])) / largest(expected) };
}

describe("files with few digits, whose images change while they are refined", () => {
  const read = (name: string, model: PairModel) => toSystem(readSnapshot(file(name)), model).system;

  test("36 particles of 3dkablj: no saddle", () => {
    const model = preset("3dkablj");
    const system = read("3dkablj.extxyz", model);
    const { sparse, apart } = bothWays(system, model);
    expect(sparse.refineSteps).toBeGreaterThan(0);
    const field = ForceField.create(system, model);
    expect(minimize(field).status).toBe("converged");
    expect(sparse.energy).toBeCloseTo(field.energy, 10);
    expect(apart).toBeLessThan(1e-9);
  });

  test("18 soft particles: the energies of full diagonalisation", () => {
    const { sparse, apart } = bothWays(read("soft.extxyz", soft), soft);
    expect(sparse.refineSteps).toBeGreaterThan(0);
    expect(Math.min(...sparse.energies[0].lte)).toBeCloseTo(-0.01712, 5);
    expect(apart).toBeLessThan(1e-9);
  });
});

/** Soft disks, made as glasses are. */
const disks = parseModel({
  ...JSON.parse(file("soft.json")),
  smoothing: 2,
  glass: {
    density: 0.78,
    ...{
      fractions: [0.5, 0.5],
      liquidTemperature: 1,
      annealTemperature: 0.5,
      glassTransition: 0.4,
      annealTime: 1,
    },
  },
});

/** A minimum of `count` particles, moved at random until its residual is `residual` of the typical pair force. */
function shaken(model: PairModel, count: number, seed: number, residual: number): System | undefined {
  const field = ForceField.create(initialConfiguration(model, count, seed), model);
  if (minimize(field).status !== "converged") return undefined;
  const system = field.system();
  const random = testRandom(seed);
  const by = system.positions.map(() => 2 * random() - 1);
  const moved = (t: number) => ({ ...system, positions: system.positions.map((x, k) => x + t * by[k]) });
  const little = 1e-5;
  return moved((residual / backboneOf(moved(little), model).residual) * little);
}

/** By full diagonalisation: the configuration itself need not be in the basin of a minimum. */
function isStable(system: System, model: PairModel): boolean {
  const { values } = allModes(findInteractions(system, model));
  return values[0] > -1e-9 * values[values.length - 1];
}

test.each([
  { model: disks, counts: { min: 11, max: 36 } },
  { model: preset("3dkablj"), counts: { min: 25, max: 40 } },
])(
  "random minima of $model.name in one to two cutoffs: refined, E_α is that of full diagonalisation",
  ({ model, counts }) => {
    let refined = 0;
    fc.assert(
      fc.property(fc.integer(counts), fc.integer({ min: 0, max: 1e6 }), (count, seed) => {
        const system = shaken(model, count, seed, 0.2);
        fc.pre(system !== undefined && isStable(system, model));
        const { sparse, apart } = bothWays(system as System, model);
        if (sparse.refineSteps > 1) refined++;
        expect(apart).toBeLessThan(1e-8);
      }),
      { numRuns: 120 },
    );
    expect(refined).toBeGreaterThan(100);
  },
);
