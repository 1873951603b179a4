import { expect, test } from "vitest";
import { readReference } from "../../test/reference.ts";
import { minimumOf } from "../minimum/index.ts";
import { preset } from "../models/index.ts";
import { localThermalEnergy, windowedThermalEnergy } from "./index.ts";

const model = preset("2dipl");
const minimum = minimumOf(readReference("2dipl_1600").system, model);

const l2 = (x: ArrayLike<number>) => Math.sqrt(Array.from(x).reduce((sum, value) => sum + value * value, 0));

test("energies by windows are the exact ones within their standard errors, which shrink with reach and samples", () => {
  const [exact] = localThermalEnergy(minimum).energies;
  const errors: number[] = [];
  for (const [reach, samples] of [
    [3, 16],
    [3, 64],
    [8, 64],
  ]) {
    const { energies, accuracy, sumRuleError, displacement } = windowedThermalEnergy(minimum, {
      ...{ reach, samples, core: 150, checks: 8 },
    });
    const [found] = energies;
    expect(accuracy.windows).toBe(16);
    expect(displacement.length).toBe(3200);
    const off = found.lte.map((e, m) => e - exact.lte[m]);
    const ratio = l2(off) / l2(accuracy.errors);
    expect(ratio).toBeGreaterThan(0.4);
    expect(ratio).toBeLessThan(2);
    // of Student's distribution with 7 degrees of freedom 92 % lie within two standard errors
    const within = off.filter((x, m) => Math.abs(x) <= 2 * accuracy.errors[m]).length / off.length;
    expect(within).toBeGreaterThan(0.8);
    expect(l2(accuracy.errors) / l2(found.lte)).toBeCloseTo(accuracy.relativeError, 10);
    expect(accuracy.checked.bonds).toBe(8);
    expect(accuracy.checked.found).toBeLessThan(3 * accuracy.checked.expected);
    expect(sumRuleError).toBeLessThan(0.01);
    errors.push(l2(off) / l2(exact.lte));
  }
  expect(errors[0]).toBeLessThan(0.4);
  expect(errors[1]).toBeLessThan(errors[0]);
  expect(errors[2]).toBeLessThan(0.06);
});

test("one seed, one result; another seed, another", () => {
  const of = (seed: number) =>
    windowedThermalEnergy(minimum, { reach: 3, samples: 16, core: 400, checks: 2, seed }).energies[0].lte;
  const first = of(1);
  expect(of(1)).toEqual(first);
  expect(of(2)).not.toEqual(first);
});

test("refusals", () => {
  const small = minimumOf(readReference("2dipl_400").system, model);
  expect(() => windowedThermalEnergy(minimum, { reach: 1 })).toThrow(
    /as far as the longest bond, 2\.072; got 1/,
  );
  expect(() => windowedThermalEnergy(minimum, { reach: 4, samples: 20 })).toThrow("multiple of 16, got 20");
  expect(() => windowedThermalEnergy(small, { reach: 8 })).toThrow("holds the whole glass");
});
