import { describe, expect, test } from "vitest";
import { readReference } from "../../test/reference.ts";
import { QuasistaticShear } from "../deform/index.ts";
import { ForceField, minimize } from "../dynamics/index.ts";
import { parseModel } from "../models/index.ts";
import { localThermalEnergy, normalModes } from "../response/index.ts";
import { rectangularBox, type System } from "../space/index.ts";
import { type Minimum, minimumOf } from "./index.ts";

const { system, model } = readReference("2dipl_400");

test("factor and inverse are made once, and serve all who ask", () => {
  const minimum = minimumOf(system, model);
  const factor = minimum.factor();
  const { energies } = localThermalEnergy(minimum);
  const { squares } = normalModes(minimum, { count: 3 });
  expect(minimum.factor()).toBe(factor);
  expect(minimum.inverse()).toBe(minimum.inverse());
  expect(minimum.interactions).toBe(minimum.interactions);
  expect(energies).toEqual(localThermalEnergy(minimumOf(system, model)).energies);
  expect(squares).toEqual(normalModes(minimumOf(system, model), { count: 3 }).squares);
});

describe("seven disks in a void", () => {
  const disks = parseModel({
    ...{ name: "lj2d", dimension: 2, species: ["A"], form: "lennard-jones", lambda: 1, cutoff: 2.5 },
    smoothing: 3,
  });
  const ring = Array.from({ length: 6 }, (_, k) => [
    5 + 1.1 * Math.cos((k * Math.PI) / 3),
    5 + 1.1 * Math.sin((k * Math.PI) / 3),
  ]);
  const given: System = {
    box: rectangularBox(10, 10),
    positions: Float64Array.from([[5, 5], ...ring].flat()),
    species: new Int32Array(7),
  };
  const field = ForceField.create(given, disks);
  const result = minimize(field);

  test("turn freely: the minimiser comes to rest and says who moves", () => {
    expect(result.residual).toBeLessThan(1e-11);
    expect(result.status).toBe("zero-mode");
    expect(result.free).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("are no minimum, and no saddle either", () => {
    expect(() => minimumOf(field.system(), disks).factor()).toThrow(
      /turns or slides freely \(zero mode\): 6 of 7 particles \(1, 2, 3, 4, 5, 6\).*no minimiser can hold them/,
    );
  });
});

describe("coordinates far from the box", () => {
  const far: System = {
    ...system,
    positions: system.positions.map((x, k) => x + ((k >> 1) % 2) * 1000 * system.box.vectors[0]),
  };
  const largestDifference = (a: Minimum, b: Minimum) => {
    const [ea, eb] = [a, b].map((minimum) => localThermalEnergy(minimum).energies[0].lte);
    return ea.reduce((most, e, m) => Math.max(most, Math.abs(e - eb[m])), 0);
  };

  test("are wrapped into it before they are refined", () => {
    const minimum = minimumOf(far, model);
    expect(minimum.residualGiven).toBeGreaterThan(1e-11);
    expect(minimum.refineSteps).toBeGreaterThan(0);
    expect(minimum.residual).toBeLessThan(1e-11);
    expect(largestDifference(minimum, minimumOf(system, model))).toBeLessThan(1e-9);
  });

  test("and before the glass is sheared", () => {
    const shear = QuasistaticShear.start(far, model, { events: 1, maxStrain: 0.002 });
    while (!shear.advance());
    expect(shear.result().status).toBe("max-strain");
  });
});

describe("without a factor", () => {
  const rounded = { ...system, positions: system.positions.map((x) => Number(x.toPrecision(6))) };

  test("lost digits are refined back to the minimum that a factor leads to", () => {
    const minimum = minimumOf(rounded, model, { factor: false });
    expect(minimum.residualGiven).toBeGreaterThan(1e-6);
    expect(minimum.residual).toBeLessThan(1e-11);
    expect(minimum.refineSteps).toBeGreaterThan(1);
    const exact = minimumOf(rounded, model).system.positions;
    const off = minimum.system.positions.map((x, k) => x - exact[k]);
    for (const axis of [0, 1]) {
      const own = off.filter((_, k) => k % 2 === axis);
      const mean = own.reduce((sum, x) => sum + x / own.length, 0);
      for (const x of own) expect(Math.abs(x - mean)).toBeLessThan(1e-8);
    }
  });
});
