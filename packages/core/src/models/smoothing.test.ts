import fc from "fast-check";
import { expect, test } from "vitest";
import { models } from "../../test/pairmodels.ts";
import { formOf } from "./forms/registry.ts";
import { cosineOf, powerOf, rootSeries, variable } from "./series.ts";
import { smoothingCoefficients } from "./smoothing.ts";
import { COEFFICIENT_STRIDE, Coefficient, Form } from "./types.ts";

function doubleFactorial(n: number): number {
  return n <= 0 ? 1 : n * doubleFactorial(n - 2);
}

/** (n+2q)!!/(n−2)!! = n(n+2)…(n+2q), for real n too. */
function risingByTwo(n: number, q: number): number {
  return Array.from({ length: q + 1 }, (_, k) => n + 2 * k).reduce((product, factor) => product * factor, 1);
}

test("property: for an inverse power law the coefficients are A.2 for every q", () => {
  const exponent = fc.double({ min: 0.5, max: 40, noNaN: true });
  const cutoff = fc.double({ min: 1, max: 3, noNaN: true });
  fc.assert(
    fc.property(exponent, cutoff, fc.integer({ min: 0, max: 6 }), (n, xc, q) => {
      const computed = smoothingCoefficients(powerOf(rootSeries(xc, q), -n), xc * xc);
      expect(computed).toHaveLength(q + 1);
      computed.forEach((c, l) => {
        const printed =
          (((-1) ** (l + 1) / (doubleFactorial(2 * q - 2 * l) * doubleFactorial(2 * l))) *
            (risingByTwo(n, q) / (n + 2 * l))) /
          xc ** (n + 2 * l);
        expect(Math.abs(c - printed)).toBeLessThan(1e-12 * Math.abs(printed));
      });
    }),
    { seed: 11 },
  );
});

test.each(
  models
    .filter(({ form, smoothness }) => form !== Form.Contact && form !== Form.Terms && smoothness >= 0)
    .map((m) => [m.name, m] as const),
)("%s: φ and its first q derivatives vanish at the cutoff, for every pair", (_, model) => {
  const q = model.smoothness;
  for (let row = 0; row < model.coefficients.length; row += COEFFICIENT_STRIDE) {
    const columns = model.coefficients.subarray(row, row + COEFFICIENT_STRIDE);
    const xc = columns[Coefficient.Cutoff];
    const parameters = [...columns.subarray(Coefficient.Parameters)];
    const form = formOf(model.definition).series(parameters, rootSeries(xc, q), {
      cutoff: xc,
      tables: model.tables,
    });
    const polynomial = [...columns.subarray(Coefficient.Smoothing, Coefficient.Smoothing + q + 1)];
    // The k-th derivative by s of Σ c_l s^l, over k!.
    form.forEach((value, k) => {
      const terms = polynomial.map((c, l) => c * binomial(l, k) * (xc * xc) ** (l - k));
      const sum = terms.reduce((total, term) => total + term, value);
      const size = Math.max(Math.abs(value), ...terms.map(Math.abs));
      if (k <= q) expect(Math.abs(sum)).toBeLessThan(1e-13 * size);
      else expect(Math.abs(sum)).toBe(Math.abs(value));
    });
  }
});

function binomial(l: number, k: number): number {
  if (k > l) return 0;
  let result = 1;
  for (let m = 1; m <= k; m++) result = (result * (l - k + m)) / m;
  return result;
}

test("the series of every form agree with finite differences", () => {
  const x0 = 1.7;
  const h = 1e-3;
  const tables = models.find(({ name }) => name === "septic")!.tables;
  const cases: [string, number[], (x: number) => number, number?][] = [
    ["lennard-jones", [4, 12, -4, 6], (x) => 4 * (x ** -12 - x ** -6)],
    ["inverse-power-law", [1, 2.5, 0, 0], (x) => x ** -2.5],
    ["yukawa", [1.5], (x) => Math.exp(-1.5 * (x - 1)) / x],
    ["morse", [3, 1.1], (x) => Math.exp(-6 * (x - 1.1)) - 2 * Math.exp(-3 * (x - 1.1))],
    ["table", [0], (x) => 4 * (x ** -12 - x ** -6)],
    // which is 0 with all derivatives at its cutoff
    ["stillinger-weber", [7, 0.6, 4, 2], (x) => 7 * (0.6 * x ** -4 - x ** -2) * Math.exp(1 / (x - 2.9)), 2.9],
    [
      "vashishta",
      [2, 7, -1.3, 4.4, 1.1, 2.5, 0.4],
      (x) =>
        2 * x ** -7 - (1.3 * Math.exp(-x / 4.4)) / x - (1.1 * Math.exp(-x / 2.5)) / x ** 4 - 0.4 * x ** -6,
    ],
  ];
  for (const [form, parameters, f, cutoff = x0] of cases) {
    const g = (s: number) => f(Math.sqrt(s));
    const s = x0 * x0;
    const series = formOf({ form }).series(parameters, rootSeries(x0, 3), { cutoff, tables });
    const differences = [
      g(s),
      (g(s + h) - g(s - h)) / (2 * h),
      (g(s + h) - 2 * g(s) + g(s - h)) / (2 * h * h),
      (g(s + 10 * h) * 0.5 - g(s + 5 * h) + g(s - 5 * h) - g(s - 10 * h) * 0.5) / (6 * (5 * h) ** 3),
    ];
    series.forEach((value, k) => {
      expect(Math.abs(value - differences[k])).toBeLessThan(2e-3 * Math.abs(value));
    });
  }
});

test.each([0.3, 1.1, 2.4, -0.7])("the series of the cosine at %d is its derivatives", (x) => {
  const exact = [Math.cos(x), -Math.sin(x), -Math.cos(x) / 2, Math.sin(x) / 6];
  cosineOf(variable(x, 3)).forEach((value, k) => {
    expect(value).toBeCloseTo(exact[k], 13);
  });
});
