import { describe, expect, test } from "vitest";
import { alongField, triplesOf } from "../../test/families.ts";
import {
  denseHessian,
  differenceGradient,
  differenceHessianRow,
  differenceThirdDerivative,
} from "../../test/oracles/differences.ts";
import { jitteredLattice, testRandom } from "../../test/reference.ts";
import { preset } from "../models/index.ts";
import { createBox, volume } from "../space/index.ts";
import {
  energy,
  findInteractions,
  gradient,
  hessian,
  hessianPattern,
  interactionsOf,
  pairsOf,
  stress,
  withoutParticles,
} from "./index.ts";
import { tripleGradient, tripleHessian, tripleThird, tripleWork } from "./triples-derivatives.ts";
import { TripleSpread } from "./triples-spread.ts";

const silicon = preset("sw-silicon");
const system = jitteredLattice(silicon, 3, 5, 0.07);
const interactions = findInteractions(system, silicon);
const triples = triplesOf(interactions);
const d = 3;
const n = system.positions.length;

const largest = (values: ArrayLike<number>) =>
  Array.from(values).reduce((most, v) => Math.max(most, Math.abs(v)), 0);
const slope = (error: (h: number) => number, h: number) => Math.log2(error(h) / error(h / 2));

/** The three-body energy of Stillinger & Weber, straight from the paper, over all pairs of neighbours. */
function bruteForceTriples(): number {
  const { i, j, du, r } = pairsOf(interactions);
  let sum = 0;
  for (let p = 0; p < n / d; p++) {
    const around: { u: number[]; r: number }[] = [];
    i.forEach((a, m) => {
      const u = Array.from(du.subarray(m * d, (m + 1) * d));
      if (a === p) around.push({ u, r: r[m] });
      if (j[m] === p) around.push({ u: u.map((x) => -x), r: r[m] });
    });
    around.forEach((a, x) => {
      for (const b of around.slice(x + 1)) {
        const cosine = a.u.reduce((dot, c, k) => dot + c * b.u[k], 0) / (a.r * b.r);
        sum += 21 * (cosine + 1 / 3) ** 2 * Math.exp(1.2 / (a.r - 1.8)) * Math.exp(1.2 / (b.r - 1.8));
      }
    });
  }
  return sum;
}

describe("triples of silicon", () => {
  test("have the energy of the formula", () => {
    const pairs = interactionsOf(pairsOf(interactions));
    expect(triples.centre.length).toBeGreaterThan(200);
    expect((energy(interactions) - energy(pairs)) / bruteForceTriples()).toBeCloseTo(1, 12);
  });

  test("gradient against central differences of the energy: second order", () => {
    const exact = gradient(interactions);
    for (const k of [0, 7, 50]) {
      const error = (h: number) => Math.abs(differenceGradient(system, silicon, k, h) - exact[k]);
      expect(slope(error, 4e-3)).toBeCloseTo(2, 1);
    }
  });

  test("Hessian against central differences of the gradient: second order", () => {
    const dense = denseHessian(system, silicon);
    for (const k of [0, 40]) {
      const error = (h: number) =>
        largest(differenceHessianRow(system, silicon, k, h).map((v, l) => v - dense[k * n + l]));
      expect(slope(error, 2e-3)).toBeCloseTo(2, 1);
    }
  });

  test("U‴ : vv against central differences of the Hessian: second order", () => {
    const v = Float64Array.from({ length: n }, (_, k) => Math.sin(3 * k + 1));
    const exact = alongField(interactions, v).third;
    const error = (h: number) => {
      const matrix = differenceThirdDerivative(system, silicon, v, h);
      return largest(exact.map((x, k) => v.reduce((sum, vl, l) => sum + matrix[k * n + l] * vl, 0) - x));
    };
    expect(slope(error, 2e-3)).toBeCloseTo(2, 1);
  });

  test("stress is the strain derivative of the energy", () => {
    const sigma = stress(interactions, system.box);
    for (const [a, b] of [
      [0, 0],
      [2, 2],
      [1, 0],
      [2, 0],
      [2, 1],
    ] as const) {
      const strained = (e: number) => {
        // x_b += e x_a keeps the box lower triangular
        const strain = (values: Float64Array) =>
          values.map((x, k) => (k % d === b ? x + e * values[k - b + a] : x));
        const box = createBox(3, strain(system.box.vectors));
        return energy(findInteractions({ ...system, box, positions: strain(system.positions) }, silicon));
      };
      const h = 1e-5;
      const expected = (strained(h) - strained(-h)) / (2 * h) / volume(system.box);
      expect(Math.abs(sigma[a * d + b] - expected)).toBeLessThan(1e-7 * largest(sigma));
    }
  });
});

test("ends that are images of one particle: Hessian against central differences, symmetric", () => {
  const small = jitteredLattice(silicon, 2, 5, 0.07);
  const found = triplesOf(findInteractions(small, silicon));
  expect(found.j.some((j, t) => j === found.k[t])).toBe(true);
  const dense = denseHessian(small, silicon);
  for (const k of [0, 10, 23]) {
    const error = (h: number) =>
      largest(differenceHessianRow(small, silicon, k, h).map((v, l) => v - dense[k * 24 + l]));
    expect(slope(error, 2e-3)).toBeCloseTo(2, 1);
    for (let l = 0; l < 24; l++) expect(dense[k * 24 + l] / dense[l * 24 + k]).toBeCloseTo(1, 12);
  }
});

describe("a triple", () => {
  const work = tripleWork(d);
  const random = testRandom(3);
  const spin = [1, 2, 3].map(() => random() - 0.5) as [number, number, number];
  const rotated = ([x, y, z]: number[]) => [
    spin[1] * z! - spin[2] * y!,
    spin[2] * x! - spin[0] * z!,
    spin[0] * y! - spin[1] * x!,
  ];
  const cases = [0, 11, 97, triples.centre.length - 1];

  test("does not notice translations: its gradient on three particles sums to 0 and projects them out", () => {
    const uniform = Float64Array.from({ length: n }, (_, k) => [1, -2, 0.5][k % d]);
    for (const value of triples.project(uniform)) expect(value).toBe(0);
  });

  test.each(cases)("%i does not notice rotations, to third order", (t) => {
    const legs = triples.vectors.subarray(t * 2 * d, (t + 1) * 2 * d);
    const turn = Float64Array.from([...rotated([...legs.subarray(0, 3)]), ...rotated([...legs.subarray(3)])]);
    const again = Float64Array.from([
      ...rotated([...turn.subarray(0, 3)]),
      ...rotated([...turn.subarray(3)]),
    ]);
    const thrice = Float64Array.from([
      ...rotated([...again.subarray(0, 3)]),
      ...rotated([...again.subarray(3)]),
    ]);
    const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      Array.from(a).reduce((sum, x, k) => sum + x * b[k], 0);
    const times = (h: Float64Array, x: Float64Array) =>
      x.map((_, a) => dot(h.subarray(a * 6, (a + 1) * 6), x));
    const g = tripleGradient(triples, t, work).slice();
    const h = tripleHessian(triples, t, work).slice();
    const third = tripleThird(
      triples,
      t,
      Float64Array.from([...turn].flatMap((a) => [...turn].map((b) => a * b))),
      work,
    );
    const scale = largest(g) + largest(h) + largest(third);
    // d/dθ, d²/dθ² and d³/dθ³ of ε(R(θ)y) vanish
    expect(Math.abs(dot(g, turn))).toBeLessThan(1e-13 * scale);
    expect(Math.abs(dot(g, again) + dot(turn, times(h, turn)))).toBeLessThan(1e-13 * scale);
    expect(Math.abs(dot(g, thrice) + 3 * dot(again, times(h, turn)) + dot(third, turn))).toBeLessThan(
      1e-13 * scale,
    );
  });

  test("H : C and the matrix agree", () => {
    const c = Float64Array.from({ length: triples.centre.length * 36 }, () => random());
    const contraction = new TripleSpread(triples, c).harmonic();
    for (const t of cases) {
      const h = tripleHessian(triples, t, work);
      const expected = h.reduce((sum, x, e) => sum + x * c[t * 36 + e], 0);
      expect(contraction[t]).toBeCloseTo(expected, 12);
    }
  });
});

test("without some particles the triples among the others remain, renumbered", () => {
  const removed = Int32Array.of(2, 9);
  const rest = withoutParticles(interactions, removed);
  const left = triplesOf(rest.interactions);
  const gone = (p: number) => removed.includes(p);
  const kept = Array.from(triples.centre.keys()).filter(
    (t) => ![triples.centre[t], triples.j[t], triples.k[t]].some(gone),
  );
  expect(left.centre.length).toBe(kept.length);
  kept.forEach((t, k) => {
    for (const name of ["centre", "j", "k"] as const)
      expect(rest.particles[left[name][k]]).toBe(triples[name][t]);
    expect(left.vectors.subarray(k * 6, (k + 1) * 6)).toEqual(triples.vectors.subarray(t * 6, (t + 1) * 6));
  });
  const pattern = hessianPattern(rest.interactions);
  const pairsOnly = { ...pattern, places: pattern.places.slice(0, 1) };
  expect(() => hessian(rest.interactions, pairsOnly)).toThrow(/not that of these interactions/);
});
