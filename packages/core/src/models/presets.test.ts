import { describe, expect, test } from "vitest";
import {
  COEFFICIENT_STRIDE,
  Coefficient,
  evaluatePairs,
  maxCutoff,
  type PresetName,
  pairCutoff,
  pairLength,
  paperModels,
  preset,
  siliconUnits,
} from "./index.ts";

/** physics.md §1: printed digits, from A.2. */
const printed = {
  "2dipl": [-1.1106337662511796, 1.2676152372297065, -0.49604060728492116, 0.06605118264157324],
  "3dipl": [-1.1106337662511796, 1.2676152372297065, -0.49604060728492116, 0.06605118264157324],
  "3dkablj": [0.322042855424, -0.11564551766016, 0.014774794872422, -0.0006556954772111],
};

test.each(paperModels)("%s: computed smoothing coefficients are those printed in the paper", (name) => {
  const { coefficients } = preset(name);
  const tolerance = name === "3dkablj" ? 1e-12 : 1e-15;
  for (let row = 0; row < 4 * COEFFICIENT_STRIDE; row += COEFFICIENT_STRIDE) {
    for (let l = 0; l < 7; l++) {
      const expected = printed[name][l] ?? 0;
      const error = Math.abs(coefficients[row + Coefficient.Smoothing + l] - expected);
      expect(error).toBeLessThanOrEqual(tolerance * Math.abs(expected));
    }
  }
});

test("a model glass has the lengths of SI A, symmetric in its species", () => {
  const model = preset("3dkablj");
  expect([pairLength(model, 0, 0), pairLength(model, 0, 1), pairLength(model, 1, 0)]).toEqual([1, 0.8, 0.8]);
  expect(pairCutoff(model, 1, 1)).toBeCloseTo(2.2, 15);
  expect(maxCutoff(model)).toBe(2.5);
  expect(maxCutoff(preset("2dipl"))).toBeCloseTo(1.48 * 1.4, 15);
});

test.each([
  ["2dipl", 2, 0.86, [0.5, 0.5], 0.5, 0.48, 200],
  ["3dipl", 3, 0.82, [0.5, 0.5], 0.52, 0.5, 250],
  ["3dkablj", 3, 1.2, [0.8, 0.2], 0.45, 0.43, 50],
] as const)(
  "%s is prepared as in SI A, annealed at 0.96 T_g",
  (name, dimension, density, fractions, tg, anneal, time) => {
    const model = preset(name);
    expect(model.dimension).toBe(dimension);
    expect(model.glass).toEqual({
      density,
      fractions,
      liquidTemperature: 1,
      glassTransition: tg,
      annealTemperature: anneal,
      annealTime: time,
    });
    expect(Math.abs(anneal / tg - 0.96)).toBeLessThan(0.005);
  },
);

test("an unknown preset is refused with the names that exist", () => {
  expect(() => preset("2dlj" as never)).toThrow(/no preset "2dlj": there are 2dipl, 3dipl, 3dkablj/);
});

/** φ of a pair of species at r. */
function phi(name: PresetName, r: number, [s, t]: readonly [number, number]): number {
  const one = () => new Float64Array(1);
  const batch = { r: Float64Array.of(r), phi0: one(), phi1: one(), phi2: one(), phi3: one() };
  evaluatePairs(
    preset(name),
    { species: Int32Array.of(s, t) },
    { i: Int32Array.of(0), j: Int32Array.of(1), ...batch },
  );
  return batch.phi0[0];
}

describe("published models in plain arithmetic", () => {
  test("falk-langer: the quartic of Barbot et al. between 2 and 2.5", () => {
    const sigma = 2 * Math.sin(Math.PI / 10);
    const lj = (x: number) => 4 * 0.5 * ((sigma / x) ** 12 - (sigma / x) ** 6);
    const c1 = (24 * 0.5 * sigma ** 6 * (2 ** 6 - 2 * sigma ** 6)) / 2 ** 13;
    const c2 = (12 * 0.5 * sigma ** 6 * (26 * sigma ** 6 - 7 * 2 ** 6)) / 2 ** 14;
    const c3 = -(3 * c1 + 4 * c2 * 0.5) / (3 * 0.25);
    const c4 = (c1 + c2 * 0.5) / (2 * 0.125);
    const c0 = -(0.5 * (3 * c1 + c2 * 0.5)) / 6;
    expect(phi("falk-langer", 1.1, [0, 0])).toBeCloseTo(lj(1.1) + c0 - lj(2), 14);
    const t = 0.3;
    expect(phi("falk-langer", 2.3, [0, 0])).toBeCloseTo(
      c0 + c1 * t + c2 * t ** 2 + c3 * t ** 3 + c4 * t ** 4,
      14,
    );
    expect(phi("falk-langer", 2 * Math.sin(Math.PI / 5) * 2 ** (1 / 6), [1, 1])).toBeLessThan(-0.45);
  });

  test("silica-2d: Roy, Heyde & Heuer, shifted in force at 10", () => {
    const bare = (r: number) => (1.075 / r) ** 12 - Math.exp(-r / 5.649) / r;
    const slope = (bare(10 + 1e-5) - bare(10 - 1e-5)) / 2e-5;
    expect(phi("silica-2d", 1.7, [0, 1])).toBeCloseTo(bare(1.7) - bare(10) - (1.7 - 10) * slope, 10);
  });

  test("wca ends at the minima, of depth 0", () => {
    for (const [s, t] of [
      [0, 0],
      [0, 1],
      [1, 1],
    ] as const) {
      const reach = pairCutoff(preset("wca"), s, t);
      expect(phi("wca", reach, [s, t])).toBeCloseTo(0, 15);
      expect(phi("wca", 0.99 * reach, [s, t])).toBeGreaterThan(0);
    }
  });

  test("shik-silica: Eqs. of Sundararaman et al., shifted and faded over 0.2 Å; smooth at both ends", () => {
    // e²/4πε₀ in eV Å, as LAMMPS has it
    const coulomb = 14.399645;
    const fade = (r: number, end: number) => (r < end ? Math.exp(-((0.2 / (r - end)) ** 2)) : 0);
    const plain = (r: number, a: number, b: number, c: number, d: number) => {
      const at = (x: number) => a * Math.exp(-b * x) - c / x ** 6 + d / x ** 24;
      return (at(r) - at(8)) * fade(r, 8);
    };
    const charged = (r: number, q: number) => coulomb * q * (1 / r - 1 / 10 + (r - 10) / 100) * fade(r, 10);
    for (const r of [1.3, 1.62, 3, 7.6, 7.95, 9.7, 9.99]) {
      const siO = plain(r, 23107.84764, 5.097856735, 139.6947857, 66) + charged(r, -1.7755 * 0.88775);
      const oO = plain(r, 1120.528996, 2.892741833, 26.13207696, 16800) + charged(r, 0.88775 ** 2);
      const siSi = plain(r, 2797.979165, 4.407320018, 0, 3423204) + charged(r, 1.7755 ** 2);
      // polynomials of degree nine of a 24th power
      for (const [value, pair] of [
        [siSi, [0, 0]],
        [siO, [0, 1]],
        [oO, [1, 1]],
      ] as const)
        expect(Math.abs(phi("shik-silica", r, pair) - value)).toBeLessThan(3e-10 * (1 + Math.abs(value)));
    }
    expect(preset("shik-silica").warnings).toEqual([]);
  });

  test("bks-silica: repulsive where the bare Buckingham has fallen to −∞, a well near 1.45 Å", () => {
    const [core, left, well, right] = [0.6, 1.2, 1.45, 2].map((r) => phi("bks-silica", r, [0, 1]));
    expect(core).toBeGreaterThan(1000);
    expect(well).toBeLessThan(Math.min(left, right));
  });
});

test("sw-silicon-metal is sw-silicon in Å and eV", () => {
  const [reduced, metal] = [preset("sw-silicon"), preset("sw-silicon-metal")];
  const { length, energy } = siliconUnits;
  expect(maxCutoff(metal)).toBeCloseTo(maxCutoff(reduced) * length, 12);
  for (const r of [0.9, 1.1, 1.5, 1.75]) {
    expect(phi("sw-silicon-metal", r * length, [0, 0]) / energy / phi("sw-silicon", r, [0, 0])).toBeCloseTo(
      1,
      12,
    );
  }
});
