import { describe, expect, test } from "vitest";
import { findInteractions } from "../../../core/src/interactions/index.ts";
import { minimumOf } from "../../../core/src/minimum/index.ts";
import { modeCouplings, normalModes } from "../../../core/src/response/index.ts";
import { readReference } from "../../../core/test/reference.ts";
import { glassCouplings } from "./couplings.ts";
import { approachInstability } from "./instability.ts";

describe("couplings of a glass", () => {
  const { system, model } = readReference("2dipl_400");

  test("are those of its lowest modes and of plane waves", () => {
    const { modes, waves } = glassCouplings(minimumOf(system, model), { modes: 4, waves: 2 });
    const expected = normalModes(minimumOf(system, model), { count: 4 });
    const direct = modeCouplings(findInteractions(expected.system, model), expected);
    for (const name of ["frequencies", "participation"] as const) expect(modes[name]).toEqual(expected[name]);
    for (const name of ["selfCoupling", "crossCoupling", "projection"] as const)
      modes[name].forEach((value, k) => {
        expect(value).toBeCloseTo(direct[name][k], 8);
      });
    expect(waves.map(({ number }) => number)).toEqual([1, 1, 2, 2]);
    for (const { relaxedFrequency, frequency } of waves) expect(relaxedFrequency).toBeLessThan(frequency);
  });

  test("either may be left out; too many of either are refused", () => {
    expect(glassCouplings(minimumOf(system, model), { modes: 0, waves: 1 }).modes.frequencies).toHaveLength(
      0,
    );
    expect(glassCouplings(minimumOf(system, model), { modes: 1, waves: 0 }).waves).toEqual([]);
    expect(() => glassCouplings(minimumOf(system, model), { modes: 799 })).toThrow(/798 vibrations/);
    expect(() => glassCouplings(minimumOf(system, model), { waves: 11 })).toThrow(/from 1 to 10/);
  });

  test("in three dimensions", () => {
    const spatial = readReference("3dipl_400");
    const { modes, waves } = glassCouplings(minimumOf(spatial.system, spatial.model), { modes: 2 });
    expect(modes.selfCoupling.every((c) => c > 0)).toBe(true);
    // two transverse directions for each longitudinal one
    expect(waves.slice(0, 2).map((row) => row.waves)).toEqual([36, 18]);
  });
});

describe("the approach to an instability", () => {
  const { system, model } = readReference("2dipl_400");
  const { critical, points } = approachInstability(system, model);
  const near = points.filter(({ fraction }) => fraction >= 0.999);
  const slope = (x: (p: (typeof near)[number]) => number, y: (p: (typeof near)[number]) => number) => {
    const [a, b] = [near[0], near.at(-1)!];
    return Math.log(y(b) / y(a)) / Math.log(x(b) / x(a));
  };

  test("is looked at where it was asked for", () => {
    expect(points.map(({ fraction }) => fraction)).toEqual([
      0.7, 0.9, 0.97, 0.99, 0.997, 0.999, 0.9997, 0.9999,
    ]);
    for (const { fraction, strain, distance } of points) {
      expect(strain).toBeCloseTo(fraction * critical, 14);
      expect(strain + distance).toBeCloseTo(critical, 14);
    }
  });

  test("ω ∼ (γ_c − γ)^¼, E ∼ ω⁻⁴, c_iii and f·Ψ steady", () => {
    expect(
      Math.abs(
        slope(
          (p) => p.distance,
          (p) => p.frequency,
        ) - 0.25,
      ),
    ).toBeLessThan(0.01);
    expect(
      Math.abs(
        slope(
          (p) => p.frequency,
          (p) => p.largestEnergy,
        ) + 4,
      ),
    ).toBeLessThan(0.1);
    expect(
      Math.abs(
        slope(
          (p) => p.frequency,
          (p) => p.selfCoupling,
        ),
      ),
    ).toBeLessThan(0.05);
    expect(
      Math.abs(
        slope(
          (p) => p.frequency,
          (p) => p.projection,
        ),
      ),
    ).toBeLessThan(0.06);
  });

  test("close by, the softest mode alone makes the largest E_α: |f·Ψ| |c_iii|/ω⁴", () => {
    const { projection, selfCoupling, frequency, largestEnergy } = near.at(-1)!;
    expect(Math.abs((projection * selfCoupling) / frequency ** 4 / largestEnergy - 1)).toBeLessThan(0.03);
  });

  test("does not depend on where one stopped on the way, nor on the order asked for", () => {
    const [first, last] = approachInstability(system, model, { fractions: [0.9999, 0.9] }).points;
    expect(first!.fraction).toBe(0.9);
    expect(last!.largestEnergy / points.at(-1)!.largestEnergy).toBeCloseTo(1, 4);
    expect(last!.frequency).toBeCloseTo(points.at(-1)!.frequency, 6);
  });

  test("fractions out of range, and a glass that does not yield, are refused", () => {
    for (const fractions of [[0.5, 1], [0], [], [Number.NaN]])
      expect(() => approachInstability(system, model, { fractions })).toThrow(
        /fractions of the critical strain/,
      );
    expect(() => approachInstability(system, model, { maxStrain: 1e-3 })).toThrow(
      /no first plastic event: there is none up to the strain 0.001/,
    );
  });
});
