import { expect, test } from "vitest";
import { lj, phi } from "../../test/onemodel.ts";
import { models } from "../../test/pairmodels.ts";
import { complementaryError } from "../elementary.ts";
import { formOf } from "./forms/registry.ts";
import { modelUnits, pairCutoff, parseModel, preset, Taylor } from "./index.ts";
import { jet } from "./jet.ts";
import { kernelTable } from "./kerneltables.ts";
import { variable } from "./series.ts";
import { termsOf } from "./terms.ts";
import { Coefficient, Form } from "./types.ts";

test("complementary error: Abramowitz & Stegun 7.1, and both branches meet", () => {
  const known: [number, number][] = [
    [0, 1],
    [0.5, 0.4795001221869535],
    [1, 0.15729920705028513],
    [2, 0.004677734981047266],
    [3, 2.209049699858544e-5],
    [-1, 1.8427007929497148],
  ];
  for (const [x, value] of known) expect(Math.abs(complementaryError(x) / value - 1)).toBeLessThan(2e-14);
  expect(complementaryError(2 - 1e-9) / complementaryError(2 + 1e-9) - 1).toBeLessThan(1e-8);
});

const composed = models
  .filter(({ form }) => form === Form.Terms)
  .map((model) => [model.name, model] as const);

test.each(composed)("%s: what is evaluated, here and in the kernels, is φ…φ″ to rounding", (_, model) => {
  expect(kernelTable(model).form).toBe(Form.Table);
  for (const [s, t] of [
    [0, 0],
    [0, 1],
    [1, 1],
  ] as const) {
    const cutoff = pairCutoff(model, s, t);
    const terms = termsOf(model)[2 * s + t];
    for (let k = 4; k < 400; k++) {
      const r = (cutoff * (k + 0.37)) / 401;
      const exact = [0, 0, 0, 0];
      for (const { epsilon, lambda, cutoff: end, series } of terms) {
        if (r > end * lambda) continue;
        const factorial = [1, 1, 2, 6];
        series(variable(r / lambda, 3)).forEach((value, n) => {
          exact[n] = exact[n] + (epsilon * factorial[n] * value) / lambda ** n;
        });
      }
      const scale = Math.abs(exact[0]) + Math.abs(exact[1] * r) + Math.abs(exact[2] * r * r);
      phi(model, r, [s, t]).forEach((value, n) => {
        const tolerance = [1e-13, 1e-12, 1e-11, 1e-9][n] * (scale + 0.01);
        expect(Math.abs(value - exact[n]) * r ** n).toBeLessThan(tolerance);
      });
    }
  }
});

const plain = models.filter(({ form }) => form !== Form.Terms);

test.each([...plain, preset("sw-silicon")].map((model) => [model.name, model] as const))(
  "%s: the Taylor series of the form is its derivatives",
  (_, { definition, coefficients, tables }) => {
    const form = formOf(definition);
    const parameters = Coefficient.Parameters;
    const cutoff = coefficients[Coefficient.Cutoff];
    for (const fraction of [0.45, 0.7, 0.95, 0.999]) {
      const x = fraction * cutoff;
      form.jet!(coefficients, parameters, x, tables);
      const derivatives = [jet.d0, jet.d1, jet.d2, jet.d3, jet.d4];
      const series = form.series([...coefficients.subarray(parameters)], variable(x, 4), { cutoff, tables });
      const factorial = [1, 1, 2, 6, 24];
      // where derivatives vanish by cancellation, against the lower ones
      const size = Math.max(...derivatives.map((value, k) => Math.abs(value) * (cutoff - x) ** k));
      series.forEach((value, k) => {
        const error = Math.abs(factorial[k] * value - derivatives[k]) * (cutoff - x) ** k;
        expect(error).toBeLessThan(1e-11 * size);
      });
    }
  },
);

test("the repulsion of nuclei of two elements, by the numbers of Ziegler, Biersack and Littmark", () => {
  const numbers = { Si: 14, O: 8 };
  const model = parseModel({
    ...{ name: "nuclei", species: ["Si", "O"], units: "metal", form: "zbl", numbers },
    ...{ cutoff: 2, smoothing: "none" },
  });
  const a = 0.4685 / (14 ** 0.23 + 8 ** 0.23);
  for (const r of [0.2, 0.7, 1.6]) {
    const screened = [
      [0.18175, 3.1998],
      [0.50986, 0.94229],
      [0.28022, 0.4029],
      [0.02817, 0.20162],
    ].reduce((sum, [c, d]) => sum + c * Math.exp((-d * r) / a), 0);
    expect(phi(model, r, [0, 1])[0] / ((14.399645 * 14 * 8 * screened) / r)).toBeCloseTo(1, 5);
  }
});

test.each([
  [12, 6],
  [9, 6],
  [10, 5.5],
  [8, 4],
])("powers %d and %d have their minimum of −1 at (n/m)^1/(n − m)", (n, m) => {
  const model = parseModel({ ...lj, exponents: [n, m], smoothing: "none" });
  const [value, slope] = phi(model, (n / m) ** (1 / (n - m)));
  expect(value).toBeCloseTo(-1, 12);
  expect(slope).toBeCloseTo(0, 11);
});

test("Taylor arithmetic divides, and takes powers", () => {
  const x = new Taylor(variable(1.3, 5));
  const same = [
    [x.over(x.power(3)), x.power(-2)],
    [x.over(2).plus(1).minus(x.times(0.5)), new Taylor([1, 0, 0, 0, 0, 0])],
    [x.times(x).minus(x.power(2)), new Taylor([0, 0, 0, 0, 0, 0])],
  ];
  for (const [a, b] of same) {
    a.coefficients.forEach((value, k) => {
      expect(value).toBeCloseTo(b.coefficients[k], 13);
    });
  }
  // erfc′ = −2/√π e^{−x²}
  const [, slope] = x.complementaryError().coefficients;
  expect(slope).toBeCloseTo((-2 / Math.sqrt(Math.PI)) * Math.exp(-1.69), 14);
});

test("units have names", () => {
  expect(modelUnits(parseModel(lj))).toEqual({ length: "λ", energy: "ε", mass: "m", time: "τ₀" });
  expect(modelUnits(parseModel({ ...lj, units: "metal" }))).toMatchObject({
    length: "Å",
    energy: "eV",
    mass: "u",
  });
  const own = { length: "nm", energy: "kJ/mol", mass: "u" };
  expect(modelUnits(parseModel({ ...lj, units: own }))).toEqual({ ...own, time: "√(u nm²/kJ/mol)" });
});
