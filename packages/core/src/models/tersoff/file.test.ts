import { describe, expect, test } from "vitest";
import { SILICON_CARBON, siliconCarbon } from "../../../test/tersoff.ts";
import {
  describeModel,
  type ModelDefinition,
  modelToJson,
  pairCutoff,
  parseModel,
  parsePotentialFile,
  parseTersoffFile,
  potentialFiles,
} from "../index.ts";

describe("files of bond orders", () => {
  const { entries } = parseTersoffFile(SILICON_CARBON, "SiC.tersoff");

  test("entries on one line or two, comments, numbers by name", () => {
    expect(Object.keys(entries).length).toBe(8);
    expect(entries["Si C C"]).toEqual({
      ...{ m: 1, gamma: 1.1, lambda3: 0.5, c: 100390, d: 16.217, costheta0: -0.59825, n: 0.78734 },
      ...{ beta: 0.0000011, lambda2: 1.97205, B: 395.126, R: 2.36, D: 0.15, lambda1: 2.9839, A: 1597.3111 },
    });
  });

  test("a model takes the triplets of its species from it, and stands by itself then", () => {
    const json = { species: ["C"], form: "tersoff", file: "SiC.tersoff" };
    expect(potentialFiles(json)).toEqual(["SiC.tersoff"]);
    const file = parsePotentialFile(json, SILICON_CARBON, "SiC.tersoff");
    const model = parseModel(json, "m.json", {}, { "SiC.tersoff": file });
    expect(model.definition).toMatchObject({ name: "tersoff", units: "metal", entries: { "C C C": {} } });
    expect(pairCutoff(model, 0, 0)).toBeCloseTo(2.1, 12);
    expect(parseModel(modelToJson(model))).toEqual(model);
    expect(describeModel(model)).toMatch(/φ″ jumps at r = 1\.8[\s\S]*φ″ jumps at r = 2\.1/);
  });

  test.each<[string, (text: string) => string, RegExp]>([
    [
      "cut off",
      (text) => text.slice(0, -30),
      /line 11: the entry ends after 1\d of 17 words: is the file cut off/,
    ],
    [
      "no number",
      (text) => text.replace("-.59825 .78734", "-.59825 x"),
      /line 4: expected the number n of Si Si Si, found "x"/,
    ],
    ["twice", (text) => text + text, /line 13: the triplet C C C comes twice/],
    ["empty", () => "# nothing\n", /line 1: no entry: give a file of pair_style tersoff/],
    ["elements", (text) => text.replace("Si  Si  C ", "Si  3  C "), /line 6: expected three elements/],
  ])("%s is told with its line", (_, change, words) => {
    expect(() => parseTersoffFile(change(SILICON_CARBON), "SiC.tersoff")).toThrow(words);
  });

  const { glass: _, ...definition } = siliconCarbon();
  const withEntry = (key: string, change: object) => ({
    ...definition,
    entries: { ...definition.entries, [key]: { ...definition.entries[key], ...change } },
  });
  test.each<[string, unknown, RegExp]>([
    [
      "no file",
      { ...definition, entries: undefined },
      /file: is missing: name the \.tersoff file, or give "entries"/,
    ],
    [
      "a file that was not handed in",
      { ...definition, entries: undefined, file: "a.tersoff" },
      /refers to the file "a\.tersoff", whose contents/,
    ],
    [
      "an element that the file lacks",
      { ...definition, species: ["Si", "Ge"] },
      /entries: the triplet Si Ge Si is missing \(there are C C C, .*\): name the species as the file does/,
    ],
    ["m = 2", withEntry("Si C Si", { m: 2 }), /entries\.Si C Si: m must be 1 or 3, found 2/],
    [
      "no width",
      withEntry("C C C", { D: 0 }),
      /entries\.C C C: R and D must be R > D > 0, found 1\.95 and 0/,
    ],
    ["d = 0", withEntry("C C C", { d: 0 }), /d must not be 0/],
    ["n = 0", withEntry("C Si Si", { n: 0 }), /entries\.C Si Si: n must be positive, found 0/],
    [
      "two repulsions of a pair",
      withEntry("C Si Si", { A: 1600 }),
      /A of Si C C is 1597\.3111, of C Si Si 1600: the repulsion of a pair is one/,
    ],
    ["a number that is none", withEntry("C C C", { R: "2" }), /entries\["C C C"\]\.R|entries\.C C C\.R/],
  ])("%s is refused with the field", (_name, json, words) => {
    expect(() => parseModel(json as ModelDefinition, "m.json")).toThrow(words);
  });

  test("not a term of sums", () => {
    const term = { form: "tersoff", entries: definition.entries };
    expect(() => parseModel({ name: "s", species: ["Si", "C"], form: "sum", terms: [term] })).toThrow(
      /terms/,
    );
  });
});
