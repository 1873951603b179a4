import { describe, expect, test } from "vitest";
import { withPairs } from "../../test/families.ts";
import { makeGlass } from "../deform/index.ts";
import { findInteractions, gradient, type Interactions, pairsOf } from "../interactions/index.ts";
import { factorHessian, minimumOf } from "../minimum/index.ts";
import { preset } from "../models/index.ts";
import type { System } from "../space/index.ts";
import { logDeterminant, solve } from "../sparse/index.ts";
import { localThermalEnergy } from "./index.ts";

/** Models of terms: a window, charges and Buckingham, triples; in boxes shorter than two cutoffs. */
const CASES = [
  ["falk-langer", 80],
  ["bks-silica", 81],
  ["shik-silica", 81],
  ["vashishta-silica", 81],
] as const;

describe.each(CASES)("%s, N = %i", (name, particles) => {
  const model = preset(name);
  const protocol = { liquidTime: 2, annealTime: 2, dt: 0.004 };
  const minimum = minimumOf(makeGlass({ model, particles, seed: 2, protocol }).system, model, {
    arithmetic: "reproducible",
  });
  const { energies, sumRuleError, system, rattlers } = localThermalEnergy(minimum);
  const pairs = pairsOf(minimum.interactions);
  const [{ lte }] = energies;
  const d = pairs.dimension;

  /** ln det M at the minimum of U + λε of one pair. */
  function logDet(pair: number, lambda: number): number {
    const edited = (at: System): Interactions => {
      const found = findInteractions(at, model);
      const { i, j, du, phi0, phi1, phi2, phi3 } = pairsOf(found);
      const here = phi0.findIndex((_, m) => {
        const away = [0, 1, 2].slice(0, d).map((a) => du[m * d + a] - pairs.du[pair * d + a]);
        return i[m] === pairs.i[pair] && j[m] === pairs.j[pair] && away.every((x) => Math.abs(x) < 0.05);
      });
      const scaled = (phi: Float64Array) =>
        phi.map((value, m) => (m === here ? value * (1 + lambda) : value));
      return withPairs(found, {
        phi0: scaled(phi0),
        phi1: scaled(phi1),
        phi2: scaled(phi2),
        phi3: scaled(phi3),
      });
    };
    const factored = (at: System, interactions: Interactions) => {
      const { result } = factorHessian(
        { box: at.box, positions: at.positions, interactions },
        { arithmetic: "reproducible" },
      );
      if (result.status !== "ok") throw new Error("not a minimum");
      return result.factor;
    };
    let at = system;
    for (let step = 0; step < 4; step++) {
      const interactions = edited(at);
      const delta = solve(factored(at, interactions), gradient(interactions), { refine: 1 });
      at = { ...at, positions: at.positions.map((x, k) => x - delta[k]) };
    }
    return logDeterminant(factored(at, edited(at)));
  }

  test("energies of all terms sum to Nd − d", () => {
    expect(rattlers).toHaveLength(0);
    expect(sumRuleError).toBeLessThan(1e-9);
  });

  const softest = lte.reduce((best, e, m) => (Math.abs(e) > Math.abs(lte[best]) ? m : best), 0);
  test.each([softest, 7])("E of pair %i is d/dλ ln det M at the minimum of U + λε", (pair) => {
    const h = 2e-5;
    const slope = (by: number) => (logDet(pair, by) - logDet(pair, -by)) / (2 * by);
    const error = (4 * slope(h) - slope(2 * h)) / 3 - lte[pair];
    expect(Math.abs(error)).toBeLessThan(1e-4 * Math.abs(lte[pair]) + 1e-5);
  });
});
