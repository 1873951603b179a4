import { describe, expect, test } from "vitest";
import { makeGlass } from "../dynamics/index.ts";
import { findInteractions, gradient, type Interactions, stress } from "../mechanics/index.ts";
import { type PairModel, preset } from "../models/index.ts";
import { createBox, type System, volume } from "../space/index.ts";
import { logDeterminant, selectedInverse, solve } from "../sparse/index.ts";
import {
  allModes,
  bondCovariances,
  factorHessian,
  legCovariances,
  modeSums,
  particleEnergy,
  particleStress,
  potentialEnergy,
  respond,
  sumRuleError,
  thermalAverage,
  thermalExpansion,
  thermalResponse,
  tripleEnergy,
} from "./index.ts";

const silicon = preset("sw-silicon");
const protocol = { liquidTime: 2, annealTime: 4 };
const { system: glass } = makeGlass({ model: silicon, particles: 64, seed: 3, protocol });
const n = 192;
const d = 3;

function factored(system: System, interactions: Interactions, pin = 0) {
  const { analysed, result } = factorHessian(
    { box: system.box, positions: system.positions, interactions },
    { pin, relaxed: false },
  );
  if (result.status !== "ok") throw new Error("not a minimum");
  return { factor: result.factor, pattern: analysed.pattern };
}

function solved(pin = 0, system: System = glass, model: PairModel = silicon) {
  const interactions = findInteractions(system, model);
  const { factor, pattern } = factored(system, interactions, pin);
  const inverse = selectedInverse(factor);
  const bonds = bondCovariances(interactions, pattern, inverse);
  const { triples: found } = interactions;
  const legs = found && legCovariances({ triples: found, dimension: 3 }, pattern, inverse);
  const lte = respond(interactions, bonds, (b) => solve(factor, b, { refine: 1 }), legs);
  return {
    interactions,
    factor,
    bonds,
    legs,
    lte,
    response: thermalResponse(factor, inverse, lte.displacement),
  };
}

const base = solved();
const triples = base.interactions.triples!;
const total = base.lte.triples!.harmonic.map((h, t) => h + base.lte.triples!.anharmonic[t]!);
const softest = total.reduce((best, e, t) => (Math.abs(e) > Math.abs(total[best]!) ? t : best), 0);

/** Newton steps to the minimum of a system whose interactions `edit` changes; the last factor and interactions. */
function relaxed(
  start: System,
  edit: (interactions: Interactions) => Interactions = (x) => x,
  model: PairModel = silicon,
) {
  let system = start;
  for (let step = 0; step < 4; step++) {
    const interactions = edit(findInteractions(system, model));
    const delta = solve(factored(system, interactions).factor, gradient(interactions), { refine: 1 });
    system = { ...system, positions: system.positions.map((x, k) => x - delta[k]!) };
  }
  const interactions = edit(findInteractions(system, model));
  return { ...factored(system, interactions), interactions };
}

describe("local thermal energies of pairs and triples", () => {
  test("sum to Nd − d, their anharmonic parts to 0", () => {
    expect(sumRuleError(base.interactions, base.lte)).toBeLessThan(1e-10);
    const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
    const size = total.reduce((a, b) => a + Math.abs(b), 0);
    expect(Math.abs(sum(base.lte.anharmonic) + sum(base.lte.triples!.anharmonic))).toBeLessThan(1e-10 * size);
  });

  test("are those of the sums over all modes, and no pin matters", () => {
    const dense = modeSums(base.interactions, allModes(base.interactions));
    const other = solved(40).lte;
    for (const lte of [dense, other]) {
      for (const part of ["harmonic", "anharmonic"] as const) {
        for (const [mine, theirs] of [
          [base.lte[part], lte[part]],
          [base.lte.triples![part], lte.triples![part]],
        ]) {
          const scale = Math.max(...mine!.map(Math.abs));
          mine!.forEach((e, k) => {
            expect(Math.abs(e - theirs![k]!)).toBeLessThan(1e-8 * scale);
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
          const found = interactions.triples!;
          const at = found.centre.findIndex(
            (c, k) => c === triples.centre[t] && found.j[k] === triples.j[t] && found.k[k] === triples.k[t],
          );
          const jets = found.jets.map((f, e) => (Math.floor(e / 20) === at ? f * (1 + lambda) : f));
          return { ...interactions, triples: { ...found, jets } };
        }).factor,
      );
    const expected = thermalAverage(tripleEnergy(base.interactions, t), base.response);
    expect(expected.coefficient).toBeCloseTo(total[t]!, 9);
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

  test("what is offered for pairs only says so", () => {
    expect(() => particleStress({ interactions: base.interactions, box: glass.box }, 0, [0, 1])).toThrow(
      /pair potentials only/,
    );
    expect(() => tripleEnergy(base.interactions, triples.centre.length)).toThrow(/there is no triple/);
  });
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
    const { interactions, factor, bonds, legs } = solved(0, system, model);
    const { coefficient, bulkModulus } = thermalExpansion({ interactions, box: system.box }, factor, {
      bonds,
      legs,
    });
    const v0 = volume(system.box);
    /** At the relaxed minimum of a box (1 + η) times as large: ln det M and W′ = U′ + P₀V₀d(1 + η)^{d−1}. */
    const at = (eta: number) => {
      const grown = (values: Float64Array) => values.map((x) => x * (1 + eta));
      const box = createBox(3, grown(system.box.vectors));
      const found = relaxed({ ...system, box, positions: grown(system.positions) }, undefined, model);
      const sigma = stress(found.interactions, box);
      const virial = (sigma[0]! + sigma[4]! + sigma[8]!) * volume(box);
      return {
        log: logDeterminant(found.factor),
        slope: virial / (1 + eta),
        growth: 3 * v0 * (1 + eta) ** 2,
      };
    };
    const h = 5e-5;
    const points = [-2, -1, 0, 1, 2].map((k) => at(k * h));
    const pressure = -points[2]!.slope / points[2]!.growth;
    const w = points.map(({ slope, growth }) => slope + pressure * growth);
    const k0 = (8 * (w[3]! - w[1]!) - (w[4]! - w[0]!)) / (12 * h);
    const k1 = (16 * (w[3]! + w[1]!) - w[4]! - w[0]! - 30 * w[2]!) / (12 * h ** 2);
    expect(bulkModulus / (k0 / (9 * v0))).toBeCloseTo(1, 6);
    const log = points.map((p) => p.log);
    const slope = (8 * (log[3]! - log[1]!) - (log[4]! - log[0]!)) / (12 * h);
    const expected = -(slope + k1 / k0) / k0;
    expect(coefficient / expected).toBeCloseTo(1, 5);
  },
);
