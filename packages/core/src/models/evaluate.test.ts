import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { models } from "../../test/pairmodels.ts";
import {
  evaluatePairs,
  maxCutoff,
  mixDiameters,
  type PairModel,
  pairCutoff,
  pairLength,
  parseModel,
  preset,
} from "./index.ts";

/** φ and its four derivatives at each distance, for one pair of species; rows [φ, φ′, φ″, φ‴, φ⁗]. */
function derivatives(
  model: PairModel,
  pair: readonly [number, number],
  r: readonly number[],
  sigma?: readonly number[],
) {
  const m = r.length;
  const batch = {
    i: new Int32Array(m),
    j: new Int32Array(m).fill(1),
    r: Float64Array.from(r),
    phi0: new Float64Array(m).fill(Number.NaN),
    phi1: new Float64Array(m).fill(Number.NaN),
    phi2: new Float64Array(m).fill(Number.NaN),
    phi3: new Float64Array(m).fill(Number.NaN),
    phi4: new Float64Array(m).fill(Number.NaN),
  };
  const diameters = sigma === undefined ? {} : { diameters: Float64Array.from(sigma) };
  evaluatePairs(model, { species: Int32Array.from(pair), ...diameters }, batch);
  return [batch.phi0, batch.phi1, batch.phi2, batch.phi3, batch.phi4];
}

const pairs: readonly (readonly [number, number])[] = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
/** Errors of central differences of each derivative with steps h and h/2, against the next analytic one. */
function differenceErrors(model: PairModel, pair: readonly [number, number], r: number, h: number) {
  const phi = derivatives(model, pair, [r, r - h, r + h, r - h / 2, r + h / 2]);
  return [1, 2, 3, 4].map((k) => {
    const [exact, lower] = [phi[k][0], phi[k - 1]];
    const wide = (lower[2] - lower[1]) / (2 * h);
    const narrow = (lower[4] - lower[3]) / h;
    return { exact, wide: wide - exact, narrow: narrow - exact };
  });
}

describe.each(models.map((model) => [model.name, model] as const))("%s", (_, model) => {
  test.each(pairs)("species %i, %i: each derivative is the slope of the one before (error ∼ h²)", (s, t) => {
    const length = pairLength(model, s, t);
    // φ⁗ of a quintic spline has a kink at every row
    const smooth = model.name === "quintic" ? 3 : 4;
    for (const fraction of [0.8, 0.95]) {
      const errors = differenceErrors(model, [s, t], fraction * length, 2e-3 * length);
      for (const { exact, wide, narrow } of errors.slice(0, smooth)) {
        const resolution = (1e-7 * Math.max(1, Math.abs(exact))) / length ** 2;
        if (Math.abs(wide) < resolution) {
          expect(Math.abs(narrow)).toBeLessThan(resolution);
        } else {
          expect(wide / narrow).toBeGreaterThan(3.9);
          expect(wide / narrow).toBeLessThan(4.1);
        }
      }
    }
  });

  test.each(pairs)("species %i, %i: nothing beyond the cutoff, something before it", (s, t) => {
    const cutoff = pairCutoff(model, s, t);
    derivatives(model, [s, t], [cutoff * 0.9, cutoff * (1 + 1e-12), cutoff * 3]).forEach((values, k) => {
      const vanishing = model.name === "harmonic" && k >= 3;
      expect(values[0] !== 0).toBe(!vanishing);
      expect([values[1], values[2]]).toEqual([0, 0]);
    });
  });
});

test.each(models.filter(({ smoothness }) => smoothness >= 3).map((model) => [model.name, model] as const))(
  "%s: φ…φ‴ vanish at the cutoff as gaps to the power q + 1 − k",
  (_, model) => {
    const cutoff = pairCutoff(model, 0, 1);
    // Small enough for the leading power, large enough for it to stand above rounding.
    const gap = (model.smoothness === 3 ? 0.002 : 0.01) * cutoff;
    const phi = derivatives(model, [0, 1], [cutoff - gap, cutoff - gap / 2]);
    const atCutoff = derivatives(model, [0, 1], [cutoff * (1 - 1e-15)]);
    const scale = derivatives(model, [0, 1], [pairLength(model, 0, 1)]);
    phi.slice(0, 4).forEach((values, k) => {
      const order = Math.log2(values[0] / values[1]);
      expect(Math.abs(order - (model.smoothness + 1 - k))).toBeLessThan(0.25);
      expect(Math.abs(atCutoff[k][0])).toBeLessThan(1e-11 * Math.abs(scale[k][0]));
    });
  },
);

test("the presets are A.1 and A.3 in plain arithmetic", () => {
  const c = [-1.1106337662511796, 1.2676152372297065, -0.49604060728492116, 0.06605118264157324];
  const d = [0.322042855424, -0.11564551766016, 0.014774794872422, -0.0006556954772111];
  for (const r of [0.9, 1.1, 1.3]) {
    const x = r / 1.18;
    const power = x ** -10 + c[0] + c[1] * x ** 2 + c[2] * x ** 4 + c[3] * x ** 6;
    expect(derivatives(preset("2dipl"), [0, 1], [r])[0][0]).toBeCloseTo(power, 12);
    const y = r / 0.8;
    const lj = 4 * (y ** -12 - y ** -6) + d[0] + d[1] * y ** 2 + d[2] * y ** 4 + d[3] * y ** 6;
    expect(derivatives(preset("3dkablj"), [1, 0], [r])[0][0]).toBeCloseTo(1.5 * lj, 11);
  }
});

test("forms have the values of their formulas", () => {
  const one = { name: "one", species: ["A"], lambda: 2, epsilon: 3, smoothing: "none", cutoff: 9 };
  const value = (definition: object, r: number) =>
    derivatives(parseModel({ ...one, ...definition }), [0, 0], [r])[0][0];
  expect(value({ form: "inverse-power-law", exponent: 2.5 }, 3)).toBeCloseTo(3 * 1.5 ** -2.5, 14);
  expect(value({ form: "lennard-jones" }, 2 * 2 ** (1 / 6))).toBeCloseTo(-3, 14);
  expect(value({ form: "yukawa", kappa: 2 }, 3)).toBeCloseTo((3 * Math.exp(-1)) / 1.5, 14);
  expect(value({ form: "morse", steepness: 4, minimum: 1.2 }, 2.4)).toBeCloseTo(-3, 14);
  expect(value({ form: "morse", steepness: 4, minimum: 1.2 }, 3)).toBeCloseTo(
    3 * (Math.exp(-2.4) - 2 * Math.exp(-1.2)),
    14,
  );
  const { smoothing, cutoff, ...contact } = one;
  expect(derivatives(parseModel({ ...contact, form: "harmonic" }), [0, 0], [1])[0][0]).toBe(3 / 8);
  expect(derivatives(parseModel({ ...contact, form: "hertzian" }), [0, 0], [1])[0][0]).toBeCloseTo(
    (3 * 0.5 ** 2.5) / 2.5,
    14,
  );
});

test("property: derivatives of any inverse power law, by Richardson's extrapolation of central differences", () => {
  const parameters = fc.record({
    exponent: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.double({ min: 0.1, max: 30, noNaN: true })),
    cutoff: fc.double({ min: 1.1, max: 3, noNaN: true }),
    smoothing: fc.integer({ min: 0, max: 6 }),
    lambda: fc.double({ min: 0.5, max: 2, noNaN: true }),
    epsilon: fc.double({ min: 0.1, max: 10, noNaN: true }),
    at: fc.double({ min: 0.8, max: 0.97, noNaN: true }),
  });
  fc.assert(
    fc.property(parameters, ({ at, ...given }) => {
      const model = parseModel({ name: "any", species: ["A", "B"], form: "inverse-power-law", ...given });
      const r = at * given.cutoff * given.lambda;
      const scale = derivatives(model, [0, 1], [0.8 * given.cutoff * given.lambda]);
      differenceErrors(model, [0, 1], r, 1e-3 * r).forEach(({ wide, narrow }, k) => {
        const size = Math.abs(scale[k][0]) / r + Math.abs(scale[k + 1][0]);
        expect(Math.abs((4 * narrow - wide) / 3)).toBeLessThan(1e-7 * size);
      });
    }),
    { numRuns: 200, seed: 7 },
  );
});

test.each([
  ["harmonic", "square", (overlap: number) => (3 * overlap ** 2) / 2],
  ["hertzian", "hertz", (overlap: number) => (3 * Math.sqrt((0.5 * 1.2 * 0.8) / 2) * overlap ** 2.5) / 2.5],
] as const)("%s contacts of strength %s have one stiffness for all diameters", (form, strength, energy) => {
  const model = parseModel({ name: "m", species: ["A"], form, epsilon: 3, diameters: { strength } });
  expect(derivatives(model, [0, 0], [0.95], [1.2, 0.8])[0][0]).toBeCloseTo(energy(0.05), 14);
});

describe("per-particle diameters", () => {
  const model = parseModel({
    name: "polydisperse",
    species: ["A"],
    form: "inverse-power-law",
    exponent: 12,
    cutoff: 1.25,
    diameters: { nonAdditivity: 0.2 },
  });

  test("set λ_ij by the mixing rule", () => {
    const [si, sj] = [0.8, 1.3];
    const lambda = 0.5 * (si + sj) * (1 - 0.2 * 0.5);
    expect(mixDiameters(si, sj, 0.2)).toBeCloseTo(lambda, 15);
    const single = parseModel({
      name: "one",
      species: ["A"],
      form: "inverse-power-law",
      exponent: 12,
      cutoff: 1.25,
      lambda,
    });
    const expected = derivatives(single, [0, 0], [0.9, 1.1]);
    derivatives(model, [0, 0], [0.9, 1.1], [si, sj]).forEach((values, k) => {
      values.forEach((value, l) => {
        expect(Math.abs(value - expected[k][l])).toBeLessThan(1e-14 * Math.abs(expected[k][l]));
      });
    });
    expect(pairCutoff(model, 0, 0, [si, sj])).toBeCloseTo(1.25 * lambda, 15);
  });

  test("bound the cutoff of every pair, sharply", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.5, max: 2, noNaN: true }), { minLength: 1, maxLength: 12 }),
        fc.double({ min: -1, max: 0.6, noNaN: true }),
        (sigma, nonAdditivity) => {
          const mixed = parseModel({
            name: "m",
            species: ["A"],
            form: "harmonic",
            diameters: { nonAdditivity },
          });
          const largest = Math.max(
            ...sigma.flatMap((a) => sigma.map((b) => pairCutoff(mixed, 0, 0, [a, b]))),
          );
          expect(maxCutoff(mixed, Float64Array.from(sigma))).toBe(largest);
        },
      ),
      { seed: 3 },
    );
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("of %f are refused with the particle", (sigma) => {
    expect(() => maxCutoff(model, Float64Array.of(1, sigma))).toThrow(
      expect.objectContaining({
        message: `particle 1 has the diameter ${sigma}: diameters must be positive numbers`,
        place: { particle: 1, field: "diameters" },
      }),
    );
  });

  test("are needed, and must mix to a positive length", () => {
    expect(() => derivatives(model, [0, 0], [1])).toThrow(
      /"polydisperse" mixes per-particle diameters, but the configuration has none/,
    );
    expect(() => derivatives(model, [0, 0], [1], [1, 7])).toThrow(
      /diameters 1 and 7 of particles 0 and 1 mix to λ_ij = -0.8/,
    );
    expect(() => derivatives(model, [0, 0], [1], [1, Number.NaN])).toThrow(/particles 0 and 1 mix to/);
  });
});

test.each([0, -1, Number.NaN])("a distance of %f is refused with its particles", (r) => {
  expect(() => derivatives(preset("2dipl"), [0, 1], [1, r])).toThrow(
    expect.objectContaining({ code: "geometry", place: { particle: 0 } }),
  );
});

test("a pair closer than its table is refused", () => {
  const table = models.find(({ name }) => name === "septic")!;
  expect(() => derivatives(table, [0, 1], [0.47])).toThrow(
    /particles 0 and 1 are 0.47 apart, below the first row of the table of φ \(0.48\)/,
  );
});

test("pairs without energy do not interact", () => {
  const model = parseModel({ ...models[0].definition, epsilon: [[1, 0], [1]] });
  expect(derivatives(model, [0, 1], [0.5]).map((values) => values[0])).toEqual([0, 0, 0, 0, 0]);
  expect(pairCutoff(model, 0, 1)).toBe(0);
});

test("only the first `count` pairs are overwritten", () => {
  const zeros = () => new Float64Array(2);
  const batch = {
    i: new Int32Array(2),
    j: new Int32Array(2),
    r: new Float64Array(2).fill(1),
    phi0: zeros(),
    phi1: zeros(),
    phi2: zeros(),
    phi3: zeros(),
  };
  evaluatePairs(preset("2dipl"), { species: new Int32Array(1) }, batch, { count: 1 });
  expect(batch.phi0[0]).toBeGreaterThan(0);
  expect(batch.phi0[1]).toBe(0);
});
