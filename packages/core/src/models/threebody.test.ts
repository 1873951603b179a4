import { describe, expect, test } from "vitest";
import { twoElements } from "../../test/two-element.ts";
import { SoftfieldError } from "../errors.ts";
import {
  describeModel,
  evaluatePairs,
  LEG_STRIDE,
  legJet,
  modelToJson,
  parseModel,
  preset,
  type ThreeBodyTerm,
  tripleLeg,
} from "./index.ts";

const silicon = preset("sw-silicon");
const term = tripleLeg(silicon.threeBody as ThreeBodyTerm, 0, 0);

/** φ…φ‴ of a pair. */
function pair(r: number): number[] {
  const one = () => new Float64Array(1);
  const batch = {
    i: Int32Array.of(0),
    j: Int32Array.of(0),
    r: Float64Array.of(r),
    phi0: one(),
    phi1: one(),
    phi2: one(),
    phi3: one(),
  };
  evaluatePairs(silicon, { species: Int32Array.of(0) }, batch);
  return [batch.phi0, batch.phi1, batch.phi2, batch.phi3].map((phi) => phi[0]);
}

function leg(a: number): number[] {
  const jet = new Float64Array(LEG_STRIDE);
  legJet(term, Math.sqrt(a), jet);
  return Array.from(jet);
}

/** Central difference of entry `from` against entry `to`, with steps h and h/2: the ratio of errors, about 4. */
function slopes(values: (x: number) => number[], x: number, from: number, h: number): number {
  const exact = values(x)[from + 1];
  const error = (step: number) => (values(x + step)[from] - values(x - step)[from]) / (2 * step) - exact;
  return error(h) / error(h / 2);
}

describe("silicon", () => {
  test("pairs have their minimum, −ε, at 2^(1/6) σ", () => {
    const [phi, slope] = pair(2 ** (1 / 6)) as [number, number];
    expect(phi).toBeCloseTo(-1, 8);
    expect(Math.abs(slope)).toBeLessThan(1e-7);
  });

  test.each([0, 1, 2])("φ and its derivatives: number %i, error ∼ h²", (k) => {
    for (const r of [0.95, 1.12, 1.4, 1.65]) expect(slopes(pair, r, k, 1e-3)).toBeCloseTo(4, 1);
  });

  test.each([0, 1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 13])(
    "legs of triples: entry %i is the slope of the one before",
    (k) => {
      for (const a of [0.9, 1.3, 2, 2.7]) expect(slopes(leg, a, k, 1e-3)).toBeCloseTo(4, 1);
    },
  );

  test("everything is 0 at the cutoff and beyond, and near it tends to 0", () => {
    for (const r of [1.8, 1.8000001, 3]) {
      expect(pair(r)).toEqual([0, 0, 0, 0]);
      expect(leg(r * r)).toEqual(Array.from({ length: LEG_STRIDE }, () => 0));
    }
    for (const gap of [1e-3, 1e-6, 1e-9, 1e-15]) {
      for (const value of [...pair(1.8 - gap), ...leg((1.8 - gap) ** 2)]) expect(Math.abs(value)).toBe(0);
    }
  });

  test("is told in words and reads back from its JSON", () => {
    expect(describeModel(silicon)).toMatch(/triples/);
    expect(parseModel(JSON.parse(JSON.stringify(modelToJson(silicon))))).toEqual(silicon);
  });
});

const two = (change: object, threeBody: object = {}) => ({
  ...twoElements,
  ...change,
  threeBody: { ...twoElements.threeBody, ...threeBody },
});
const without = (field: "epsilon" | "lambda") => ({ [field]: undefined });

test.each([
  [two(without("epsilon")), /^epsilon: is missing: with several species it must be given/],
  [two(without("lambda")), /^lambda: is missing: with several species/],
  [two({ A: { "Si Si": 7 } }), /^A: the pair Si–Xx is missing/],
  [two({ epsilon: { "Si Si": 1, "Xx Xx": 1 } }), /^epsilon: the pair Si–Xx is missing.*lorentz-berthelot/],
  [two({}, { epsilon: undefined }), /^threeBody.epsilon: is missing.*"geometric"/],
  [two({}, { cosine: undefined }), /^threeBody.cosine: is missing: with several species/],
  [two({}, { epsilon: "arithmetic" }), /^threeBody.epsilon: must be "geometric" or a number/],
  [
    two({}, { gamma: { "Si Si": 1, "Si Xx": 1, "Xx Xx": 1 } }),
    /gamma: the leg Xx–Si \(centre first\) is missing/,
  ],
  [
    two({}, { gamma: { "Si Sy": 1 } }),
    /gamma: "Si Sy" is not a leg, did you mean "Si Si"\? It is the centre/,
  ],
  [two({}, { strength: { "Si Si Xx": 1, "Si Xx Si": 2 } }), /the triple Si–Si–Xx is given twice.*"Si Xx Si"/],
  [two({}, { strength: { "Si Xx": 1 } }), /strength: "Si Xx" is not a triple/],
  [two({}, { strength: { "Si Si Si": 1 } }), /strength: the triple Si–Si–Xx \(centre first\) is missing/],
  [two({}, { cosine: -2 }), /threeBody.cosine: must be at least -1/],
  [two({}, { gamma: 0 }), /threeBody.gamma: must be greater than 0/],
])("two species: %#: %j", (json, message) => {
  expect(() => parseModel(JSON.parse(JSON.stringify(json)))).toThrow(message);
});

test("mixing stands for unlike pairs only where the file says so; geometric is √(ε_ij ε_ik)", () => {
  const model = parseModel(
    two(
      {
        mixing: "lorentz-berthelot",
        epsilon: { "Si Si": 1, "Xx Xx": 0.64 },
        lambda: { "Si Si": 1, "Xx Xx": 1.1 },
      },
      { epsilon: "geometric", strength: 10 },
    ),
  );
  const { legs, angles } = model.threeBody as ThreeBodyTerm;
  // γ σ and a σ of the leg from Xx to Si
  expect(legs[4]).toBeCloseTo(1.3 * 1.05, 14);
  expect(legs[5]).toBeCloseTo(1.75 * 1.05, 14);
  const strengths = Array.from({ length: 8 }, (_, row) => angles[2 * row]);
  const [same, unlike, other] = [1, 0.8, 0.64];
  [
    same,
    Math.sqrt(0.8),
    Math.sqrt(0.8),
    unlike,
    unlike,
    Math.sqrt(0.8 * 0.64),
    Math.sqrt(0.8 * 0.64),
    other,
  ].forEach((epsilon, row) => {
    expect(strengths[row]).toBeCloseTo(10 * epsilon, 13);
  });
  expect(parseModel(JSON.parse(JSON.stringify(modelToJson(model))))).toEqual(model);
});

test.each([
  [{ threeBody: { strength: 21 } }, /threeBody.gamma: must be a number/],
  [{ threeBody: { strength: 21, gama: 1.2 } }, /did you mean "gamma"/],
  [{ cutoff: 0 }, /cutoff: must be greater than 0/],
  [{ smoothing: 3 }, /smoothing: unknown field/],
])("%j is refused", (change, message) => {
  const json = { ...modelToJson(silicon), ...change };
  expect(() => parseModel(json)).toThrow(message);
  expect(() => parseModel(json)).toThrow(SoftfieldError);
});
