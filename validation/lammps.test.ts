import { energy, findInteractions, gradient } from "softfield";
import { describe, expect, test } from "vitest";
import { denseHessian } from "../packages/core/test/oracles/differences.ts";
import { readReference } from "../packages/core/test/reference.ts";
import { needs } from "../testing/needs.ts";
import { askLammps } from "./lammps.ts";

const largest = (values: Float64Array) => values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
const difference = (a: Float64Array, b: Float64Array) => a.map((v, k) => v - b[k]);

/** The same potentials as tables in an independent code: softfield against LAMMPS. */
describe("LAMMPS agrees", needs("lmp"), () => {
  test.each(["2dipl_400", "2dipl_1600_sheared_soft", "3dipl_400", "3dkablj_400"] as const)(
    "energy and gradient of %s, shaken: 1e-10 relative",
    (name) => {
      const { system: still, model } = readReference(name);
      const system = { ...still, positions: still.positions.map((x, k) => x + 0.03 * Math.sin(7 * k)) };
      const interactions = findInteractions(system, model);
      const answer = askLammps(system, model);
      expect(Math.abs(answer.energy / energy(interactions) - 1)).toBeLessThan(1e-10);
      const own = gradient(interactions).map((g) => -g);
      expect(largest(difference(own, answer.forces)) / largest(own)).toBeLessThan(1e-10);
    },
  );

  test.each(["2dipl_400", "3dipl_400", "3dkablj_400"] as const)(
    "Hessian of %s: finite differences of its forces",
    (name) => {
      const { system, model } = readReference(name);
      const n = system.positions.length;
      const own = denseHessian(system, model);
      const wanted = [0, 5, 401, n - 1];
      const { hessianRows } = askLammps(system, model, wanted);
      for (const k of wanted) {
        const row = own.subarray(k * n, (k + 1) * n);
        expect(largest(difference(row, hessianRows.get(k) as Float64Array)) / largest(row)).toBeLessThan(
          1e-6,
        );
      }
    },
  );
});
