import { describe, expect, test } from "vitest";
import { alongField } from "../../test/families.ts";
import {
  denseHessian,
  differenceGradient,
  differenceHessianRow,
  differenceThirdDerivative,
} from "../../test/oracles/differences.ts";
import { jitteredLattice, readReference } from "../../test/reference.ts";
import { paperModels, preset } from "../models/index.ts";
import { createBox, rectangularBox, type System, volume } from "../space/index.ts";
import {
  connectedClusters,
  energy,
  findInteractions,
  findRattlers,
  gradient,
  largestComponent,
  pairsOf,
  stress,
  typicalForce,
  withoutParticles,
} from "./index.ts";

/** Error of a central difference at h and h/2: their ratio is 4 for a right derivative. */
function slope(error: (h: number) => number, h: number): number {
  return Math.log2(error(h) / error(h / 2));
}

const largest = (values: ArrayLike<number>) =>
  Array.from(values).reduce((most, v) => Math.max(most, Math.abs(v)), 0);

describe.each([...paperModels])("derivatives of %s", (name) => {
  const model = preset(name);
  const system = jitteredLattice(model, model.dimension === 2 ? 5 : 4, 3);
  const d = system.box.dimension;
  const interactions = findInteractions(system, model);

  test("gradient against central differences of the energy: second order", () => {
    const exact = gradient(interactions);
    for (const k of [0, 7, 13]) {
      expect(slope((h) => Math.abs(differenceGradient(system, model, k, h) - exact[k]), 4e-3)).toBeCloseTo(
        2,
        1,
      );
    }
  });

  test("Hessian against central differences of the gradient: second order", () => {
    const dense = denseHessian(system, model);
    const n = system.positions.length;
    for (const k of [0, 9]) {
      const row = dense.subarray(k * n, (k + 1) * n);
      const error = (h: number) =>
        largest(differenceHessianRow(system, model, k, h).map((v, l) => v - row[l]));
      expect(slope(error, 4e-3)).toBeCloseTo(2, 1);
    }
  });

  test("U‴ : vv against central differences of the Hessian: second order", () => {
    const v = Float64Array.from(system.positions, (_, k) => Math.sin(3 * k + 1));
    const n = v.length;
    // for C_α = (v_j − v_i)(v_j − v_i)ᵀ the contraction is U‴ : vv
    const { third: exact, harmonic } = alongField(interactions, v);
    const error = (h: number) => {
      const third = differenceThirdDerivative(system, model, v, h);
      return largest(exact.map((e, k) => e - v.reduce((sum, w, l) => sum + w * third[k * n + l], 0)));
    };
    expect(slope(error, 2e-3)).toBeCloseTo(2, 1);
    // and K_α : C_α sums to v·M·v
    const dense = denseHessian(system, model);
    const quadratic = v.reduce(
      (sum, w, k) => sum + w * v.reduce((s, u, l) => s + u * dense[k * n + l], 0),
      0,
    );
    const contracted = harmonic.flatMap((own) => [...own]).reduce((sum, h) => sum + h, 0);
    expect(Math.abs(contracted / quadratic - 1)).toBeLessThan(1e-12);
  });

  test("Σ_α f_α · X = ∂U/∂x · X for any field", () => {
    const field = Float64Array.from(system.positions, (_, k) => Math.cos(k));
    const each = interactions.families.flatMap((family) => [...family.project(field)]);
    const sum = each.reduce((total, a) => total + a, 0);
    const direct = gradient(interactions).reduce((total, g, k) => total + g * field[k], 0);
    expect(Math.abs(sum - direct)).toBeLessThan(1e-11 * Math.abs(direct) + 1e-9);
  });

  test("shear stress is (1/V) dU/dγ of x += γ·y", () => {
    const sigma = stress(interactions, system.box);
    const sheared = (gamma: number) => {
      const h = system.box.vectors;
      const map = (x: ArrayLike<number>) =>
        Float64Array.from(x, (value, k) => (k % d === 0 ? value + gamma * x[k + 1] : value));
      return energy(
        findInteractions({ ...system, box: createBox(d, map(h)), positions: map(system.positions) }, model),
      );
    };
    const size = volume(system.box);
    const error = (h: number) => Math.abs((sheared(h) - sheared(-h)) / (2 * h * size) - sigma[1]);
    expect(slope(error, 4e-3)).toBeCloseTo(2, 1);
    expect(sigma[1]).toBe(sigma[d]);
  });
});

describe("findInteractions", () => {
  test("finds the bonds of the reference configurations, which are minima", () => {
    for (const name of ["2dipl_400", "2dipl_1600_sheared_soft", "3dipl_400", "3dkablj_400"] as const) {
      const { system, model, lte } = readReference(name);
      const interactions = findInteractions(system, model);
      const keys = ({ i, j }: { i: Int32Array; j: Int32Array }) =>
        Float64Array.from(i, (p, m) => p * 1e6 + j[m]);
      expect(keys(pairsOf(interactions))).toEqual(keys(lte).sort());
      const residual = largestComponent(gradient(interactions), system.box.dimension).value;
      expect(residual / typicalForce(interactions)).toBeLessThan(1e-12);
    }
  });

  test("keeps every image in a box between one and two cutoffs: forces of the doubled cell are the same", () => {
    const model = preset("2dipl");
    const small = jitteredLattice(model, 3, 5, 0.2);
    const h = small.box.vectors;
    const doubled: System = {
      box: createBox(
        2,
        h.map((x) => 2 * x),
      ),
      positions: Float64Array.from(
        [0, 1, 2, 3].flatMap((k) => {
          const [a, b] = [k % 2, k >> 1];
          return Array.from(small.positions, (x, c) => x + a * h[c % 2] + b * h[2 + (c % 2)]);
        }),
      ),
      species: Int32Array.from([...small.species, ...small.species, ...small.species, ...small.species]),
    };
    const one = findInteractions(small, model);
    const four = findInteractions(doubled, model);
    expect(4 * pairsOf(one).count).toBe(pairsOf(four).count);
    expect(Math.abs(energy(four) / energy(one) - 4)).toBeLessThan(1e-12);
    const g = gradient(four);
    gradient(one).forEach((value, k) => {
      expect(Math.abs(value - g[k])).toBeLessThan(1e-10);
    });
  });

  test("refuses a box shorter than the cutoff, coinciding particles, a foreign dimension and species", () => {
    const model = preset("2dipl");
    const system = (positions: number[], edge = 9, species = [0, 0]): System => ({
      box: rectangularBox(edge, edge),
      positions: Float64Array.from(positions),
      species: Int32Array.from(species),
    });
    expect(() => findInteractions(system([0, 0, 1, 1], 1.9), model)).toThrow(/box too small for the cutoff/);
    expect(() => findInteractions(system([1, 1, 10, 1]), model)).toThrow(/particles 0 and 1 overlap/);
    expect(() => findInteractions(system([0, 0, 1, 1], 9, [0, 2]), model)).toThrow(
      /particle 1 is of species 2/,
    );
    expect(() => findInteractions(system([0, 0, 1, 1]), preset("3dipl"))).toThrow(/3D/);
  });
});

describe("rattlers and clusters", () => {
  const model = preset("2dipl");

  test("a lone particle is a rattler; a dimer at rest is two, found one after the other", () => {
    const { system } = readReference("2dipl_400");
    expect(Array.from(findRattlers(findInteractions(system, model)))).toEqual([]);
    const r0 = 1.48 - 1e-9; // φ′ vanishes at the cutoff: an unloaded bond
    const more: System = {
      box: createBox(2, [40, 0, 0, 40]),
      positions: Float64Array.from([...system.positions, 30, 30, 35, 35, 35 + r0, 35]),
      species: Int32Array.from([...system.species, 0, 0, 0]),
    };
    const interactions = findInteractions(more, model);
    expect(Array.from(findRattlers(interactions)).filter((p) => p >= 400)).toEqual([400, 401, 402]);
  });

  test("clusters are told apart", () => {
    const { system } = readReference("2dipl_400");
    const apart: System = {
      box: createBox(2, [60, 0, 0, 60]),
      positions: Float64Array.from([...system.positions, 40, 40, 41, 40]),
      species: Int32Array.from([...system.species, 0, 0]),
    };
    const { labels, sizes } = connectedClusters(findInteractions(apart, model));
    expect(sizes).toEqual([400, 2]);
    expect(labels[401]).toBe(1);
  });

  test("removing particles keeps the rest of the interactions", () => {
    const { system } = readReference("2dipl_400");
    const interactions = findInteractions(system, model);
    const { interactions: rest, particles } = withoutParticles(interactions, Int32Array.of(5, 17));
    expect(rest.particleCount).toBe(398);
    expect(particles[5]).toBe(6);
    const [all, left] = [pairsOf(interactions), pairsOf(rest)];
    const kept = Array.from(all.i.keys()).filter(
      (m) => ![all.i[m], all.j[m]].some((p) => p === 5 || p === 17),
    );
    expect(left.count).toBe(kept.length);
    kept.forEach((m, k) => {
      expect(particles[left.i[k]]).toBe(all.i[m]);
      expect(particles[left.j[k]]).toBe(all.j[m]);
      expect(left.phi3[k]).toBe(all.phi3[m]);
    });
  });
});
