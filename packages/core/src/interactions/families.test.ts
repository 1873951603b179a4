import { describe, expect, test } from "vitest";
import { artificialMetal, metalDefinition } from "../../test/eam.ts";
import { jitteredLattice, testRandom } from "../../test/reference.ts";
import { siliconCarbon } from "../../test/tersoff.ts";
import { twoElements } from "../../test/two-element.ts";
import { maxCutoff, modelToJson, type PresetName, parseModel, preset } from "../models/index.ts";
import { createBox, minimumImage, type System } from "../space/index.ts";
import { multiply } from "../sparse/index.ts";
import { rowsOf } from "../vectors.ts";
import {
  dyads,
  energyFunctions,
  familiesOf,
  familyBlocks,
  findInteractions,
  hessianPattern,
  onParticles,
  stretched,
  type TermFamily,
  withoutParticles,
} from "./index.ts";

/** A model whose lattices are so dense. */
function dense(name: PresetName, density: number) {
  const definition = modelToJson(preset(name));
  return parseModel({ ...definition, glass: { ...definition.glass, density } });
}

/** What holds of every family, whatever its terms: each identity through the interface alone. */
const cases = [
  { name: "2dipl", model: preset("2dipl"), edge: 5, jitter: 0.2 },
  { name: "3dkablj", model: preset("3dkablj"), edge: 3, jitter: 0.1 },
  { name: "sw-silicon", model: preset("sw-silicon"), edge: 3, jitter: 0.07 },
  { name: "two elements", model: parseModel(twoElements), edge: 3, jitter: 0.07 },
  { name: "a metal", model: parseModel(metalDefinition(artificialMetal())), edge: 4, jitter: 0.1 },
  { name: "bond orders", model: parseModel(siliconCarbon()), edge: 3, jitter: 0.09 },
  { name: "silicon of bond orders", model: dense("tersoff-silicon", 0.07), edge: 3, jitter: 0.09 },
];
const families = cases.flatMap((one) =>
  familiesOf(one.model).map((kind, f) => ({ ...one, f, family: kind.name })),
);

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, x, k) => sum + x * b[k], 0);
const largest = (values: ArrayLike<number>) =>
  Array.from(values).reduce((most, v) => Math.max(most, Math.abs(v)), 0);
const total = (values: ArrayLike<number>) => dot(values, Array.from(values).fill(1));
const close = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number) => {
  expect(a.length).toBe(b.length);
  expect(largest(Array.from(a, (x, k) => x - b[k]))).toBeLessThan(tolerance * (largest(b) + 1));
};

describe.each(families)("$family of $name", ({ model, edge, jitter, f }) => {
  const system = jitteredLattice(model, edge, 5, jitter);
  const d = system.box.dimension;
  const of = (at: System): TermFamily => findInteractions(at, model).families[f]!;
  const family = of(system);
  const interactions = findInteractions(system, model);
  const n = interactions.particleCount;
  const random = testRandom(11);
  const field = Float64Array.from({ length: n * d }, () => random() - 0.5);
  const legs = family.legs();
  /** Where the legs of each term begin. */
  const starts = [0];
  for (let t = 0; t < family.count; t++) starts.push(starts[t] + family.members(t).ends.length);
  const gradient = new Float64Array(n * d);
  family.addGradient(gradient);

  test("there are some, and every array has its length", () => {
    expect(family.count).toBeGreaterThan(50);
    const { members, offsets } = family.sites();
    expect(members.map((list) => list.length)).toEqual(family.kind.roles.map(() => family.count));
    expect(offsets.length).toBe(family.count * d);
    expect(legs.from.length).toBe(starts[family.count]);
    expect(Object.keys(family.measures())).toEqual(family.kind.measures.map(({ name }) => name));
    expect(family.energies().length).toBe(family.count);
  });

  test("gradient, virial and projection are sums over legs of ∂ε/∂y", () => {
    const g = family.legGradients();
    close(onParticles([legs], [g], interactions), gradient, 1e-12);
    const sigma = new Float64Array(d * d);
    family.addVirial(sigma);
    close(dyads(d, [g], [legs.vectors]), sigma, 1e-12);
    const each = family.project(field);
    const moves = stretched(legs, field, d);
    const direct = each.map((_, t) =>
      dot(g.subarray(starts[t] * d, starts[t + 1] * d), moves.subarray(starts[t] * d, starts[t + 1] * d)),
    );
    close(each, direct, 1e-12);
    expect(total(each)).toBeCloseTo(dot(gradient, field), 8);
  });

  /** M of this family alone. */
  const matrixOf = (at: System) => {
    const all = findInteractions(at, model);
    const pattern = hessianPattern(all);
    const w = pattern.dimension;
    const sums = {
      lower: new Float64Array(pattern.rows.length * w * w),
      diagonal: new Float64Array(n * w * w),
    };
    all.families[f]!.addHessian(familyBlocks(all, pattern, sums)[f]);
    // unknowns of other families stand alone
    for (let k = 0; k < n; k++) for (let a = d; a < w; a++) sums.diagonal[(k * w + a) * w + a] ||= 1;
    return { ...pattern, ...sums, hidden: w - d };
  };

  test("M, the rates of gradients and K : C are one second derivative", () => {
    const product = multiply(matrixOf(system), field);
    const moves = stretched(legs, field, d);
    close(onParticles([legs], [family.legRates(moves)], interactions), product, 1e-11);
    const spread = family.still();
    spread.add(moves, moves, 1);
    expect(total(spread.harmonic()) / dot(field, product)).toBeCloseTo(1, 9);
  });

  test("U‴ : vv and the answer to a dilation are the rates of M and of K : C, error ∼ h²", () => {
    const moves = stretched(legs, field, d);
    const spread = family.still();
    spread.add(moves, moves, 1);
    const exact = new Float64Array(n * d);
    spread.copy().addThird(exact);
    const along = dot(exact, field);
    const moved = (h: number) => ({ ...system, positions: system.positions.map((x, k) => x + h * field[k]) });
    const rate = (h: number) => {
      const [up, down] = [moved(h), moved(-h)].map((at) => dot(field, multiply(matrixOf(at), field)));
      return (up - down) / (2 * h);
    };
    const h = 2e-5;
    expect((4 * rate(h) - rate(2 * h)) / 3 / along).toBeCloseTo(1, 4);
    const dilated = (e: number) => {
      const box = createBox(
        d,
        system.box.vectors.map((x) => x * (1 + e)),
      );
      const all = of({ ...system, box, positions: system.positions.map((x) => x * (1 + e)) });
      const own = all.still();
      own.add(moves, moves, 1);
      return total(own.harmonic());
    };
    const slope = (e: number) => (dilated(e) - dilated(-e)) / (2 * e);
    const measured = (4 * slope(1e-6) - slope(2e-6)) / 3;
    expect(measured / spread.dilation()).toBeCloseTo(1, 4);
  });

  test("ε as a function of all legs: the values there, and the slopes along a field", () => {
    const energyOf = energyFunctions(interactions, model, system)[f]!;
    close(energyOf(legs.vectors), family.energies(), 1e-12);
    const moves = stretched(legs, field, d);
    const h = 1e-6;
    const [up, down] = [h, -h].map((by) => energyOf(legs.vectors.map((u, k) => u + by * moves[k])));
    const slopes = up!.map((energy, t) => (energy - down![t]) / (2 * h));
    close(slopes, family.project(field), 1e-6);
  });

  test("one term is a function of its legs: its value, gradient and curvature are those of the whole", () => {
    const energies = family.energies();
    const g = family.legGradients();
    const moves = stretched(legs, field, d);
    const rates = family.legRates(moves);
    for (const t of [0, 7, family.count - 1]) {
      const { root, ends } = family.members(t);
      expect([...legs.to.subarray(starts[t], starts[t + 1])]).toEqual([...ends]);
      expect(legs.from[starts[t]]).toBe(root);
      const own = family.energyOf(t);
      const [at, width] = [starts[t] * d, ends.length * d];
      expect(own.value).toBe(energies[t]);
      close(own.gradient, g.subarray(at, at + width), 1e-13);
      const y = moves.subarray(at, at + width);
      const turned = y.map((_, a) => dot(own.hessian.subarray(a * width, (a + 1) * width), y));
      close(turned, rates.subarray(at, at + width), 1e-11);
      const virial = family.virialOf(t, [0, 1]);
      const u = legs.vectors.subarray(at, at + width);
      let w = 0;
      for (let l = 0; l < width; l += d) w += own.gradient[l] * u[l + 1];
      expect(Math.abs(virial.value - w)).toBeLessThan(1e-12 * (1 + Math.abs(w)));
    }
  });

  test("the virial of a term: its derivatives by the legs are differences", () => {
    const h = 1e-5;
    const moved = (by: number) =>
      of({ ...system, positions: system.positions.map((x, k) => x + by * field[k]) });
    const [up, down] = [moved(h), moved(-h)];
    const moves = stretched(legs, field, d);
    for (const axes of [
      [0, 1],
      [1, 1],
    ] as const) {
      for (const t of [0, family.count >> 1, family.count - 1]) {
        const [own, plus, minus] = [family, up, down].map((at) => at.virialOf(t, axes));
        const y = moves.subarray(starts[t] * d, starts[t + 1] * d);
        const width = y.length;
        const slope = (plus.value - minus.value) / (2 * h);
        expect(Math.abs(slope - dot(own.gradient, y))).toBeLessThan(1e-7 * (1 + largest(own.gradient)));
        const turned = y.map((_, a) => dot(own.hessian.subarray(a * width, (a + 1) * width), y));
        const differences = plus.gradient.map((g, a) => (g - minus.gradient[a]) / (2 * h));
        expect(largest(differences.map((x, a) => x - turned[a]))).toBeLessThan(
          1e-6 * (1 + largest(own.hessian)),
        );
      }
    }
  });

  test("what a particle's terms look at is all that lies within its surroundings", () => {
    const { positions, box, species } = system;
    // where they look at nothing a ball that cuts through its neighbours
    const reach = (family.surroundings || 0.8) * maxCutoff(model);
    const near = Int32Array.from({ length: n }, (_, p) => p).filter((p) => {
      const u = Float64Array.from({ length: d }, (__, a) => positions[p * d + a] - positions[a]);
      return dot(minimumImage(box, u), u) <= reach * reach;
    });
    const names = new Int32Array(n).fill(-1);
    near.forEach((p, k) => {
      names[p] = k;
    });
    const part = of({ box, positions: rowsOf(positions, near, d), species: near.map((p) => species[p]) });
    const pull = (terms: TermFamily, count: number) => {
      const sum = new Float64Array(count * d);
      terms.addGradient(sum);
      return sum.subarray(0, d);
    };
    const found = pull(part, near.length);
    expect(largest(found)).toBeGreaterThan(0);
    close(found, pull(family.renamed(names, near.length), near.length), 1e-12);
    if (family.surroundings > 0) close(found, pull(family, n), 1e-12);
  });

  test("without some particles the terms of the others remain, as they were", () => {
    const removed = Int32Array.of(2, 9);
    const { interactions: rest, particles } = withoutParticles(interactions, removed);
    const left = rest.families[f]!;
    const touched = (t: number) => {
      const { root, ends } = family.members(t);
      return [root, ...ends].some((p) => removed.includes(p));
    };
    const kept = Array.from({ length: family.count }, (_, t) => t).filter((t) => !touched(t));
    expect(left.count).toBe(kept.length);
    expect(kept.length).toBeLessThan(family.count);
    const [energies, all] = [left.energies(), family.energies()];
    kept.forEach((t, k) => {
      expect(energies[k]).toBe(all[t]);
      expect(particles[left.members(k).root]).toBe(family.members(t).root);
    });
  });
});
