import { describe, expect, test } from "vitest";
import { parseModel, preset } from "../models/index.ts";
import { ForceField } from "./forcefield.ts";
import { initialConfiguration } from "./initial.ts";
import { MolecularDynamics } from "./md.ts";
import type { Thermostat } from "./thermostat.ts";

const masses = { A: 1, B: 8 };
const model = parseModel({ ...preset("3dkablj").definition, masses });
const start = initialConfiguration(model, 300, 1);
const massOf = (p: number) => (start.species[p] === 0 ? masses.A : masses.B);

function dynamics(dt = 0.004): MolecularDynamics {
  const md = new MolecularDynamics(ForceField.create(start, model), { dt, seed: 1 });
  md.drawVelocities(1);
  md.run({ steps: 600, thermostat: { kind: "rescaling", temperature: 1, relaxation: 0.1 } });
  return md;
}

describe("dynamics with masses", () => {
  test("kinetic energy is Σ m v²/2, and the total momentum rests", () => {
    const md = dynamics();
    const velocities = md.velocities();
    let kinetic = 0;
    const momentum = [0, 0, 0];
    velocities.forEach((v, k) => {
      const mass = massOf(Math.floor(k / 3));
      kinetic += 0.5 * mass * v * v;
      momentum[k % 3] += mass * v;
    });
    expect(Math.abs(md.kineticEnergy / kinetic - 1)).toBeLessThan(1e-13);
    for (const p of momentum) expect(Math.abs(p)).toBeLessThan(1e-10);
    expect(md.temperature).toBeCloseTo((2 * kinetic) / (3 * 299), 10);
  });

  test("the error of the energy falls with dt²", () => {
    const warm = dynamics();
    const errors = [0.004, 0.002, 0.001].map((dt) => {
      const md = new MolecularDynamics(ForceField.create(warm.field.system(), model), { dt, seed: 1 });
      md.setVelocities(warm.velocities());
      const total = () => md.field.energy + md.kineticEnergy;
      const begin = total();
      let square = 0;
      for (let k = 0; k < 50; k++) {
        md.run({ steps: Math.round(0.04 / dt), thermostat: { kind: "none" } });
        square += (total() - begin) ** 2 / 50;
      }
      return Math.sqrt(square);
    });
    for (const ratio of [errors[0] / errors[1], errors[1] / errors[2]]) {
      expect(ratio).toBeGreaterThan(3.4);
      expect(ratio).toBeLessThan(4.6);
    }
  });

  test.each<[string, Thermostat]>([
    ["Langevin", { kind: "langevin", temperature: 0.7, friction: 1 }],
    [
      "Langevin about a resting centre",
      { kind: "langevin", temperature: 0.7, friction: 1, fixedCentre: true },
    ],
    ["rescaling", { kind: "rescaling", temperature: 0.7, relaxation: 0.2 }],
  ])("equipartition, species by species: %s", (_, thermostat) => {
    const md = dynamics();
    md.run({ steps: 2000, thermostat });
    const kinetic = [0, 0];
    const samples = 400;
    for (let k = 0; k < samples; k++) {
      md.run({ steps: 20, thermostat });
      md.velocities().forEach((v, c) => {
        const p = Math.floor(c / 3);
        kinetic[start.species[p]] += (massOf(p) * v * v) / samples;
      });
    }
    const counts = [0, 1].map((s) => start.species.filter((t) => t === s).length);
    kinetic.forEach((sum, s) => {
      expect(Math.abs(sum / (3 * counts[s]) / 0.7 - 1)).toBeLessThan(0.03);
    });
  });

  test("a run taken up from its state goes on with the same bits", () => {
    const thermostat: Thermostat = { kind: "langevin", temperature: 0.7, friction: 1 };
    const md = dynamics();
    const state = structuredClone(md.state());
    md.run({ steps: 200, thermostat });
    const again = new MolecularDynamics(ForceField.create(start, model), { dt: 0.004, seed: 1 });
    again.restore(state);
    again.run({ steps: 200, thermostat });
    expect(again.field.positions()).toEqual(md.field.positions());
    expect(again.velocities()).toEqual(md.velocities());
  });

  test("masses of the configuration go before those of the model; all 1 are no masses", () => {
    const own = { ...start, masses: Float64Array.from(start.species, () => 3) };
    expect(ForceField.create(own, model).masses).toEqual(own.masses);
    expect(ForceField.create(own, model).system().masses).toEqual(own.masses);
    expect(ForceField.create({ ...start, masses: own.masses.map(() => 1) }, model).masses).toBeUndefined();
  });
});
