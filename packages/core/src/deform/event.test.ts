import { describe, expect, test } from "vitest";
import { jitteredLattice, testRandom } from "../../test/reference.ts";
import { findInteractions, pairsOf } from "../interactions/index.ts";
import { preset } from "../models/index.ts";
import { d2min, participationRatio } from "./event.ts";

describe("participation ratio", () => {
  test("1 if all move alike, 1/N if one does, 0 if none", () => {
    expect(participationRatio(new Float64Array(20).fill(0.3), 2)).toBeCloseTo(1, 14);
    const alone = new Float64Array(30);
    alone.set([0.1, -0.2, 0.05], 12);
    expect(participationRatio(alone, 3)).toBeCloseTo(0.1, 14);
    expect(participationRatio(new Float64Array(6), 2)).toBe(0);
  });
});

describe.each(["2dipl", "3dipl"] as const)("D²_min in %s", (name) => {
  const model = preset(name);
  const d = model.dimension as 2 | 3;
  const system = jitteredLattice(model, d === 2 ? 8 : 5);
  const interactions = findInteractions(system, model);
  const random = testRandom(5);
  const field = Float64Array.from(system.positions, () => 0.1 * (random() - 0.5));

  test("is the residue of the least-squares strain of a particle's bonds", () => {
    const all = d2min(interactions, field);
    const p = 11;
    const pairs = pairsOf(interactions);
    const bonds: { u: number[]; w: number[] }[] = [];
    for (let m = 0; m < pairs.i.length; m++) {
      const [i, j] = [pairs.i[m], pairs.j[m]];
      if (i !== p && j !== p) continue;
      const u = Array.from(pairs.du.subarray(m * d, m * d + d));
      bonds.push({ u, w: u.map((_, a) => field[j * d + a] - field[i * d + a]) });
    }
    // Gradient descent on Σ|w − F·u|² knows nothing of normal equations.
    const f = new Float64Array(d * d);
    const rate = 0.4 / bonds.reduce((sum, { u }) => sum + u.reduce((s, x) => s + x * x, 0), 0);
    let square = 0;
    for (let step = 0; step < 4000; step++) {
      const slope = new Float64Array(d * d);
      square = 0;
      for (const { u, w } of bonds) {
        for (let a = 0; a < d; a++) {
          let rest = w[a];
          for (let b = 0; b < d; b++) rest -= f[a * d + b] * u[b];
          square += rest * rest;
          for (let b = 0; b < d; b++) slope[a * d + b] += 2 * rest * u[b];
        }
      }
      for (let k = 0; k < f.length; k++) f[k] += rate * slope[k];
    }
    expect(all[p]).toBeCloseTo(square / bonds.length, 10);
  });

  test("does not see an affine field, and sees one particle that moves alone", () => {
    const lone = new Float64Array(field.length);
    lone[5 * d] = 0.2;
    const squares = d2min(interactions, lone);
    expect(squares.indexOf(Math.max(...squares))).toBe(5);
    expect(squares[5]).toBeGreaterThan(0.02);
  });
});
