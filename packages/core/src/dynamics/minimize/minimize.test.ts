import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { models } from "../../../test/pairmodels.ts";
import { jitteredLattice, readReference } from "../../../test/reference.ts";
import { readSnapshot, toSystem } from "../../formats/index.ts";
import { findInteractions, gradient, hessian, typicalForce } from "../../interactions/index.ts";
import { Form, parseModel, preset } from "../../models/index.ts";
import { rectangularBox } from "../../space/index.ts";
import { multiply } from "../../sparse/index.ts";
import { ForceField } from "../forcefield.ts";
import { initialConfiguration } from "../initial.ts";
import { MolecularDynamics } from "../md.ts";
import { leaveSaddle, METHODS, minimize } from "./index.ts";

const largest = (values: Float64Array) => values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);

/** A liquid, a little annealed. */
function liquid(name: "2dipl" | "3dipl" | "3dkablj", particles: number): ForceField {
  const model = preset(name);
  const field = ForceField.create(initialConfiguration(model, particles, 3), model);
  const md = new MolecularDynamics(field, { dt: 0.005, seed: 3 });
  md.drawVelocities(1);
  md.run({ steps: 1000, thermostat: { kind: "rescaling", temperature: 1, relaxation: 0.1 } });
  md.run({ steps: 1000, thermostat: { kind: "rescaling", temperature: 0.4, relaxation: 0.1 } });
  return field;
}

describe.each(METHODS)("%s", (method) => {
  test.each(["2dipl", "3dipl", "3dkablj"] as const)(
    "%s, from a liquid to 1e-12 of the typical force",
    (name) => {
      const field = liquid(name, 300);
      const start = field.energy;
      const result = minimize(field, { method });
      expect(result.status).toBe("converged");
      expect(result.energy).toBeLessThan(start);
      // As room 5 sees it, from the positions alone.
      const interactions = findInteractions(field.system(), field.model);
      expect(largest(gradient(interactions)) / typicalForce(interactions)).toBeLessThan(1e-12);
    },
  );

  test.each(["2dipl_400", "3dipl_400", "3dkablj_400"] as const)(
    "%s, shaken a little: back to the same minimum",
    (name) => {
      const { system, model } = readReference(name);
      const field = ForceField.create(system, model);
      field.setPositions(system.positions.map((x, k) => x + 0.02 * Math.sin(7 * k)));
      const result = minimize(field, { method });
      expect(result.status).toBe("converged");
      const d = field.dimension;
      const moved = field.positions().map((x, k) => x - system.positions[k]);
      const drift = Array.from(
        { length: d },
        (_, c) => moved.reduce((sum, x, k) => (k % d === c ? sum + x : sum), 0) / field.count,
      );
      expect(largest(moved.map((x, k) => x - drift[k % d]))).toBeLessThan(1e-9);
    },
  );
});

test("every smooth form of potential comes to rest", () => {
  for (const model of models) {
    if (model.dimension === 3 || model.form === Form.Contact || model.smoothness < 2) continue;
    const count = 60;
    const lambda = 1.1;
    const positions = Float64Array.from({ length: 2 * count }, (_, k) => {
      const p = k >> 1;
      const site = k % 2 === 0 ? p % 10 : Math.floor(p / 10);
      return lambda * (site + 0.05 * Math.sin(9 * k));
    });
    const species = Int32Array.from(
      { length: count },
      (_, p) => (p % 5 === 0 ? 1 : 0) % model.species.length,
    );
    const system = { box: rectangularBox(11, 6.6), positions, species };
    const field = ForceField.create(system, model);
    const result = minimize(field, { maxEvaluations: 50_000 });
    expect([model.name, result.status]).toEqual([model.name, "converged"]);
  }
});

describe("a saddle", () => {
  /** Crystals of one species are saddles when they are soft: a square lattice of a repulsion. */
  function saddle(): ForceField {
    const model = preset("2dipl");
    const n = 12;
    const spacing = 1.1;
    const positions = Float64Array.from({ length: 2 * n * n }, (_, k) => {
      const p = k >> 1;
      return spacing * (k % 2 === 0 ? p % n : Math.floor(p / n));
    });
    const box = rectangularBox(n * spacing, n * spacing);
    return ForceField.create({ box, positions, species: new Int32Array(n * n) }, model);
  }

  test("is reported with its unstable mode", () => {
    const field = saddle();
    const result = minimize(field, { saddles: "report" });
    expect(result.status).toBe("saddle");
    expect(result.residual).toBeLessThan(1e-10);
    const { eigenvalue, direction } = result.mode!;
    expect(eigenvalue).toBeLessThan(0);
    const product = multiply(hessian(field.interactions()), direction);
    expect(largest(product.map((v, k) => v - eigenvalue * direction[k]))).toBeLessThan(
      1e-2 * Math.abs(eigenvalue),
    );
    const before = field.energy;
    leaveSaddle(field, result.mode!, 0.02);
    expect(field.energy).toBeLessThan(before);
  });

  test("is left downhill by default", () => {
    const field = saddle();
    const before = field.energy;
    const result = minimize(field);
    expect(result.status).toBe("converged");
    expect(result.saddlesLeft).toBeGreaterThan(0);
    expect(result.energy).toBeLessThan(before - 1);
  });
});

test("without Newton's method: the same minimum, by first order alone", () => {
  const [field, other] = [liquid("2dipl", 200), liquid("2dipl", 200)];
  const result = minimize(field, { method: "lbfgs", newton: false, tolerance: 1e-11 });
  expect(result).toMatchObject({ status: "converged", factorizations: 0 });
  expect(result.residual).toBeLessThanOrEqual(1e-11);
  minimize(other, { method: "lbfgs" });
  expect(Math.abs(field.energy - other.energy)).toBeLessThan(1e-10);
});

test("particles that nothing touches are at rest already", () => {
  const model = models.find(({ name }) => name === "harmonic")!;
  const positions = Float64Array.from(
    { length: 18 },
    (_, k) => 3 * (k % 2 === 0 ? (k >> 1) % 3 : Math.floor(k / 6)),
  );
  const field = ForceField.create(
    { box: rectangularBox(9, 9), positions, species: new Int32Array(9) },
    model,
  );
  expect(minimize(field)).toMatchObject({ status: "unjammed", energy: 0, residual: 0, rattlers: 9 });
});

test("out of evaluations: stalled, not converged", () => {
  const result = minimize(liquid("2dipl", 300), { maxEvaluations: 20 });
  expect(result.status).toBe("stalled");
  expect(result.residual).toBeGreaterThan(1e-6);
});

test("an abort signal stops it", () => {
  expect(() => minimize(liquid("2dipl", 300), {}, { signal: AbortSignal.abort() })).toThrow(/stopped/);
});

test.each([
  [{ tolerance: 0 }, /tolerance must be positive/],
  [{ maxMove: -1 }, /maxMove must be positive/],
  [{ method: "newton" as never }, /unknown minimiser "newton"; there are lbfgs, cg, fire/],
])("refuses %j", (options, message) => {
  expect(() => minimize(liquid("2dipl", 100), options)).toThrow(message);
});

test.each(METHODS)("a packing below jamming ends unjammed, soon, by %s", (method) => {
  const folder = new URL("../../../test/cases/08-unjammed-packing-stalls/", import.meta.url);
  const discs = parseModel(JSON.parse(readFileSync(new URL("harm.json", folder), "utf8")) as object);
  const { system } = toSystem(readSnapshot(readFileSync(new URL("disks.extxyz", folder))), discs);
  const field = ForceField.create(system, discs);
  const result = minimize(field, { method });
  expect(result).toMatchObject({ status: "unjammed", rattlers: 64 });
  expect(result.energy).toBeLessThan(1e-24);
  expect(result.evaluations).toBeLessThan(5000);
});

test.each(["yukawa", "morse", "quintic", "septic", "x^-7"])(
  "tables end at the minimum of the formula: %s",
  (name) => {
    const form = models.find((model) => model.name === name)!;
    const d = 2;
    const system = jitteredLattice({ ...form, dimension: d }, 8, 3, 0.1);
    const field = ForceField.create(system, form);
    const { status, residual } = minimize(field);
    expect(status).toBe("converged");
    expect(residual).toBeLessThanOrEqual(1e-12);
    const found = findInteractions(field.system(), form);
    const most = gradient(found).reduce((max, g) => Math.max(max, Math.abs(g)), 0);
    expect(most / typicalForce(found)).toBeLessThan(3e-12);
  },
);
