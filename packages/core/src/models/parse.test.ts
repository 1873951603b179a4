import { describe, expect, test } from "vitest";
import type { SoftfieldError } from "../errors.ts";
import {
  COEFFICIENT_STRIDE,
  Coefficient,
  columnFiles,
  pairLength,
  parseModel,
  parseModelText,
} from "./index.ts";

/** A valid binary model; each test spoils it in one way. */
const good = {
  name: "mine",
  species: ["A", "B"],
  form: "yukawa",
  epsilon: { "A A": 1, "B A": 2, "B B": 0.25 },
  lambda: [[1, 0.9], [0.8]],
  kappa: 3,
  cutoff: 2.5,
};

function failure(json: unknown, file?: string): SoftfieldError {
  try {
    parseModel(json, file);
  } catch (error) {
    return error as SoftfieldError;
  }
  throw new Error("the model was accepted");
}

function epsilonOf(json: unknown, s: number, t: number): number {
  const model = parseModel(json);
  return model.coefficients[(s * model.species.length + t) * COEFFICIENT_STRIDE + Coefficient.Epsilon];
}

test("a model is read pair by pair, symmetric, with its defaults", () => {
  const model = parseModel(good);
  expect(pairLength(model, 0, 1)).toBe(0.9);
  expect(pairLength(model, 1, 1)).toBe(0.8);
  expect([epsilonOf(good, 0, 1), epsilonOf(good, 1, 0), epsilonOf(good, 1, 1)]).toEqual([2, 2, 0.25]);
  expect(model.smoothness).toBe(3);
  expect(model.warnings).toEqual([]);
});

test.each<[string, object, string, RegExp]>([
  ["an unknown field", { lamda: 1 }, "lamda", /^m\.json: lamda: unknown field; did you mean "lambda"\?/],
  ["a field of another form", { exponent: 3 }, "exponent", /unknown field; known are .*kappa/],
  ["a wrong type", { kappa: "2" }, "kappa", /must be a number or a list or an object of pairs, found "2"/],
  ["a negative length", { lambda: [[1, -0.9], [0.8]] }, "lambda[0][1]", /must be greater than 0, found -0.9/],
  [
    "a negative energy of a pair",
    { epsilon: { "A A": -1 } },
    'epsilon["A A"]',
    /must be at least 0, found -1/,
  ],
  ["an infinite number", { kappa: Number.POSITIVE_INFINITY }, "kappa", /must be a number/],
  ["too much smoothing", { smoothing: 7 }, "smoothing", /must be at most 6, found 7/],
  [
    "half a derivative",
    { smoothing: 2.5 },
    "smoothing",
    /must be a whole number or "none" or "shifted" or "force-shifted" or an object, found 2.5/,
  ],
  ["a fourth dimension", { dimension: 4 }, "dimension", /must be 2 or 3, found 4/],
  ["no species", { species: [] }, "species", /must not be empty/],
  ["a species with a space", { species: ["A", "B C"] }, "species[1]", /must be a name without spaces/],
  ["the same species twice", { species: ["A", "A"] }, "species[1]", /"A" is also species\[0\]/],
  ["an unknown form", { form: "yukava" }, "form", /found "yukava"; did you mean "yukawa"\?/],
  [
    "a missing pair",
    { epsilon: { "A A": 1, "B B": 1 } },
    "epsilon",
    /the pair A–B is missing: give it, or ask for "mixing": "lorentz-berthelot"/,
  ],
  ["a null in rows", { lambda: [[1, null], [0.8]] }, "lambda", /the pair A–B is missing/],
  [
    "a pair missing that no rule mixes",
    { cutoff: { "A A": 2, "B B": 2 } },
    "cutoff",
    /the pair A–B is missing: give it$/,
  ],
  [
    "a pair of unknown species",
    { epsilon: { "A C": 1 } },
    "epsilon",
    /"A C" is not a pair of species, did you mean "A A"\?/,
  ],
  [
    "a pair given twice",
    { epsilon: { "A A": 1, "A B": 1, "B A": 1, "B B": 1 } },
    "epsilon",
    /the pair B–A is given twice/,
  ],
  [
    "an asymmetric table",
    {
      lambda: [
        [1, 0.9],
        [0.7, 1],
      ],
    },
    "lambda",
    /A–B is 0.9, B–A is 0.7/,
  ],
  [
    "ragged rows",
    { lambda: [[1], [0.7, 1]] },
    "lambda",
    /rows of 1, 2 entries: each row must have 2 \(full\), or they must have 2, 1/,
  ],
  ["too few rows", { lambda: [[1, 2]] }, "lambda", /has 1 rows for 2 species/],
  ["no length", { lambda: undefined }, "lambda", /is missing: give λ_ij, or "diameters"/],
  ["lengths and diameters", { diameters: {} }, "lambda", /must be left out where "diameters"/],
  [
    "an unknown mixing rule",
    { mixing: "geometric" },
    "mixing",
    /must be "lorentz-berthelot", found "geometric"/,
  ],
  [
    "a missing parameter",
    { kappa: undefined },
    "kappa",
    /must be a number or a list or an object of pairs, it is missing/,
  ],
  [
    "fractions of other species",
    { glass: glass([1]) },
    "glass.fractions",
    /one number for each of the 2 species/,
  ],
  [
    "fractions that do not sum to 1",
    { glass: glass([0.5, 0.6]) },
    "glass.fractions",
    /summing to 1, found \[0.5, 0.6\]/,
  ],
  [
    "a misspelt field within",
    { glass: { ...glass([0.5, 0.5]), densty: 1 } },
    "glass.densty",
    /did you mean "density"\?/,
  ],
  ["an overflow at the cutoff", { kappa: 1e3, cutoff: 1e-200 }, "cutoff", /overflows/],
])("%s is refused", (_, change, field, message) => {
  const error = failure({ ...good, ...change }, "m.json");
  expect(error.code).toBe("model");
  expect(error.place).toEqual({ file: "m.json", field });
  expect(error.message).toMatch(message);
});

function glass(fractions: number[]) {
  return {
    density: 1,
    fractions,
    liquidTemperature: 1,
    annealTemperature: 0.4,
    glassTransition: 0.5,
    annealTime: 10,
  };
}

test("all faults of a model are told at once", () => {
  expect(failure({ ...good, cutof: 1, cutoff: undefined, name: "" }).message).toMatch(
    /^cutof: unknown field; did you mean "cutoff"\?.*; name: must not be empty.*; cutoff: .* it is missing/,
  );
});

test("of many faults the first five are told, and the rest counted", () => {
  const { message } = failure({ ...good, glass: {} });
  expect(message.match(/it is missing/g)).toHaveLength(5);
  expect(message).toMatch(/; and 1 more$/);
});

test.each([[null], [[1]], ["2dipl"], [undefined]])("%s is not a model", (json) => {
  expect(failure(json, "m.json").message).toMatch(/^m\.json: a model is a JSON object, found /);
});

test("missing pairs are mixed by Lorentz–Berthelot only where the model asks for it", () => {
  const mixed = {
    ...good,
    mixing: "lorentz-berthelot",
    epsilon: { "A A": 1, "B B": 4 },
    lambda: [[1, null], [0.8]],
  };
  expect(epsilonOf(mixed, 1, 0)).toBe(2);
  expect(pairLength(parseModel(mixed), 0, 1)).toBe(0.9);
  expect(failure({ ...mixed, lambda: [[1, 0.9], [null]] }).message).toMatch(/the pair B–B is missing/);
});

test("rows in full and as upper triangle, and objects of pairs, are the same model", () => {
  const full = parseModel({
    ...good,
    lambda: [
      [1, 0.9],
      [0.9, 0.8],
    ],
  });
  const upper = parseModel(good);
  const pairs = parseModel({ ...good, lambda: { "A A": 1, "A B": 0.9, "B B": 0.8 } });
  expect(full.coefficients).toEqual(upper.coefficients);
  expect(pairs.coefficients).toEqual(upper.coefficients);
});

test("models of three species keep their pairs apart", () => {
  const lambda = [[1, 2, 3], [4, 5], [6]];
  const model = parseModel({ ...good, species: ["A", "B", "C"], epsilon: 1, lambda });
  const read = [0, 1, 2].map((s) => [0, 1, 2].map((t) => pairLength(model, s, t)));
  expect(read).toEqual([
    [1, 2, 3],
    [2, 4, 5],
    [3, 5, 6],
  ]);
});

test.each([
  [{ form: "harmonic" }, 1, /φ″ jumps at contact/],
  [{ form: "hertzian" }, 2, /φ‴ diverges at contact/],
  [{ form: "lennard-jones", cutoff: 2.5, smoothing: 0 }, 0, /φ′ jumps at the cutoff/],
  [{ form: "lennard-jones", cutoff: 2.5, smoothing: 1 }, 1, /φ″ jumps at the cutoff/],
  [{ form: "lennard-jones", cutoff: 2.5, smoothing: 2 }, 2, /φ‴ jumps at the cutoff/],
  [{ form: "lennard-jones", cutoff: 2.5, smoothing: "none" }, -1, /φ itself jumps/],
])("%j warns of what it lacks for local thermal energies", (form, smoothness, message) => {
  const model = parseModel({ name: "m", species: ["A"], lambda: 1, ...form });
  expect(model.smoothness).toBe(smoothness);
  expect(model.warnings).toHaveLength(1);
  expect(model.warnings[0]).toMatch(message);
});

describe("a table says by its end what jumps there", () => {
  const r = Array.from({ length: 181 }, (_, k) => 0.7 + k / 100);
  const lj = (x: number) => 4 * (x ** -12 - x ** -6);
  const slope = (x: number) => 4 * (-12 * x ** -13 + 6 * x ** -7);
  const shifts: Record<string, (x: number) => number> = {
    cut: lj,
    // LAMMPS' lj/cut with pair_modify shift, and lj/smooth/linear
    shifted: (x) => lj(x) - lj(2.5),
    "shifted in force": (x) => lj(x) - lj(2.5) - (x - 2.5) * slope(2.5),
    "faded out": (x) => lj(x) * (1 - (x / 2.5) ** 2) ** 4,
  };

  test.each<[string, "none" | number, number, RegExp | undefined]>([
    ["cut", "none", -1, /^smoothing is "none": φ itself jumps/],
    ["shifted", "none", 0, /^smoothing is "none": φ′ jumps at the cutoff/],
    ["shifted in force", "none", 1, /^smoothing is "none": φ″ jumps at the cutoff/],
    ["shifted in force", 0, 1, /^smoothing is 0: φ″ jumps at the cutoff/],
    ["cut", 2, 2, /^smoothing is 2: φ‴ jumps at the cutoff/],
    ["faded out", "none", 3, undefined],
    ["cut", 3, 3, undefined],
  ])("%s, smoothing %j", (shift, smoothing, smoothness, message) => {
    const tables = { "A A": { r, phi: r.map(shifts[shift]) } };
    const model = parseModel({ name: "m", species: ["A"], form: "table", tables, smoothing });
    expect(model.smoothness).toBe(smoothness);
    const jumps = model.warnings.filter((warning) => warning.startsWith("smoothing"));
    expect(jumps).toHaveLength(message ? 1 : 0);
    if (message) expect(jumps[0]).toMatch(message);
    // 1,000 times farther down nothing changes
    const small = { ...tables, "A A": { r, phi: r.map((x) => 1e-3 * shifts[shift](x)) } };
    const scaled = parseModel({ name: "m", species: ["A"], form: "table", tables: small, smoothing });
    expect(scaled.smoothness).toBe(smoothness);
  });
});

test.each([
  ['{\n "name": "a",\n}', 3, 'expected a name in double quotes, found "}"'],
  ['{\n "name": "a"\n "form": 1}', 3, 'expected a "," or "}", found "\\"form\\":"'],
  ['{"a": [1, 2,\n\n 3 4]}', 3, 'expected a "," or "]", found "4]}"'],
  ['{"a": 1} x', 1, 'expected the end, found "x"'],
  ['{"a": .5}', 1, 'expected a value, found ".5}"'],
  ['{"a" 5}', 1, 'expected a ":", found "5}"'],
  ['{"a": [[], {}, {"b": true}],\n// comment\n "c": 1}', 2, 'expected a name in double quotes, found "//"'],
  ['{"a": {"b": [1\n', 2, 'expected a "," or "]", found the end of the file'],
  ["", 1, "expected a value, found the end of the file"],
])("the syntax error in %j is placed", (text, line, message) => {
  const read = () => parseModelText(text, "m.json");
  expect(read).toThrow(`m.json, line ${line}: not valid JSON: ${message}`);
  expect(read).toThrow(expect.objectContaining({ place: { file: "m.json", line } }));
});

test("column files are named once each", () => {
  const tables = { "A A": { file: "a.dat" }, "A B": { r: [], phi: [] }, "B B": { file: "a.dat" } };
  expect(columnFiles({ tables })).toEqual(["a.dat"]);
  expect([columnFiles(good), columnFiles(null), columnFiles({ tables: 3 })]).toEqual([[], [], []]);
});
