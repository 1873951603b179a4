import { expect, test } from "vitest";
import {
  COEFFICIENT_STRIDE,
  Coefficient,
  maxCutoff,
  pairCutoff,
  pairLength,
  preset,
  presetNames,
} from "./index.ts";

/** physics.md §1: printed digits, from A.2. */
const printed = {
  "2dipl": [-1.1106337662511796, 1.2676152372297065, -0.49604060728492116, 0.06605118264157324],
  "3dipl": [-1.1106337662511796, 1.2676152372297065, -0.49604060728492116, 0.06605118264157324],
  "3dkablj": [0.322042855424, -0.11564551766016, 0.014774794872422, -0.0006556954772111],
};

test.each(presetNames)("%s: computed smoothing coefficients are those printed in the paper", (name) => {
  const { coefficients } = preset(name);
  const tolerance = name === "3dkablj" ? 1e-12 : 1e-15;
  for (let row = 0; row < 4 * COEFFICIENT_STRIDE; row += COEFFICIENT_STRIDE) {
    for (let l = 0; l < 7; l++) {
      const expected = printed[name][l] ?? 0;
      const error = Math.abs(coefficients[row + Coefficient.Smoothing + l] - expected);
      expect(error).toBeLessThanOrEqual(tolerance * Math.abs(expected));
    }
  }
});

test("a model glass has the lengths of SI A, symmetric in its species", () => {
  const model = preset("3dkablj");
  expect([pairLength(model, 0, 0), pairLength(model, 0, 1), pairLength(model, 1, 0)]).toEqual([1, 0.8, 0.8]);
  expect(pairCutoff(model, 1, 1)).toBeCloseTo(2.2, 15);
  expect(maxCutoff(model)).toBe(2.5);
  expect(maxCutoff(preset("2dipl"))).toBeCloseTo(1.48 * 1.4, 15);
});

test.each([
  ["2dipl", 2, 0.86, [0.5, 0.5], 0.5, 0.48, 200],
  ["3dipl", 3, 0.82, [0.5, 0.5], 0.52, 0.5, 250],
  ["3dkablj", 3, 1.2, [0.8, 0.2], 0.45, 0.43, 50],
] as const)(
  "%s is prepared as in SI A, annealed at 0.96 T_g",
  (name, dimension, density, fractions, tg, anneal, time) => {
    const model = preset(name);
    expect(model.dimension).toBe(dimension);
    expect(model.glass).toEqual({
      density,
      fractions,
      liquidTemperature: 1,
      glassTransition: tg,
      annealTemperature: anneal,
      annealTime: time,
    });
    expect(Math.abs(anneal / tg - 0.96)).toBeLessThan(0.005);
  },
);

test("an unknown preset is refused with the names that exist", () => {
  expect(() => preset("2dlj" as never)).toThrow(/no preset "2dlj": there are 2dipl, 3dipl, 3dkablj/);
});
