import { describe, expect, test } from "vitest";
import { alongField, triplesOf } from "../../test/families.ts";
import {
  denseHessian,
  differenceGradient,
  differenceHessianRow,
  differenceThirdDerivative,
} from "../../test/oracles/differences.ts";
import { jitteredLattice, testRandom } from "../../test/reference.ts";
import { twoElements } from "../../test/two-element.ts";
import { makeGlass } from "../deform/index.ts";
import { ForceField } from "../dynamics/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { parseModel } from "../models/index.ts";
import { localThermalEnergy } from "../response/index.ts";
import { energy, findInteractions, gradient, hessian, hessianPattern, stress } from "./index.ts";
import { JET } from "./triples-arrays.ts";

const model = parseModel(twoElements);
const system = jitteredLattice(model, 3, 5, 0.07);
const interactions = findInteractions(system, model);
const triples = triplesOf(interactions);
const largest = (values: ArrayLike<number>) =>
  Array.from(values).reduce((most, v) => Math.max(most, Math.abs(v)), 0);
const slope = (error: (h: number) => number, h: number) => Math.log2(error(h) / error(h / 2));

/** A value of the file by names, ends in either order. */
function ofTriple(table: Record<string, number>, [c, j, k]: readonly [string, string, string]): number {
  return table[`${c} ${j} ${k}`] ?? table[`${c} ${k} ${j}`];
}

describe("triples of two elements", () => {
  test("have the energies of the formula, each by its own numbers", () => {
    const seen = new Set<string>();
    triples.centre.forEach((c, t) => {
      const names = [c, triples.j[t], triples.k[t]].map((p) => twoElements.species[system.species[p]]) as [
        string,
        string,
        string,
      ];
      seen.add(names.join(" "));
      const legs = [0, 1].map((x) => {
        const pair = [names[0], names[x + 1]];
        const of = (table: Record<string, number>) =>
          table[pair.join(" ")] ?? table[pair.toReversed().join(" ")];
        const sigma = of(twoElements.lambda);
        const gamma = (twoElements.threeBody.gamma as Record<string, number>)[pair.join(" ")];
        const leg = triples.vectors.subarray(3 * (2 * t + x), 3 * (2 * t + x) + 3);
        const r = Math.hypot(...leg);
        const u = Array.from(leg, (v) => v / r);
        return { u, h: Math.exp((gamma * sigma) / (r - of(twoElements.cutoff) * sigma)) };
      });
      const cosine = legs[0].u.reduce((dot, v, a) => dot + v * legs[1].u[a], 0);
      const { strength, epsilon, cosine: best } = twoElements.threeBody;
      const scale = ofTriple(strength, names) * ofTriple(epsilon, names);
      const expected = scale * (cosine - ofTriple(best, names)) ** 2 * legs[0].h * legs[1].h;
      expect(Math.abs(triples.jets[JET * t] - expected)).toBeLessThan(1e-12 * (1 + expected));
    });
    expect(seen.size).toBe(8);
  });

  test("gradient, Hessian and third derivatives: errors of central differences ∼ h²", () => {
    const exact = gradient(interactions);
    for (const k of [2, 33]) {
      const error = (h: number) => Math.abs(differenceGradient(system, model, k, h) - exact[k]);
      expect(slope(error, 4e-3)).toBeCloseTo(2, 1);
    }
    const dense = denseHessian(system, model);
    const n = system.positions.length;
    const off = (h: number) =>
      largest(differenceHessianRow(system, model, 17, h).map((v, l) => v - dense[17 * n + l]));
    expect(slope(off, 2e-3)).toBeCloseTo(2, 1);
  });

  test("U‴ : uu along a direction", () => {
    const random = testRandom(4);
    const u = system.positions.map(() => random() - 0.5);
    const exact = alongField(interactions, u).third;
    expect(exact.length).toBe(3 * interactions.particleCount);
    const error = (h: number) => {
      const matrix = differenceThirdDerivative(system, model, u, h);
      return largest(exact.map((x, k) => u.reduce((sum, v, l) => sum + matrix[k * u.length + l] * v, 0) - x));
    };
    expect(slope(error, 2e-3)).toBeCloseTo(2, 1);
  });

  test("the force field of dynamics has the same energy, gradient, stress and triples", () => {
    const field = ForceField.create(system, model);
    expect(field.energy / energy(interactions)).toBeCloseTo(1, 12);
    const exact = gradient(interactions);
    const off = largest(field.gradient().map((g, k) => g - exact[k]));
    expect(off).toBeLessThan(1e-12 * largest(exact));
    const sigma = stress(interactions, system.box);
    expect(largest(field.stress().map((s, k) => s - sigma[k]))).toBeLessThan(1e-12 * largest(sigma));
    expect(triplesOf(field.interactions()).centre).toEqual(triples.centre);
  });

  test("what does not interact is not listed: pairs without energy make no legs, λ = 0 no triple", () => {
    const { strength, ...rest } = twoElements.threeBody;
    const muted = parseModel({
      ...twoElements,
      threeBody: { ...rest, strength: { ...strength, "Si Xx Xx": 0 } },
    });
    const names = (t: number, of: typeof triples) =>
      [of.centre[t], of.j[t], of.k[t]].map((p) => system.species[p]).join("");
    const kept = triplesOf(findInteractions(system, muted));
    const count = Array.from(triples.centre.keys()).filter((t) => names(t, triples) !== "011").length;
    expect(kept.centre.length).toBe(count);
    const apart = parseModel({ ...twoElements, epsilon: { ...twoElements.epsilon, "Si Xx": 0 } });
    const separate = findInteractions(system, apart);
    const separated = triplesOf(separate);
    const among = new Set(Array.from(separated.centre.keys(), (t) => names(t, separated)));
    expect([...among].sort()).toEqual(["000", "111"]);
    expect(ForceField.create(system, apart).energy / energy(separate)).toBeCloseTo(1, 12);
  });
});

test("a glass of two elements: Σ E_α = Nd − d over pairs and triples, and the Hessian is that of its pattern", () => {
  const protocol = { liquidTime: 3, annealTime: 6, dt: 0.01 };
  const { system: glass, minimization } = makeGlass({ model, particles: 64, seed: 1, protocol });
  expect(minimization.status).toBe("converged");
  const { energies, sumRuleError } = localThermalEnergy(minimumOf(glass, model));
  expect(sumRuleError).toBeLessThan(1e-10);
  const sum = energies.flatMap(({ lte }) => [...lte]).reduce((all, e) => all + e, 0);
  expect(sum / 189).toBeCloseTo(1, 9);
  const found = findInteractions(glass, model);
  expect(hessian(found, hessianPattern(found)).lower.every(Number.isFinite)).toBe(true);
});
