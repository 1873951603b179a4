import { describe, expect, test } from "vitest";
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
  return [batch.phi0, batch.phi1, batch.phi2, batch.phi3].map((phi) => phi[0]!);
}

function leg(a: number): number[] {
  const jet = new Float64Array(LEG_STRIDE);
  legJet(term, Math.sqrt(a), jet);
  return Array.from(jet);
}

/** Central difference of entry `from` against entry `to`, with steps h and h/2: the ratio of errors, about 4. */
function slopes(values: (x: number) => number[], x: number, from: number, h: number): number {
  const exact = values(x)[from + 1]!;
  const error = (step: number) => (values(x + step)[from]! - values(x - step)[from]!) / (2 * step) - exact;
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

  test.each([0, 1, 2, 4, 5, 6, 8, 9, 10])("legs of triples: entry %i is the slope of the one before", (k) => {
    for (const a of [0.9, 1.3, 2, 2.7]) expect(slopes(leg, a, k, 1e-3)).toBeCloseTo(4, 1);
  });

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
