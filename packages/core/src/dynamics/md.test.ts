import { describe, expect, test } from "vitest";
import { type PaperModel, preset } from "../models/index.ts";
import { ForceField } from "./forcefield.ts";
import { initialConfiguration } from "./initial.ts";
import { MolecularDynamics } from "./md.ts";
import type { Thermostat } from "./thermostat.ts";

function liquid(name: PaperModel, particles: number, dt = 0.005): MolecularDynamics {
  const model = preset(name);
  const field = ForceField.create(initialConfiguration(model, particles, 1), model);
  const md = new MolecularDynamics(field, { dt: 0.005, seed: 1 });
  md.drawVelocities(1);
  md.run({ steps: 1000, thermostat: { kind: "rescaling", temperature: 1, relaxation: 0.1 } });
  if (dt === 0.005) return md;
  const other = new MolecularDynamics(field, { dt, seed: 1 });
  other.setVelocities(md.velocities());
  return other;
}

const total = (md: MolecularDynamics) => md.field.energy + md.kineticEnergy;
const momentum = (md: MolecularDynamics) => {
  const d = md.field.dimension;
  const sum = new Float64Array(d);
  md.velocities().forEach((v, k) => {
    sum[k % d] += v;
  });
  return Math.max(...sum.map(Math.abs));
};

describe("without a thermostat", () => {
  test.each(["2dipl", "3dipl", "3dkablj"] as const)("%s: energy error ∝ dt²", (name) => {
    const errors = [0.004, 0.002, 0.001].map((dt) => {
      const md = liquid(name, 300, dt);
      const start = total(md);
      let square = 0;
      const samples = 50;
      for (let k = 0; k < samples; k++) {
        md.run({ steps: Math.round(0.04 / dt), thermostat: { kind: "none" } });
        square += (total(md) - start) ** 2 / samples;
      }
      return Math.sqrt(square);
    });
    for (const ratio of [errors[0] / errors[1], errors[1] / errors[2]]) {
      expect(ratio).toBeGreaterThan(3.4);
      expect(ratio).toBeLessThan(4.6);
    }
  });

  test("10⁵ steps: no drift beyond its own fluctuation, momentum stays 0", () => {
    const md = liquid("2dipl", 100, 0.002);
    const energies = Float64Array.from({ length: 100 }, () => {
      md.run({ steps: 1000, thermostat: { kind: "none" } });
      return total(md) / md.field.count;
    });
    const t = energies.map((_, k) => k - 49.5);
    const mean = energies.reduce((sum, e) => sum + e / 100, 0);
    const slope =
      energies.reduce((sum, e, k) => sum + (e - mean) * t[k], 0) / t.reduce((s, x) => s + x * x, 0);
    const rest = energies.map((e, k) => e - mean - slope * t[k]);
    const noise = Math.sqrt(rest.reduce((sum, e) => sum + e * e, 0) / 98);
    expect(noise).toBeLessThan(1e-4);
    // The whole drift over the run against its statistical error: σ_slope = noise/√Σt².
    expect(Math.abs(slope) * Math.sqrt(t.reduce((s, x) => s + x * x, 0))).toBeLessThan(4 * noise);
    expect(momentum(md)).toBeLessThan(1e-10);
  });

  test("time-reversible: back to the start when velocities are turned", () => {
    const md = liquid("3dkablj", 200);
    const start = md.field.positions();
    md.run({ steps: 100, thermostat: { kind: "none" } });
    md.setVelocities(md.velocities().map((v) => -v));
    md.run({ steps: 100, thermostat: { kind: "none" } });
    const end = md.field.positions();
    expect(Math.max(...end.map((x, k) => Math.abs(x - start[k])))).toBeLessThan(1e-9);
  });
});

const thermostats: Record<string, Thermostat> = {
  rescaling: { kind: "rescaling", temperature: 0.7, relaxation: 0.1 },
  langevin: { kind: "langevin", temperature: 0.7, friction: 5 },
};

describe.each(Object.entries(thermostats))("%s", (kind, thermostat) => {
  /** Nd − d where the momentum is kept, Nd where noise moves the centre. */
  const degrees = kind === "langevin" ? 60 : 58;
  const md = liquid("2dipl", 30, 0.002);
  md.run({ steps: 2000, thermostat });
  const samples = 4000;
  const perAxis = [0, 0];
  const species = [0, 0];
  const kinetic = Float64Array.from({ length: samples }, () => {
    md.run({ steps: 100, thermostat });
    const v = md.velocities();
    const kinds = md.field.system().species;
    v.forEach((component, k) => {
      perAxis[k % 2] += component * component;
      species[kinds[k >> 1]] += component * component;
    });
    return md.kineticEnergy;
  });
  const mean = kinetic.reduce((sum, k) => sum + k / samples, 0);
  const variance = kinetic.reduce((sum, k) => sum + (k - mean) ** 2 / samples, 0);

  test("kinetic energy: mean and variance of the canonical gamma distribution", () => {
    // Neighbouring samples are 0.2 τ₀ apart, two relaxation times or one of friction: count half of them.
    const error = 1 / Math.sqrt(samples / 2);
    expect(Math.abs(mean / (0.5 * degrees * 0.7) - 1)).toBeLessThan(4 * error * Math.sqrt(2 / degrees));
    expect(Math.abs(variance / (0.5 * degrees * 0.49) - 1)).toBeLessThan(
      4 * error * Math.sqrt(2 + 12 / degrees),
    );
  });

  test("its distribution: Kolmogorov and Smirnov against the gamma distribution", () => {
    const sorted = kinetic.toSorted();
    const worst = sorted.reduce(
      (most, k, place) => Math.max(most, Math.abs(gammaCdf(degrees / 2, k / 0.7) - (place + 0.5) / samples)),
      0,
    );
    expect(worst * Math.sqrt(samples / 2)).toBeLessThan(1.95);
  });

  test("equipartition: axes and species hold alike", () => {
    const tolerance = 4 * Math.sqrt(2 / (30 * (samples / 2)));
    expect(Math.abs(perAxis[0] / perAxis[1] - 1)).toBeLessThan(2 * tolerance);
    expect(Math.abs(species[0] / species[1] - 1)).toBeLessThan(2 * tolerance);
  });

  if (kind === "rescaling") {
    test("momentum stays 0", () => {
      expect(momentum(md)).toBeLessThan(1e-10);
    });
  }
});

/** P(a, x), regularised lower incomplete gamma function, by its series. */
function gammaCdf(a: number, x: number): number {
  let logGamma = 0;
  // a is a multiple of ½ here: Γ by recursion from Γ(1) = 1 or Γ(½) = √π.
  let b = a;
  while (b > 1) logGamma += Math.log(--b);
  if (b === 0.5) logGamma += 0.5 * Math.log(Math.PI);
  let term = 1 / a;
  let sum = term;
  for (let k = 1; term > 1e-16 * sum; k++) sum += term *= x / (a + k);
  return sum * Math.exp(a * Math.log(x) - x - logGamma);
}

test("cooling follows its programme", () => {
  const md = liquid("2dipl", 300);
  const thermostat: Thermostat = { kind: "rescaling", temperature: { from: 1, to: 0.2 }, relaxation: 0.05 };
  for (let done = 0; done < 4000; done += 1000) {
    md.run({ steps: 1000, thermostat, stretch: { done, total: 4000 } });
    expect(Math.abs(md.temperature - (1 - (0.8 * (done + 1000)) / 4000))).toBeLessThan(0.1);
  }
});

test("a run in pieces of whole blocks is the run at once, bit for bit, and so is one resumed", () => {
  const [once, pieces] = [liquid("3dkablj", 150), liquid("3dkablj", 150)];
  const thermostat = thermostats.rescaling!;
  once.run({ steps: 600, thermostat });
  pieces.run({ steps: 250, thermostat });
  const state = pieces.state();
  const other = liquid("3dkablj", 150);
  other.run({ steps: 70, thermostat: { kind: "none" } });
  other.restore(state);
  for (const md of [pieces, other]) {
    md.run({ steps: 350, thermostat });
    expect(md.field.wrappedPositions()).toEqual(once.field.wrappedPositions());
    expect(md.velocities()).toEqual(once.velocities());
  }
});

describe("refusals", () => {
  const md = liquid("2dipl", 50);
  test.each([0.1, 0.5])("dt = %d blows up, and says when and what to do", (dt) => {
    const wild = liquid("2dipl", 50, dt);
    expect(() => wild.run({ steps: 1000, thermostat: { kind: "none" } })).toThrow(
      new RegExp(`blew up at step \\d+ .*time step ${dt} is too large; try ${dt / 2}`),
    );
  });
  test("T < 0", () => {
    expect(() => md.drawVelocities(-0.1)).toThrow(/must not be negative, got -0.1/);
    expect(() =>
      md.run({ steps: 10, thermostat: { kind: "langevin", temperature: -1, friction: 1 } }),
    ).toThrow(/negative/);
    expect(() =>
      md.run({
        steps: 10,
        thermostat: { kind: "rescaling", temperature: { from: 1, to: -1 }, relaxation: 1 },
      }),
    ).toThrow(/negative/);
  });
  test("dt, friction and relaxation that are not positive", () => {
    expect(() => new MolecularDynamics(md.field, { dt: 0, seed: 1 })).toThrow(/time step must be positive/);
    expect(() =>
      md.run({ steps: 10, thermostat: { kind: "langevin", temperature: 1, friction: 0 } }),
    ).toThrow(/friction/);
    expect(() =>
      md.run({ steps: 10, thermostat: { kind: "rescaling", temperature: 1, relaxation: Number.NaN } }),
    ).toThrow(/relaxation/);
  });
});

test("an observer sees every block, behind the thermostat, with the shear, and changes no bits", () => {
  const model = preset("2dipl");
  const start = () => {
    const field = ForceField.create(initialConfiguration(model, 100, 1), model);
    const md = new MolecularDynamics(field, { dt: 0.002, seed: 5 });
    md.drawVelocities(1);
    return md;
  };
  const thermostat = { kind: "rescaling", temperature: 1, relaxation: 0.1 } as const;
  const [alone, seen] = [start(), start()];
  const drive = { plane: "xy", rate: 0.3 } as const;
  const run = { steps: 195, thermostat, drive };
  alone.run(run);
  const looks: { step: number; heat: number; energy: number; tilt: number; temperature: number }[] = [];
  seen.run({
    ...run,
    observe: (md) => {
      const [xx, , , yy] = md.kineticTensor();
      expect((xx + yy) / md.degreesOfFreedom).toBeCloseTo(md.temperature, 12);
      md.field.stress();
      md.field.positions();
      const { energy, box } = md.field;
      const { step, heat, temperature } = md;
      looks.push({ step, heat, energy, tilt: box.vectors[2], temperature });
    },
  });
  expect(seen.field.positions()).toEqual(alone.field.positions());
  expect(seen.velocities()).toEqual(alone.velocities());
  expect(looks.map(({ step }) => step)).toEqual([...Array.from({ length: 19 }, (_, k) => 10 * (k + 1)), 195]);
  const edge = seen.field.box.vectors[3];
  for (const { step, tilt } of looks) expect(tilt / (0.3 * 0.002 * step * edge)).toBeCloseTo(1, 10);
  expect(looks[19].heat).toBe(seen.heat);
  expect(looks[19].energy).toBe(seen.field.energy);
  expect(looks[19].temperature).toBe(seen.temperature);
  // in pieces of whole blocks: the same looks
  const pieces = start();
  const temperatures: number[] = [];
  for (const steps of [60, 130, 5])
    pieces.run({ ...run, steps, observe: ({ temperature }) => temperatures.push(temperature) });
  expect(temperatures).toEqual(looks.map(({ temperature }) => temperature));
});
