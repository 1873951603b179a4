import { describe, expect, test } from "vitest";
import { readReference, testRandom } from "../../test/reference.ts";
import { makeGlass } from "../deform/index.ts";
import { findInteractions, gradient, hessian, hessianPattern } from "../interactions/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { preset } from "../models/index.ts";
import { localThermalEnergy } from "../response/index.ts";
import { symmetricEigen, toDense } from "../sparse/index.ts";
import { dot } from "../vectors.ts";
import { activatedSaddles, activationDirections, harmonicRate } from "./activation.ts";
import { census } from "./census.ts";
import { lowestCurvature } from "./lowestcurvature.ts";
import { firstPassage } from "./passage.ts";

test("the lowest curvature is the lowest eigenvalue of a dense matrix", () => {
  const random = testRandom(3);
  const n = 30;
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = random() - 0.5 + (i === j ? i / 3 : 0);
  const product = (v: Float64Array) => v.map((_, i) => dot(a.subarray(i * n, (i + 1) * n), v));
  const guess = Float64Array.from({ length: n }, () => random() - 0.5);
  const { value, vector } = lowestCurvature(product, guess, 200);
  const { values, vectors } = symmetricEigen(a);
  expect(value).toBeCloseTo(values[0], 9);
  expect(Math.abs(dot(vector, vectors.subarray(0, n)))).toBeCloseTo(1, 7);
});

test.each([
  ["2dipl", 100, 3, { liquidTime: 0.5, annealTime: 0.5 }],
  ["sw-silicon", 64, 1, { liquidTime: 2, annealTime: 4 }],
] as const)(
  "the prefactor is Vineyard's: ratios of all frequencies, by dense diagonalisation; %s",
  (name, particles, seed, protocol) => {
    const model = preset(name);
    const { system } = makeGlass({ model, particles, seed, protocol });
    const d = system.box.dimension;
    const masses = Float64Array.from(system.species, (_, p) => 1 + (p % 3));
    const minimum = minimumOf({ ...system, masses }, model, { arithmetic: "reproducible" });
    const softest = census(minimum, localThermalEnergy(minimum)).slice(0, 2);
    const { saddles } = activatedSaddles(minimum, softest);
    const squares = (by: Float64Array) => {
      const positions = minimum.system.positions.map((x, k) => x + by[k]);
      const interactions = findInteractions({ ...minimum.system, positions }, model);
      const dense = toDense(hessian(interactions, hessianPattern(interactions)));
      const n = d * particles;
      const root = (k: number) => Math.sqrt(masses[Math.floor(k / d)]);
      const { values } = symmetricEigen(dense.map((x, at) => x / root(Math.floor(at / n)) / root(at % n)));
      // without the translations
      const order = Array.from(values).sort((p, q) => Math.abs(q) - Math.abs(p));
      return order.slice(0, n - d).sort((p, q) => p - q);
    };
    const logs = (values: number[]) => values.reduce((sum, value) => sum + Math.log(value), 0);
    const below = squares(new Float64Array(d * particles));
    expect(below[0]).toBeGreaterThan(0);
    expect(saddles.length).toBeGreaterThan(1);
    for (const { saddle, curvature, prefactor } of saddles) {
      const positions = minimum.system.positions.map((x, k) => x + saddle[k]);
      const forces = gradient(findInteractions({ ...minimum.system, positions }, model));
      expect(Math.max(...forces.map(Math.abs))).toBeLessThan(1e-8);
      const top = squares(saddle);
      expect(top.filter((value) => value < 0)).toHaveLength(1);
      expect(curvature / top[0]).toBeCloseTo(1, 5);
      const own = Math.exp((logs(below) - logs(top.slice(1))) / 2) / (2 * Math.PI);
      expect(prefactor / own).toBeCloseTo(1, 5);
    }
  },
  600_000,
);

test("a normal mode leads over the way that molecular dynamics takes, where no excitation of the census does", () => {
  const model = preset("2dipl");
  const { system } = makeGlass({ model, particles: 400, seed: 2 });
  const minimum = minimumOf(system, model, { arithmetic: "reproducible" });
  const directions = activationDirections(minimum, 6);
  expect(directions).toHaveLength(12);
  for (const { field, stiffness, anharmonicity } of directions) {
    expect(dot(field, field)).toBeCloseTo(1, 10);
    expect(stiffness).toBeGreaterThan(0);
    expect(anharmonicity).toBeGreaterThanOrEqual(0);
  }
  const { saddles } = activatedSaddles(minimum, directions.slice(-1));
  const run = { temperature: 0.2, seed: 2002, maxTime: 50 };
  const { other, time } = firstPassage(minimum.system, model, run);
  expect(time).toBeLessThan(50);
  const way = saddles.find((saddle) => saddle.other.every((u, n) => Math.abs(u - other[n]) < 0.02));
  expect(way?.barrier).toBeCloseTo(0.557, 3);
}, 600_000);

describe("2DIPL, N = 400", () => {
  const { system, model } = readReference("2dipl_400");
  const minimum = minimumOf(system, model, { arithmetic: "reproducible" });
  const all = census(minimum, localThermalEnergy(minimum));
  // those of the first twenty whose saddles have the largest rates
  const { saddles, searches, lost } = activatedSaddles(minimum, [all[0], all[8], all[14]]);

  test("saddles: barriers ascend, ways back return, and lead to other minima", () => {
    expect([searches, lost]).toEqual([6, 0]);
    expect(saddles.length).toBeGreaterThan(3);
    saddles.forEach(({ barrier, back, difference, returns, found }, k) => {
      expect(barrier).toBeGreaterThan(saddles[k - 1]?.barrier ?? 0);
      expect(back).toBeGreaterThan(0);
      expect(barrier - back).toBeCloseTo(difference, 10);
      expect([returns, found]).toEqual([true, 1]);
    });
  });

  test("first passages: where and when molecular dynamics leaves is what the rates say", () => {
    const temperature = 0.2;
    const rates = saddles.map((saddle) => harmonicRate(saddle, temperature));
    const rate = rates.reduce((sum, own) => sum + own, 0);
    const runs = Array.from({ length: 12 }, (_, k) =>
      firstPassage(minimum.system, model, { temperature, seed: k + 1, maxTime: 1500 }),
    );
    const ways = runs.map(({ other }) =>
      saddles.findIndex((saddle) => saddle.other.every((u, k) => Math.abs(u - other[k]) < 0.02)),
    );
    const count = (way: number) => ways.filter((own) => own === way).length;
    // the fastest way is the most frequent, and most runs went over one of these few
    expect(rates[0]).toBe(Math.max(...rates));
    for (const way of [-1, 1, 2, 3, 4]) expect(count(0)).toBeGreaterThan(count(way));
    expect(count(-1)).toBeLessThan(5);
    const time = runs.reduce((sum, own) => sum + own.time, 0) / runs.length;
    // standard error 1/√12; transition-state theory neglects ways back, and ways that were not found
    expect(Math.abs(Math.log(time * rate))).toBeLessThan(Math.log(2));
    const [first] = runs;
    expect(firstPassage(minimum.system, model, { temperature, seed: 1, maxTime: 1500 })).toEqual(first);
  }, 600_000);

  test("cold, nothing happens; misuse is refused", () => {
    const options = { temperature: 0.02, seed: 1, maxTime: 20 };
    expect(firstPassage(minimum.system, model, options)).toMatchObject({ time: Infinity, particle: -1 });
    expect(() => firstPassage(minimum.system, model, { ...options, temperature: 0 })).toThrow(
      "temperature must be positive, got 0",
    );
    expect(() => firstPassage(minimum.system, model, { ...options, every: -1 })).toThrow(
      "every must be positive",
    );
  });
});
