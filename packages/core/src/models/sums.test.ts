import { describe, expect, test } from "vitest";
import { failure, one, phi } from "../../test/onemodel.ts";
import {
  columnFiles,
  describeModel,
  hasKinks,
  modelToJson,
  pairCutoff,
  pairJumps,
  parseModel,
  preset,
} from "./index.ts";

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

  test.each([
    [{ form: "hertzian", lambda: 1.2 }, true, [{ x: 1.2, order: 3 }]],
    [{ form: "harmonic", lambda: 1.2 }, true, [{ x: 1.2, order: 2 }]],
    [{ form: "cosine", lambda: 1.2 }, true, [{ x: 1.2, order: 2 }]],
    [morse, false, []],
  ])("have the kinks and jumps of their terms: %j", (term, kinks, jumps) => {
    for (const model of [parseModel({ ...one, ...term }), parseModel(sum([morse, term]))]) {
      expect(hasKinks(model)).toBe(kinks);
      expect(pairJumps(model, 0, 0)).toEqual(jumps);
      expect(model.warnings).toHaveLength(kinks ? 1 : 0);
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
