import { describe, expect, test } from "vitest";
import { triplesOf } from "../../test/families.ts";
import { factored, respondedBy, solvedBy } from "../../test/solved.ts";
import { makeGlass } from "../deform/index.ts";
import {
  findInteractions,
  gradient,
  type Interactions,
  interactionsOf,
  pairsOf,
  stress,
  Triples,
} from "../interactions/index.ts";
import { type PairModel, preset } from "../models/index.ts";
import { createBox, type System, volume } from "../space/index.ts";
import { logDeterminant, solve } from "../sparse/index.ts";
import {
  allModes,
  particleEnergy,
  particleStress,
  potentialEnergy,
  sumRuleError,
  termEnergy,
  termVirial,
  thermalAverage,
  thermalExpansion,
} from "./index.ts";
import { modeSums } from "./modesums.ts";

const silicon = preset("sw-silicon");
const protocol = { liquidTime: 2, annealTime: 4 };
const { system: glass } = makeGlass({ model: silicon, particles: 64, seed: 3, protocol });
const n = 192;
const d = 3;

const reproducible = { arithmetic: "reproducible" } as const;

function solved(pin = 0, system: System = glass, model: PairModel = silicon) {
  return respondedBy(system, findInteractions(system, model), { pin, ...reproducible });
}

const base = solved();
const triples = triplesOf(base.interactions);
const [, own] = base.lte.energies;
const total = own.lte;
const softest = total.reduce((best, e, t) => (Math.abs(e) > Math.abs(total[best]) ? t : best), 0);

/** Newton steps to the minimum of a system whose interactions `edit` changes; the last factor and interactions. */
function relaxed(
  start: System,
  edit: (interactions: Interactions) => Interactions = (x) => x,
  model: PairModel = silicon,
) {
  let system = start;
  for (let step = 0; step < 4; step++) {
    const interactions = edit(findInteractions(system, model));
    const delta = solve(factored(system, interactions, reproducible).factor, gradient(interactions), {
      refine: 1,
    });
    system = { ...system, positions: system.positions.map((x, k) => x - delta[k]) };
  }
  const interactions = edit(findInteractions(system, model));
  return { ...factored(system, interactions, reproducible), interactions };
}

describe("local thermal energies of pairs and triples", () => {
  test("sum to Nd − d, their anharmonic parts to 0", () => {
    expect(sumRuleError(base.interactions, base.lte)).toBeLessThan(1e-10);
    const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
    const size = total.reduce((a, b) => a + Math.abs(b), 0);
    const anharmonic = base.lte.energies.map((family) => sum(family.anharmonic));
    expect(Math.abs(anharmonic[0] + anharmonic[1])).toBeLessThan(1e-10 * size);
  });

  test("are those of the sums over all modes, and no pin matters", () => {
    const dense = modeSums(base.interactions, allModes(base.interactions));
    const other = solved(40).lte;
    for (const lte of [dense, other]) {
      for (const part of ["harmonic", "anharmonic"] as const) {
        for (const [f, family] of base.lte.energies.entries()) {
          const [mine, theirs] = [family[part], lte.energies[f][part]];
          const scale = Math.max(...mine.map(Math.abs));
          mine.forEach((e, k) => {
            expect(Math.abs(e - theirs[k])).toBeLessThan(1e-8 * scale);
          });
        }
      }
    }
  });

  test.each([0, 41, softest])("of triple %i is d/dλ ln det M at the minimum of U + λε", (t) => {
    const logDet = (lambda: number) =>
      logDeterminant(
        relaxed(glass, (interactions) => {
          // another list may number the triples otherwise: found by its particles
          const found = triplesOf(interactions);
          const at = found.centre.findIndex(
            (c, k) => c === triples.centre[t] && found.j[k] === triples.j[t] && found.k[k] === triples.k[t],
          );
          const stride = found.jets.length / found.centre.length;
          const jets = found.jets.map((f, e) => (Math.floor(e / stride) === at ? f * (1 + lambda) : f));
          return interactionsOf(pairsOf(interactions), [new Triples({ ...found, jets })]);
        }).factor,
      );
    const expected = thermalAverage(termEnergy(triples, t), base.response);
    expect(expected.coefficient).toBeCloseTo(total[t], 9);
    const slope = (h: number) => (logDet(h) - logDet(-h)) / (2 * h);
    const h = 1e-4;
    const error = (4 * slope(h) - slope(2 * h)) / 3 - expected.coefficient;
    expect(Math.abs(error)).toBeLessThan(1e-5 * Math.abs(expected.coefficient) + 1e-6);
  });

  test("the potential energy counts the non-zero modes, in all and by particles", () => {
    const { harmonic, anharmonic } = thermalAverage(potentialEnergy(base.interactions), base.response);
    expect(harmonic / (n - d)).toBeCloseTo(1, 10);
    expect(Math.abs(anharmonic)).toBeLessThan(1e-6);
    let sum = 0;
    for (let p = 0; p < 64; p++)
      sum += thermalAverage(particleEnergy(base.interactions, p), base.response).coefficient;
    expect(sum / (n - d)).toBeCloseTo(1, 9);
  });

  test("a triple that is not there is refused", () => {
    expect(() => termEnergy(triples, triples.count)).toThrow(/there is no triple/);
    expect(() => termVirial(triples, -1, [0, 1])).toThrow(/there is no triple -1 \(0…\d+\)/);
    expect(() => termVirial(triples, 0, [0, 3])).toThrow(/there is no axis 3 \(0…2\)/);
  });
});

describe("the stress of particles with triples", () => {
  const axes = [
    [0, 0],
    [0, 1],
    [2, 1],
  ] as const;
  const context = { interactions: base.interactions, box: glass.box };
  const summed = (a: number, b: number) =>
    Array.from({ length: 64 }, (_, p) => thermalAverage(particleStress(context, p, [a, b]), base.response));

  test.each(axes)("adds up to that of the whole: %i %i", (a, b) => {
    const sigma = stress(base.interactions, glass.box)[a * d + b];
    const parts = summed(a, b);
    expect(parts.reduce((sum, { value }) => sum + value, 0) / 64 / sigma).toBeCloseTo(1, 10);
  });

  test.each(axes)("%i %i of triples: gradient and Hessian are those of its value, error ∼ h²", (a, b) => {
    const t = softest;
    const virial = termVirial(triples, t, [a, b]);
    const members = [triples.centre[t], triples.j[t], triples.k[t]];
    /** The same triple, found by its particles, with the glass displaced by h along one coordinate. */
    const moved = (coordinate: number, h: number) => {
      const positions = glass.positions.slice();
      positions[coordinate] += h;
      const interactions = findInteractions({ ...glass, positions }, silicon);
      const found = triplesOf(interactions);
      const at = found.centre.findIndex(
        (c, k) => c === members[0] && found.j[k] === members[1] && found.k[k] === members[2],
      );
      return termVirial(found, at, [a, b]);
    };
    const scale = Math.max(...virial.gradient.map(Math.abs));
    const block = (p: number, q: number) => {
      const { first, second, blocks } = virial.hessian!;
      const at = first.findIndex((x, k) => x === p && second[k] === q);
      return at >= 0 ? (e: number, f: number) => blocks[(at * d + e) * d + f] : undefined;
    };
    const steepest = Math.max(...virial.hessian!.blocks.map(Math.abs));
    members.forEach((p, x) => {
      for (let e = 0; e < d; e++) {
        const slope = (h: number) => (moved(p * d + e, h).value - moved(p * d + e, -h).value) / (2 * h);
        const exact = virial.gradient[x * d + e];
        expect(Math.abs((4 * slope(1e-4) - slope(2e-4)) / 3 - exact)).toBeLessThan(1e-8 * scale);
        const h = 1e-4;
        const [up, down] = [moved(p * d + e, h), moved(p * d + e, -h)];
        members.forEach((q, y) => {
          const entry = block(q, p) ?? ((f: number, g: number) => block(p, q)!(g, f));
          for (let f = 0; f < d; f++) {
            const change = (up.gradient[y * d + f] - down.gradient[y * d + f]) / (2 * h);
            expect(Math.abs(change - entry(f, e))).toBeLessThan(2e-6 * steepest);
          }
        });
      }
    });
  });

  test("its coefficient is d/dλ ln det M at the minimum of U + λσ", () => {
    // σ of the whole is dU/dη/V: the coefficient is that of a strain, d ln det M/dη at fixed λ
    const parts = summed(1, 0);
    const sum = parts.reduce((total, { coefficient }) => total + coefficient, 0) / 64;
    const logDet = (eta: number) => {
      // x_y += η x_x keeps the box lower triangular: columns x and y of both
      const strain = (values: Float64Array) =>
        values.map((x, k) => (k % d === 0 ? x + eta * values[k + 1] : x));
      const vectors = strain(glass.box.vectors);
      // x += η y tilts the second edge
      const box = createBox(3, vectors);
      return logDeterminant(relaxed({ ...glass, box, positions: strain(glass.positions) }).factor);
    };
    const slope = (h: number) => (logDet(h) - logDet(-h)) / (2 * h);
    const h = 2e-6;
    const expected = (4 * slope(h) - slope(2 * h)) / 3 / volume(glass.box);
    expect(sum / expected).toBeCloseTo(1, 4);
  });
});

test("ends that are images of one particle: energies by particles and by triples still add up", () => {
  const { system } = makeGlass({ model: silicon, particles: 10, seed: 1, protocol });
  const { interactions, lte, response } = solved(0, system);
  const found = triplesOf(interactions);
  const images = found.j.findIndex((j, t) => j === found.k[t]);
  expect(images).toBeGreaterThanOrEqual(0);
  const { harmonic } = thermalAverage(termEnergy(found, images), response);
  expect(harmonic / lte.energies[1].harmonic[images]).toBeCloseTo(1, 9);
  let [energy, sigma] = [0, 0];
  for (let p = 0; p < 10; p++) {
    energy += thermalAverage(particleEnergy(interactions, p), response).coefficient;
    sigma += particleStress({ interactions, box: system.box }, p, [0, 1]).value;
  }
  expect(energy / 27).toBeCloseTo(1, 8);
  expect(sigma / 10 / stress(interactions, system.box)[1]).toBeCloseTo(1, 9);
});

/** A few particles under high pressure feel the term P V₀ d(d−1)(d−2) of the enthalpy; silicon feels its triples. */
const dense = preset("3dipl");
const few = makeGlass({ model: dense, particles: 24, seed: 1, protocol }).system;

test.each([
  ["silicon", silicon, glass],
  ["24 particles of 3DIPL", dense, few],
])(
  "thermal expansion of %s: −(1/K) d/dη [ln det M + ln K], K = W″ of the relaxed enthalpy",
  (_, model, system) => {
    const { interactions, factor, spreads } = solved(0, system, model);
    const { coefficient, bulkModulus } = thermalExpansion(
      solvedBy({ interactions, box: system.box }, factor),
      spreads,
    );
    const v0 = volume(system.box);
    /** At the relaxed minimum of a box (1 + η) times as large: ln det M and W′ = U′ + P₀V₀d(1 + η)^{d−1}. */
    const at = (eta: number) => {
      const grown = (values: Float64Array) => values.map((x) => x * (1 + eta));
      const box = createBox(3, grown(system.box.vectors));
      const found = relaxed({ ...system, box, positions: grown(system.positions) }, undefined, model);
      const sigma = stress(found.interactions, box);
      const virial = (sigma[0] + sigma[4] + sigma[8]) * volume(box);
      return {
        log: logDeterminant(found.factor),
        slope: virial / (1 + eta),
        growth: 3 * v0 * (1 + eta) ** 2,
      };
    };
    const h = 5e-5;
    const points = [-2, -1, 0, 1, 2].map((k) => at(k * h));
    const pressure = -points[2].slope / points[2].growth;
    const w = points.map(({ slope, growth }) => slope + pressure * growth);
    const k0 = (8 * (w[3] - w[1]) - (w[4] - w[0])) / (12 * h);
    const k1 = (16 * (w[3] + w[1]) - w[4] - w[0] - 30 * w[2]) / (12 * h ** 2);
    expect(bulkModulus / (k0 / (9 * v0))).toBeCloseTo(1, 6);
    const log = points.map((p) => p.log);
    const slope = (8 * (log[3] - log[1]) - (log[4] - log[0])) / (12 * h);
    const expected = -(slope + k1 / k0) / k0;
    expect(coefficient / expected).toBeCloseTo(1, 5);
  },
);
