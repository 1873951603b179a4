import { describe, expect, test } from "vitest";
import { makeGlass } from "../deform/index.ts";
import { parseModel, preset } from "../models/index.ts";
import { minimumImage, rectangularBox, type System } from "../space/index.ts";
import { diameterCorrelation, overlap } from "./equilibration.ts";
import { ForceField } from "./forcefield.ts";
import { initialConfiguration } from "./initial.ts";
import { Preparation } from "./preparation.ts";
import { SwapMonteCarlo } from "./swap.ts";

const poly2d = preset("poly2d");
const poly3d = preset("poly3d");

/** A configuration of a model's liquid, by molecular dynamics. */
function liquid(model: typeof poly2d, particles: number): System {
  const protocol = { kind: "instantaneous", liquidTime: 5 } as const;
  const preparation = Preparation.start({ model, particles, seed: 1, protocol });
  while (!preparation.advance());
  return preparation.field.system();
}

const energyOf = (system: System, model = poly2d) => ForceField.create(system, model).energy;

test("exchanges at fixed places: permutations of four diameters have Boltzmann's weights", () => {
  const system: System = {
    box: rectangularBox(12, 12),
    positions: Float64Array.of(0, 0, 1, 0.1, 0.3, 1, -0.8, 0.7),
    species: new Int32Array(4),
    diameters: Float64Array.of(0.8, 0.95, 1.1, 1.25),
  };
  const temperature = 0.4;
  const monteCarlo = new SwapMonteCarlo(system, poly2d, { temperature, seed: 3, share: 1 });
  const counts = new Map<string, number>();
  const samples = 40_000;
  for (let k = 0; k < samples; k++) {
    monteCarlo.run(5);
    const key = monteCarlo.diameters().join(" ");
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  expect(monteCarlo.positions()).toEqual(system.positions);
  const weights = new Map<string, number>();
  const permute = (left: readonly number[], chosen: readonly number[]): void => {
    if (left.length === 0) {
      const diameters = Float64Array.from(chosen);
      weights.set(diameters.join(" "), Math.exp(-energyOf({ ...system, diameters }) / temperature));
    }
    left.forEach((sigma) => {
      permute(
        left.filter((other) => other !== sigma),
        [...chosen, sigma],
      );
    });
  };
  permute([...system.diameters!], []);
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  let chi2 = 0;
  let states = 0;
  for (const [key, weight] of weights) {
    const expected = (samples * weight) / total;
    if (expected < 20) continue;
    const seen = counts.get(key) ?? 0;
    chi2 += ((seen - expected) * (seen - expected)) / expected;
    states++;
  }
  expect(states).toBeGreaterThan(5);
  // samples five sweeps apart are still a little correlated: 1 within a factor of two
  expect(chi2 / (states - 1)).toBeLessThan(2);
  expect(Math.max(...weights.values()) / total).toBeLessThan(0.6);
});

test("displacements: a bound pair's distances have the density r^(d−1) e^(−φ/T)", () => {
  const model = parseModel({
    name: "pair",
    form: "lennard-jones",
    species: ["A"],
    cutoff: 2.5,
    diameters: { nonAdditivity: 0.2 },
  });
  for (const d of [2, 3] as const) {
    const system: System = {
      box: rectangularBox(...new Array(d).fill(13)),
      positions: Float64Array.of(...[0, 0, 0].slice(0, d), ...[1.1, 0, 0].slice(0, d)),
      species: new Int32Array(2),
      diameters: Float64Array.of(0.9, 1.1),
    };
    const temperature = 0.07;
    const monteCarlo = new SwapMonteCarlo(system, model, { temperature, seed: 1, step: 0.1 });
    const [least, most, bins] = [0.9, 1.5, 12];
    const seen = new Float64Array(bins);
    for (let k = 0; k < 20_000; k++) {
      monteCarlo.run(25);
      const x = monteCarlo.positions();
      const between = x.subarray(d).map((to, c) => to - x[c]);
      const r = Math.hypot(...minimumImage(system.box, between));
      const bin = Math.floor(((r - least) / (most - least)) * bins);
      if (bin >= 0 && bin < bins) seen[bin]++;
    }
    const pairEnergy = (r: number) =>
      energyOf(
        { ...system, positions: Float64Array.of(...[0, 0, 0].slice(0, d), ...[r, 0, 0].slice(0, d)) },
        model,
      );
    const weights = Array.from({ length: bins }, (_, bin) => {
      let sum = 0;
      for (let k = 0; k < 20; k++) {
        const r = least + ((most - least) * (bin + (k + 0.5) / 20)) / bins;
        sum += r ** (d - 1) * Math.exp(-pairEnergy(r) / temperature);
      }
      return sum;
    });
    const norm = weights.reduce((sum, weight) => sum + weight, 0);
    const samples = seen.reduce((sum, count) => sum + count, 0);
    expect(samples).toBeGreaterThan(19_000);
    let chi2 = 0;
    weights.forEach((weight, bin) => {
      const expected = (samples * weight) / norm;
      if (expected > 20) chi2 += ((seen[bin] - expected) * (seen[bin] - expected)) / expected;
    });
    expect(chi2 / (bins - 1)).toBeLessThan(2);
  }
});

test("the mean energy of a liquid is that of molecular dynamics", () => {
  const system = liquid(poly2d, 120);
  const monteCarlo = new SwapMonteCarlo(system, poly2d, { temperature: 0.5, seed: 2 });
  const start = energyOf(system);
  monteCarlo.tune(300);
  const energies = Array.from({ length: 1000 }, () => {
    monteCarlo.run(20);
    return (start + monteCarlo.tally.energy) / 120;
  });
  // Langevin dynamics of 2 × 400,000 steps of 0.005 and 0.0025 τ₀, validation/swap.ts
  const dynamics = { mean: 0.7004, error: 0.0012 };
  const { mean, error } = blocked(energies);
  expect(Math.abs(mean - dynamics.mean)).toBeLessThan(2 * Math.hypot(error, dynamics.error));
  expect(error).toBeLessThan(0.005);
});

/** Mean and its error from twenty blocks. */
function blocked(values: readonly number[]): { mean: number; error: number } {
  const size = values.length / 20;
  const means = Array.from({ length: 20 }, (_, k) =>
    values.slice(k * size, (k + 1) * size).reduce((sum, value) => sum + value / size, 0),
  );
  const mean = means.reduce((sum, value) => sum + value / 20, 0);
  const square = means.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(square / 20 / 19) };
}

describe.each([
  ["poly2d", poly2d, 150],
  ["poly3d", poly3d, 600],
] as const)("%s", (_, model, particles) => {
  const system = liquid(model, particles);
  const run = () => new SwapMonteCarlo(system, model, { temperature: 0.2, seed: 7 });

  test("what energy was gained is what the force field says; diameters change places only", () => {
    const monteCarlo = run();
    monteCarlo.run(60);
    const { energy, displacements, exchanges } = monteCarlo.tally;
    const after = energyOf(monteCarlo.system(), model);
    expect(Math.abs(after - energyOf(system, model) - energy)).toBeLessThan(1e-9 * particles);
    expect(Math.min(displacements, exchanges)).toBeGreaterThan(0.05);
    expect(monteCarlo.diameters().sort()).toEqual(system.diameters!.slice().sort());
    expect(monteCarlo.diameters()).not.toEqual(system.diameters);
  });

  test("goes on from a saved state to the same bits", () => {
    const whole = run();
    whole.tune(5);
    whole.run(25);
    const first = run();
    first.tune(5);
    first.run(7);
    const second = run();
    second.restore(first.state());
    second.run(18);
    expect(second.state()).toEqual(whole.state());
  });

  test("the diameters are quantiles of σ⁻³ with mean 1", () => {
    const sorted = initialConfiguration(model, 1000, 5).diameters!.slice().sort();
    expect(sorted.reduce((sum, sigma) => sum + sigma, 0) / 1000).toBeCloseTo(1, 4);
    expect(sorted[999] / sorted[0]).toBeCloseTo(2.219, 1);
    // P(σ < m) = (σ_min⁻² − m⁻²)/(σ_min⁻² − σ_max⁻²)
    const [min, max] = [3.219 / 4.438, 3.219 / 2];
    const share = (m: number) => (min ** -2 - m ** -2) / (min ** -2 - max ** -2);
    for (const k of [0, 250, 500, 999]) expect(share(sorted[k])).toBeCloseTo((k + 0.5) / 1000, 12);
  });
});

describe("a glass quenched from a swapped liquid", () => {
  const recipe = {
    model: poly2d,
    particles: 150,
    seed: 3,
    protocol: { kind: "swap", temperature: 0.25, sweeps: 600, liquidTime: 2 },
  } as const;

  test("is the same from a checkpoint, taken in the middle of the run", () => {
    const glass = makeGlass(recipe);
    const preparation = Preparation.start(recipe);
    preparation.advance(390 + 400);
    expect(preparation.progress.stage).toBe("swap");
    const resumed = Preparation.resume(recipe, preparation.checkpoint()).finish();
    expect(resumed.system).toEqual(glass.system);
    expect(resumed.equilibration).toEqual(glass.equilibration);
    expect(glass.minimization.status).toBe("converged");
  });

  test("says whether its liquid forgot where it started", () => {
    const at = (temperature: number, sweeps: number) =>
      makeGlass({ ...recipe, protocol: { ...recipe.protocol, temperature, sweeps } }).equilibration!;
    const hot = at(0.5, 4000);
    expect(hot.status).toBe("equilibrated");
    expect(hot.diameterTime).toBeLessThan(400);
    const cold = at(0.02, 300);
    expect(cold).toMatchObject({ status: "aged", temperature: 0.02, sweeps: 300, overlapTime: undefined });
  });
});

test("correlations of what is the same, reversed and unrelated", () => {
  const { box, positions, diameters } = initialConfiguration(poly2d, 400, 1);
  expect(diameterCorrelation(diameters!, diameters!)).toBeCloseTo(1, 12);
  expect(
    diameterCorrelation(
      diameters!,
      diameters!.map((sigma) => 2 - sigma),
    ),
  ).toBeCloseTo(-1, 12);
  expect(overlap(box, positions, positions, 0.3)).toBe(1);
  const other = initialConfiguration(poly2d, 400, 2).positions.map((x, k) => x + (k % 2 === 0 ? 0.5 : 0.46));
  expect(Math.abs(overlap(box, positions, other, 0.3))).toBeLessThan(0.4);
});

test("refuses what it cannot exchange, in words", () => {
  const { positions, species, box } = initialConfiguration(preset("2dipl"), 100, 1);
  const make =
    (system: System, model = poly2d, temperature = 0.1) =>
    () =>
      new SwapMonteCarlo(system, model, { temperature, seed: 1 });
  expect(make({ positions, species, box }, preset("2dipl"))).toThrow(
    'the model "2dipl" has no diameters of particles; swap needs a model with "diameters", as poly2d and poly3d',
  );
  expect(() =>
    makeGlass({ model: preset("3dkablj"), particles: 800, seed: 1, protocol: { kind: "swap" } }),
  ).toThrow("has no diameters");
  const small = initialConfiguration(poly2d, 20, 1);
  expect(make(small)).toThrow("its shortest side is 4.472: take more particles");
  expect(make(initialConfiguration(poly2d, 100, 1), poly2d, -1)).toThrow(
    "temperature must be positive, got -1",
  );
  expect(() =>
    makeGlass({ model: poly2d, particles: 100, seed: 1, protocol: { kind: "swap", swapShare: 2 } }),
  ).toThrow("swapShare must be between 0 and 1, got 2");
  const { glass, ...rest } = poly2d.definition;
  const { diameters, ...undrawn } = glass!;
  expect(diameters).toMatchObject({ exponent: -3 });
  const noDistribution = parseModel({ ...rest, glass: undrawn });
  expect(() => initialConfiguration(noDistribution, 100, 1)).toThrow(
    "give glass.diameters {min, max, exponent}",
  );
  expect(() => parseModel({ ...preset("2dipl").definition, glass })).toThrow("glass.diameters");
});
