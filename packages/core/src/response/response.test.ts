import { describe, expect, test } from "vitest";
import { withPairs } from "../../test/families.ts";
import { readReference } from "../../test/reference.ts";
import { findInteractions, interactionsOf, PairSpread, Pairs, pairsOf } from "../interactions/index.ts";
import { factorHessian } from "../minimum/index.ts";
import { selectedInverse, solve } from "../sparse/index.ts";
import { allModes, respond, spreadsOf, sumRuleError } from "./index.ts";
import { modeSums } from "./modesums.ts";

/** One pair along x, joined by a spring with given derivatives at r = 1. */
function pair(phi1: number, phi2: number, phi3: number): Pairs {
  const one = (x: number) => Float64Array.of(x);
  return new Pairs({
    dimension: 2,
    particleCount: 2,
    i: Int32Array.of(0),
    j: Int32Array.of(1),
    du: Float64Array.of(1, 0),
    r: one(1),
    phi0: one(0),
    phi1: one(phi1),
    phi2: one(phi2),
    phi3: one(phi3),
  });
}

test("a one-dimensional anharmonic oscillator: ⟨X⟩ = −½ U‴/(U″)² k_BT", () => {
  const [k, g] = [3.7, -11.3];
  const bond = pair(0, k, g);
  // G of a particle held along x by φ″ = k, the other one pinned
  const covariances = Float64Array.of(1 / k, 0, 0, 0);
  const { energies, displacement } = respond(interactionsOf(bond), [new PairSpread(bond, covariances)], (b) =>
    Float64Array.of(0, 0, b[2] / k, 0),
  );
  const [{ harmonic, anharmonic }] = energies;
  const stretch = displacement[2] - displacement[0];
  expect(stretch).toBeCloseTo(-g / k ** 2, 14); // in units of ½k_BT
  expect(harmonic[0]).toBeCloseTo(1, 14);
  expect(anharmonic[0]).toBe(0);
});

describe("an unstressed network", () => {
  // the contacts of a real glass with every φ′ set to zero
  const { system, model } = readReference("2dipl_400");
  const stressed = findInteractions(system, model);
  const bonds = pairsOf(stressed);
  const network = withPairs(stressed, {
    phi1: new Float64Array(bonds.count),
    phi2: bonds.phi2.map((k) => Math.abs(k) + 1),
  });
  const { analysed, result } = factorHessian({
    box: system.box,
    positions: system.positions,
    interactions: network,
  });

  test("has 0 ≤ E_α ≤ 1 and no anharmonic part", () => {
    if (result.status !== "ok") throw new Error("indefinite");
    const spreads = spreadsOf(network, analysed.pattern, selectedInverse(result.factor));
    const lte = respond(network, spreads, (b) => solve(result.factor, b));
    const [{ anharmonic, lte: total }] = lte.energies;
    expect(anharmonic.every((a) => Math.abs(a) === 0)).toBe(true);
    expect(total.every((e) => e > 0 && e < 1 + 1e-12)).toBe(true);
    expect(sumRuleError(network, lte)).toBeLessThan(1e-12);
  });

  test("is told apart from the stressed one by the pre-stress alone", () => {
    const same = withPairs(stressed, { phi2: pairsOf(network).phi2 });
    const other = factorHessian({ box: system.box, positions: system.positions, interactions: same });
    if (result.status !== "ok" || other.result.status !== "ok")
      return expect(other.result.status).toBe("indefinite");
    const a = selectedInverse(result.factor).diagonal;
    const b = selectedInverse(other.result.factor).diagonal;
    expect(Math.max(...a.map((g, k) => Math.abs(g - b[k])))).toBeGreaterThan(1e-3);
  });
});

describe("mode sums", () => {
  const { system, model, lte } = readReference("2dipl_400");
  const interactions = findInteractions(system, model);
  const modes = allModes(interactions);

  test("over all modes give E_α (B.6, B.7)", () => {
    const { i, j } = pairsOf(interactions);
    const [{ lte: total }] = modeSums(interactions, modes).energies;
    const expected = new Map(Array.from(lte.i, (i, m) => [`${i} ${lte.j[m]}`, lte.lte[m]]));
    total.forEach((e, m) => {
      expect(Math.abs(e - (expected.get(`${i[m]} ${j[m]}`) as number))).toBeLessThan(1e-8);
    });
  });

  test("over some of them fall short of the sum rule by the modes left out", () => {
    const kept = 300;
    const sum = modeSums(interactions, modes, kept).energies[0].harmonic.reduce((all, h) => all + h, 0);
    expect(Math.abs(sum - kept)).toBeLessThan(1e-9);
  });
});
