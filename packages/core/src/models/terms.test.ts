import { describe, expect, test } from "vitest";
import { models } from "../../test/pairmodels.ts";
import { complementaryError } from "../elementary.ts";
import type { SoftfieldError } from "../errors.ts";
import { formNames, formOf } from "./forms/registry.ts";
import {
  columnFiles,
  describeModel,
  evaluatePairs,
  kernelTable,
  modelToJson,
  modelUnits,
  type PairModel,
  pairCutoff,
  parseModel,
  preset,
  registerForm,
  Taylor,
} from "./index.ts";
import { jet } from "./jet.ts";
import { variable } from "./series.ts";
import { termsOf } from "./terms.ts";
import { Coefficient, Form } from "./types.ts";

/** φ…φ‴ of a pair of species at r. */
function phi(model: PairModel, r: number, [s, t]: readonly [number, number] = [0, 0]): number[] {
  const one = () => new Float64Array(1);
  const batch = {
    i: Int32Array.of(0),
    j: Int32Array.of(1),
    r: Float64Array.of(r),
    phi0: one(),
    phi1: one(),
    phi2: one(),
    phi3: one(),
  };
  evaluatePairs(model, { species: Int32Array.of(s, t) }, batch);
  return [batch.phi0[0], batch.phi1[0], batch.phi2[0], batch.phi3[0]];
}

function failure(json: unknown): SoftfieldError {
  try {
    parseModel(json, "m.json");
  } catch (error) {
    return error as SoftfieldError;
  }
  throw new Error("the model was accepted");
}

const one = { name: "m", species: ["A"] };
const lj = { ...one, form: "lennard-jones", lambda: 1, cutoff: 2.5 };

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

describe("truncations", () => {
  const jumpsAt = (smoothing: unknown, r: number): number[] => {
    const model = parseModel({ ...lj, smoothing });
    const [below, above] = [phi(model, r * (1 - 1e-9)), phi(model, r * (1 + 1e-9))];
    const scale = phi(model, 1.9).map(Math.abs);
    return below.flatMap((value, k) => (Math.abs(value - above[k]) > 1e-5 * scale[k] ? [k] : []));
  };

  test.each<[unknown, number, number]>([
    ["none", 2.5, 0],
    ["shifted", 2.5, 1],
    [0, 2.5, 1],
    ["force-shifted", 2.5, 2],
    [1, 2.5, 2],
    [2, 2.5, 3],
    [{ window: "smooth", from: 2 }, 2, 3],
    [{ window: "smooth", from: 2 }, 2.5, 3],
    [{ window: "gromacs", from: 2 }, 2, 3],
    [{ window: "gromacs", from: 2 }, 2.5, 3],
    [{ window: "charmm", from: 2 }, 2, 2],
    [{ window: "charmm", from: 2 }, 2.5, 2],
    [{ window: "quintic", from: 2 }, 2, 3],
    [{ window: "quintic", from: 2 }, 2.5, 3],
  ])("%j at %d: the derivative of order %i is the first that jumps", (smoothing, r, order) => {
    expect(jumpsAt(smoothing, r)[0]).toBe(order);
    const model = parseModel({ ...lj, smoothing });
    expect(model.warnings.join()).toMatch(new RegExp(`${["φ itself", "φ′", "φ″", "φ‴"][order]} jumps`));
    expect(model.warnings.join()).not.toMatch(/set it to 3 or more$/);
  });

  test("the same, by another name", () => {
    const force = parseModel({ ...lj, smoothing: "force-shifted" });
    const by = (x: number) => [4 * (x ** -12 - x ** -6), 4 * (-12 * x ** -13 + 6 * x ** -7)];
    for (const r of [0.95, 1.3, 2.2]) {
      const [[value, slope], [end, slopeAtEnd]] = [by(r), by(2.5)];
      expect(phi(force, r)[0]).toBeCloseTo(value - end - (r - 2.5) * slopeAtEnd, 13);
      expect(phi(force, r)[1]).toBeCloseTo(slope - slopeAtEnd, 12);
      // the same polynomial by coefficients and by series
      const [plain, terms] = [0, "shifted"].map((smoothing) => phi(parseModel({ ...lj, smoothing }), r));
      plain.forEach((one, k) => {
        expect(Math.abs(one / terms[k] - 1)).toBeLessThan(1e-12);
      });
    }
  });

  test("a window leaves the inner part alone, but for a constant", () => {
    const plain = parseModel({ ...lj, smoothing: "none" });
    for (const window of ["smooth", "gromacs", "charmm", "quintic"]) {
      const model = parseModel({ ...lj, smoothing: { window, from: 2 } });
      const shift = phi(model, 1.1)[0] - phi(plain, 1.1)[0];
      expect(phi(model, 1.7)[0] - phi(plain, 1.7)[0]).toBeCloseTo(shift, 13);
      expect(phi(model, 1.7).slice(1)).toEqual(
        phi(plain, 1.7)
          .slice(1)
          .map((value) => expect.closeTo(value, 12)),
      );
      expect(shift === 0).toBe(window === "charmm" || window === "quintic");
    }
  });

  test("WCA: φ′ vanishes where it is cut, φ″ jumps", () => {
    for (const cutoff of [2 ** (1 / 6), 1.1225]) {
      for (const smoothing of [0, "shifted"]) {
        const { warnings, smoothness } = parseModel({ ...lj, cutoff, smoothing });
        expect(smoothness).toBe(1);
        expect(warnings[0]).toContain("φ″ jumps");
      }
    }
  });

  test("a window that begins beyond the cutoff is refused", () => {
    expect(failure({ ...lj, smoothing: { window: "smooth", from: 2.6 } }).message).toMatch(
      /smoothing.from: is 2.6, but the window must begin within the cutoff, 2.5/,
    );
  });
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

describe("sums", () => {
  const sum = (terms: object[], more: object = {}) => ({ ...one, form: "sum", terms, ...more });
  const morse = { form: "morse", lambda: 1, steepness: 4, minimum: 1.1, cutoff: 2 };

  test("are the sum of their terms, each with its own length, cutoff and truncation", () => {
    const both = parseModel(
      sum([morse, { form: "yukawa", lambda: 2, epsilon: 0.3, kappa: 1, cutoff: 1.2, smoothing: "shifted" }]),
    );
    const parts = [
      parseModel({ ...one, ...morse }),
      parseModel({
        ...one,
        form: "yukawa",
        lambda: 2,
        epsilon: 0.3,
        kappa: 1,
        cutoff: 1.2,
        smoothing: "shifted",
      }),
    ];
    expect(pairCutoff(both, 0, 0)).toBe(2.4);
    for (const r of [0.9, 1.4, 2.1]) {
      const expected = parts.map((model) => phi(model, r));
      phi(both, r).forEach((value, k) => {
        expect(Math.abs(value - expected[0][k] - expected[1][k])).toBeLessThan(
          1e-13 * Math.abs(value) + 1e-14,
        );
      });
    }
  });

  test("bring along the triples of a term, in its own units", () => {
    const { form, A, B, p, q, cutoff, threeBody } = preset("sw-silicon").definition as unknown as Record<
      string,
      object
    >;
    const silicon = { form, A, B, p, q, cutoff, threeBody, lambda: 2.0951, epsilon: 2.1683 };
    const repulsion = {
      form: "zbl",
      numbers: { A: 14 },
      cutoff: 1.4,
      smoothing: { window: "gromacs", from: 1 },
    };
    const both = parseModel(sum([silicon, repulsion], { units: "metal" }));
    const alone = parseModel({ ...one, ...silicon });
    expect(both.threeBody).toEqual(alone.threeBody);
    for (const r of [1.2, 2.3]) {
      const added = phi(parseModel({ ...one, ...repulsion, units: "metal" }), r)[0];
      expect(phi(both, r)[0] / (phi(alone, r)[0] + added)).toBeCloseTo(1, 12);
    }
  });

  test("have terms of some pairs only", () => {
    const model = parseModel(sum([{ ...morse, pairs: ["B A"] }], { species: ["A", "B"] }));
    expect([phi(model, 1.2, [0, 0])[0], phi(model, 1.2, [1, 1])[0], pairCutoff(model, 1, 1)]).toEqual([
      0, 0, 0,
    ]);
    expect(phi(model, 1.2, [0, 1])[0]).toBeLessThan(-0.3);
  });

  test("parse back from their JSON, columns of tables included", () => {
    const columns = {
      r: Array.from({ length: 40 }, (_, k) => 0.5 + k / 20),
      phi: Array.from({ length: 40 }, (_, k) => 1 / (k + 1)),
    };
    const json = sum([morse, { form: "table", tables: { "A A": { file: "a.dat" } }, smoothing: 3 }]);
    expect(columnFiles(json)).toEqual(["a.dat"]);
    const model = parseModel(json, "m.json", { "a.dat": columns });
    expect(parseModel(JSON.parse(JSON.stringify(modelToJson(model))))).toEqual(model);
    expect(describeModel(model)).toContain("morse");
  });

  test.each<[string, object[], object, string, RegExp]>([
    ["an unknown form", [{ form: "mors" }], {}, "terms[0].form", /must be .*"morse"/],
    ["a misspelt field", [{ ...morse, minimun: 1 }], {}, "terms[0].minimun", /did you mean "minimum"/],
    [
      "a missing pair",
      [morse, { ...morse, cutoff: { "A A": 2 } }],
      { species: ["A", "B"] },
      "terms[1].cutoff",
      /the pair A–B is missing/,
    ],
    [
      "a pair of unknown species",
      [{ ...morse, pairs: ["A C"] }],
      {},
      "terms[0].pairs",
      /"A C" is not a pair of species/,
    ],
    ["no term", [], {}, "terms", /must not be empty/],
    [
      "Coulomb without a truncation",
      [{ form: "coulomb", charges: { A: 1 }, cutoff: 3 }],
      {},
      "terms[0].smoothing",
      /it is missing/,
    ],
    [
      "a charge of no species",
      [{ form: "coulomb", charges: { A: 1, X: 2 }, cutoff: 3, smoothing: "shifted" }],
      {},
      "terms[0].charges",
      /"X" is none of the species, A/,
    ],
    [
      "units without a Coulomb constant",
      [{ form: "coulomb", charges: { A: 1 }, cutoff: 3, smoothing: "shifted" }],
      { units: { length: "nm", energy: "eV", mass: "u" } },
      "terms[0].constant",
      /must say what e²\/4πε₀ is/,
    ],
  ])("%s is refused", (_, terms, more, field, message) => {
    const error = failure(sum(terms, more));
    expect(error.place).toEqual({ file: "m.json", field });
    expect(error.message).toMatch(message);
  });

  test("charges of a glass former must cancel", () => {
    const glass = {
      density: 1,
      fractions: [0.5, 0.5],
      liquidTemperature: 1,
      annealTemperature: 0.5,
      glassTransition: 0.5,
      annealTime: 1,
    };
    const salt = (charges: object) => ({
      name: "salt",
      species: ["A", "B"],
      form: "coulomb",
      charges,
      cutoff: 3,
      smoothing: "shifted",
      glass,
    });
    expect(failure(salt({ A: 1, B: -2 })).message).toMatch(/charges: do not sum to zero: .* -0.5 on average/);
    expect(parseModel(salt({ A: 1, B: -1 })).name).toBe("salt");
  });
});

test.each(["ewald", "coul/long", "pppm", "buck/coul/long"])("%s is refused with the way out", (form) => {
  expect(failure({ ...one, form }).message).toMatch(
    /Ewald sums .* "coulomb" with "smoothing": "force-shifted"/,
  );
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

describe("forms from outside", () => {
  registerForm({
    name: "gaussian-core",
    version: "1",
    formula: "φ = ε exp(−a x²)",
    parameters: { a: { description: "Inverse square of the width.", default: 1 } },
    phi: (x, { a }) => x.times(x).times(-a).exponential(),
  });
  const gaussian = { ...one, form: "gaussian-core", lambda: 2, epsilon: 3, cutoff: 4, smoothing: "none" };

  test("are evaluated with exact derivatives", () => {
    const model = parseModel({ ...gaussian, a: 0.5 });
    const x = 0.7;
    const value = 3 * Math.exp(-0.5 * x * x);
    const expected = [value, -x * value, (x * x - 1) * value, (3 * x - x ** 3) * value];
    phi(model, 2 * x).forEach((found, k) => {
      expect(found * 2 ** k).toBeCloseTo(expected[k], 13);
    });
  });

  test("smooth, sum, and carry their identity", () => {
    expect(parseModel({ ...gaussian, smoothing: 4 }).smoothness).toBe(4);
    const { smoothing: _, ...term } = gaussian;
    const model = parseModel({
      ...one,
      form: "sum",
      terms: [{ form: term.form, lambda: 1, cutoff: 3, smoothing: 3 }],
    });
    expect(JSON.stringify(model.definition)).toContain('"identity":"gaussian-core@1"');
    expect(failure({ ...gaussian, identity: "gaussian-core@2" }).message).toMatch(
      /identity: is gaussian-core@2, but .*@1/,
    );
    expect(formNames()).toContain("gaussian-core");
  });

  test("may not take the name of another form, or of a field of all models", () => {
    const phi = (x: Taylor) => x;
    expect(() => registerForm({ name: "yukawa", formula: "", phi })).toThrow(/registered already/);
    const parameters = { cutoff: { description: "" } };
    expect(() => registerForm({ name: "mine", formula: "", parameters, phi })).toThrow(
      /call the parameter otherwise/,
    );
  });
});
