import { ForceField, MolecularDynamics, volume } from "softfield";
import { describe, expect, test } from "vitest";
import { needs } from "../testing/needs.ts";
import { INTEGRATORS, lammpsFlow, wcaLiquid } from "./flow-lammps.ts";

describe("LAMMPS agrees on flows", needs("lmp"), () => {
  test.each([0.5, -0.5])(
    "SLLOD at the rate %d is Newton's equations in the box that fix deform shears, step by step over 200 steps",
    (rate) => {
      const liquid = wcaLiquid(300, 1, 1);
      const dt = 0.002;
      const field = ForceField.create(liquid.system, liquid.model);
      const dynamics = new MolecularDynamics(field, { dt, seed: 3 });
      dynamics.drawVelocities(1);
      const velocities = dynamics.velocities();
      const run = { integrator: INTEGRATORS.none(), rate, dt, steps: 200, every: 1, velocities };
      const theirs = lammpsFlow(liquid, run);
      const v = volume(field.box);
      for (let step = 1; step <= 200; step++) {
        dynamics.run({ steps: 1, thermostat: { kind: "none" }, drive: { plane: "xy", rate } });
        const kinetic = dynamics.kineticTensor();
        const sigma = field.stress().map((own, k) => own - kinetic[k] / v);
        const { energy, temperature, stress, kinetic: part, pressure } = theirs[step];
        // rounding of LAMMPS's data file, 1e-16, grows by the chaos of the liquid
        expect(Math.abs(field.energy / energy - 1)).toBeLessThan(1e-10);
        expect(Math.abs(dynamics.temperature / temperature - 1)).toBeLessThan(1e-10);
        expect(Math.abs(-(sigma[0] + sigma[4] + sigma[8]) / 3 / pressure - 1)).toBeLessThan(1e-10);
        expect(Math.abs(sigma[1] - stress)).toBeLessThan(1e-9);
        expect(Math.abs(-kinetic[1] / v - part)).toBeLessThan(1e-9);
      }
      // the flow shows: the stress has its sign
      expect(theirs[200].stress * Math.sign(rate)).toBeGreaterThan(1);
    },
  );
});
