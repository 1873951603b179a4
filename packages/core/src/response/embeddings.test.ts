import { describe, expect, test } from "vitest";
import { artificialMetal, metalDefinition } from "../../test/eam.ts";
import { energyByDeterminant, softest } from "../../test/oracles/determinant.ts";
import { SecondNeighbours } from "../../test/oracles/secondneighbours.ts";
import { makeGlass } from "../deform/index.ts";
import { ForceField } from "../dynamics/index.ts";
import {
  Embeddings,
  energy,
  findInteractions,
  gradient,
  hessian,
  type Interactions,
  interactionsOf,
  Pairs,
  pairsOf,
  stress,
} from "../interactions/index.ts";
import { factorHessian, minimumOf } from "../minimum/index.ts";
import { type PairModel, parseModel } from "../models/index.ts";
import {
  logDeterminant,
  multiply,
  selectedInverse,
  solve,
  symmetricEigen,
  toDense,
} from "../sparse/index.ts";
import {
  allModes,
  averageEnergy,
  localThermalEnergy,
  normalModes,
  observeGlass,
  particleAverages,
  particleEnergy,
  particleStress,
  potentialEnergy,
  thermalAverage,
} from "./index.ts";
import { modeSums } from "./modesums.ts";
import { respond, spreadsOf } from "./response.ts";

const model = parseModel(metalDefinition(artificialMetal()));
const protocol = { liquidTime: 2, annealTime: 4 };
const { system: glass, minimization } = makeGlass({ model, particles: 60, seed: 2, protocol });
const minimum = minimumOf(glass, model);
const base = localThermalEnergy(minimum);
const { interactions } = minimum.backbone;
const n = glass.species.length;
const d = 3;
const embeddingsOf = ({ families }: Interactions) => families[1] as Embeddings;
const largest = (values: ArrayLike<number>) =>
  Array.from(values).reduce((most, v) => Math.max(most, Math.abs(v)), 0);
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((all, v) => all + v, 0);

test("the glass is a minimum with atoms of both signs of F″", () => {
  expect(minimization.status).toBe("converged");
  const { F2 } = embeddingsOf(interactions).arrays;
  expect(F2.filter((f) => f > 0).length).toBeGreaterThan(10);
  expect(F2.filter((f) => f < 0).length).toBeGreaterThan(10);
});

/** As files are: digits that are no function of r. */
function rough(): PairModel {
  const { pair, ...rest } = artificialMetal();
  const noisy = pair.map((rows) => rows.map((value, k) => value + 1e-7 * Math.sin(k * k)));
  return parseModel(metalDefinition({ ...rest, pair: noisy }));
}

test.each([
  ["smooth", () => model],
  ["rough", rough],
] as const)("the force field of dynamics has the same energy, gradient and stress: %s rows", (_, made) => {
  const own = made();
  const system = { ...glass, positions: glass.positions.map((x, k) => x + 0.05 * Math.sin(7 * k)) };
  const all = findInteractions(system, own);
  const field = ForceField.create(system, own);
  expect(field.energy / energy(all)).toBeCloseTo(1, 12);
  const exact = gradient(all);
  expect(largest(field.gradient().map((g, k) => g - exact[k]))).toBeLessThan(1e-12 * largest(exact));
  const sigma = stress(all, system.box);
  expect(largest(field.stress().map((s, k) => s - sigma[k]))).toBeLessThan(1e-12 * largest(sigma));
});

describe("M with one unknown an atom", () => {
  const matrix = hessian(interactions);
  const dense = toDense(matrix);
  const size = n * d;

  test("is the Hessian: the rows are differences of the gradient", () => {
    const h = 1e-5;
    for (const k of [0, 40, 101]) {
      const at = (by: number) =>
        gradient(
          findInteractions(
            { ...minimum.system, positions: minimum.system.positions.map((x, l) => (l === k ? x + by : x)) },
            model,
          ),
        );
      const [up, down] = [at(h), at(-h)];
      const row = dense.subarray(k * size, (k + 1) * size);
      expect(largest(row.map((x, l) => x - (up[l] - down[l]) / (2 * h)))).toBeLessThan(1e-6 * largest(row));
    }
  });

  test("multiplies and solves as the dense matrix does, second neighbours included", () => {
    const x = Float64Array.from({ length: size }, (_, k) => Math.sin(3 * k));
    const expected = x.map((_, p) => x.reduce((all, v, q) => all + dense[p * size + q] * v, 0));
    expect(largest(multiply(matrix, x).map((y, k) => y - expected[k]))).toBeLessThan(
      1e-11 * largest(expected),
    );
    const centred = x.map((v, k) => v - sum(x.filter((_, l) => l % d === k % d)) / n);
    const solved = minimum.solve(centred);
    const back = multiply(matrix, solved);
    expect(largest(back.map((y, k) => y - centred[k]))).toBeLessThan(1e-9);
    expect(hessian(interactions).hidden).toBe(1);
  });

  test("has the determinant and the softest modes of the dense one", () => {
    const { values } = symmetricEigen(dense);
    const vibrations = values.slice(d);
    const logs = vibrations.reduce((all, v) => all + Math.log(v), 0);
    expect(logDeterminant(minimum.factor())).toBeCloseTo(logs - d * Math.log(n), 8);
    const { squares } = normalModes(minimum, { count: 5 });
    squares.forEach((square, k) => {
      expect(square / vibrations[k]).toBeCloseTo(1, 9);
    });
  });

  test("a saddle is refused by the count of signs", () => {
    const pairs = pairsOf(interactions);
    const soft = interactionsOf(new Pairs({ ...pairs, phi2: pairs.phi2.map((k) => k - 12) }), [
      embeddingsOf(interactions),
    ]);
    expect(symmetricEigen(toDense(hessian(soft))).values[0]).toBeLessThan(-0.1);
    const structure = { box: glass.box, positions: minimum.backbone.positions, interactions: soft };
    expect(factorHessian(structure).result.status).toBe("indefinite");
  });
});

test("both routes: one unknown an atom, and Cholesky's factor of M with its second neighbours", () => {
  const { system } = makeGlass({ model, particles: 200, seed: 4, protocol });
  const { positions, interactions: augmented } = minimumOf(system, model).backbone;
  const plain = interactionsOf(pairsOf(augmented), [new SecondNeighbours(embeddingsOf(augmented).arrays)]);
  const [one, other] = [augmented, plain].map((own) => {
    const { analysed, result } = factorHessian({ box: system.box, positions, interactions: own });
    if (result.status !== "ok") throw new Error("not a minimum");
    const spreads = spreadsOf(own, analysed.pattern, selectedInverse(result.factor));
    return respond(own, spreads, (force) => solve(result.factor, force, { refine: 1 })).energies;
  });
  one.forEach((own, f) => {
    expect(largest(own.lte.map((e, k) => e - other[f].lte[k]))).toBeLessThan(1e-9 * largest(own.lte));
  });
});

describe("local thermal energies of pairs and embeddings", () => {
  test("sum to Nd − d, their anharmonic parts to 0", () => {
    expect(base.energies.map(({ kind }) => kind.name)).toEqual(["bonds", "embeddings"]);
    expect(Math.abs(sum(base.energies.flatMap(({ lte }) => [...lte])) / (n * d - d) - 1)).toBeLessThan(1e-9);
    const anharmonic = base.energies.map((own) => sum(own.anharmonic));
    expect(Math.abs(anharmonic[0])).toBeGreaterThan(0.1);
    expect(Math.abs(anharmonic[0] + anharmonic[1])).toBeLessThan(1e-9 * Math.abs(anharmonic[0]));
  });

  test("are those of the sums over all modes of the dense M: the other route", () => {
    const dense = modeSums(interactions, allModes(interactions));
    base.energies.forEach((own, f) => {
      for (const part of ["harmonic", "anharmonic"] as const) {
        const expected = dense.energies[f][part];
        expect(largest(own[part].map((e, k) => e - expected[k]))).toBeLessThan(1e-9 * largest(expected));
      }
    });
  });

  const measured = energyByDeterminant(minimum, { h: 1e-4, newtonSteps: 5 });

  test.each([0, 33, softest(base.energies[1].lte)])(
    "of embedding %i: d/dλ ln det M at the minimum of U + λε",
    (t) => {
      const found = measured.of((lambda) => (x) => {
        const { arrays } = embeddingsOf(x);
        const scaled = (values: Float64Array) => values.map((f, k) => (k === t ? f * (1 + lambda) : f));
        const changed = {
          F0: scaled(arrays.F0),
          F1: scaled(arrays.F1),
          F2: scaled(arrays.F2),
          F3: scaled(arrays.F3),
        };
        return interactionsOf(pairsOf(x), [new Embeddings({ ...arrays, ...changed })]);
      });
      const expected = base.energies[1].lte[t];
      expect(Math.abs(found - expected)).toBeLessThan(1e-5 * Math.abs(expected) + 1e-6);
    },
  );

  test.each([3, softest(base.energies[0].lte)])("of pair %i: the same", (m) => {
    const expected = base.energies[0].lte[m];
    expect(Math.abs(measured.ofPair(m) - expected)).toBeLessThan(1e-5 * Math.abs(expected) + 1e-6);
  });

  test("are the averages of their energies by Eq. 1, as those of atoms and of the whole", () => {
    const observed = observeGlass(minimum);
    const { response } = observed;
    const whole = thermalAverage(potentialEnergy(interactions), response);
    expect(whole.harmonic / (n * d - d)).toBeCloseTo(1, 8);
    const summed = averageEnergy(observed);
    expect(summed.value / whole.value).toBeCloseTo(1, 12);
    expect(summed.harmonic / whole.harmonic).toBeCloseTo(1, 10);
    expect(summed.coefficient / whole.coefficient).toBeCloseTo(1, 10);
    const atoms = Array.from(
      { length: n },
      (_, p) => thermalAverage(particleEnergy(interactions, p), response).coefficient,
    );
    expect(sum(atoms) / (n * d - d)).toBeCloseTo(1, 8);
  });

  test.each([
    [0, 0],
    [0, 1],
    [2, 1],
  ] as const)("the virial w_%i%i of an atom: its derivatives by the legs are differences", (a, b) => {
    const { system } = minimum;
    const t = 7;
    const family = (by: number, k: number) => {
      const positions = system.positions.map((x, l) => (l === k ? x + by : x));
      return findInteractions({ ...system, positions }, model).families[1];
    };
    const here = family(0, 0);
    const { root, ends } = here.members(t);
    const { gradient: slope, hessian: curvature } = here.virialOf(t, [a, b]);
    const w = slope.length;
    for (const [end, c] of [
      [ends[0], 0],
      [ends[3], 1],
      [ends[5], 2],
    ]) {
      expect(end).not.toBe(root);
      const legs = [...ends.keys()].filter((l) => ends[l] === end).map((l) => l * d + c);
      const moved = (h: number) => family(h, end * d + c).virialOf(t, [a, b]);
      const [up, down] = [moved(1e-5), moved(-1e-5)];
      const first = legs.reduce((all, l) => all + slope[l], 0);
      expect(Math.abs((up.value - down.value) / 2e-5 - first)).toBeLessThan(1e-7 * largest(slope));
      const rows = slope.map((_, m) => legs.reduce((all, l) => all + curvature[m * w + l], 0));
      const differences = rows.map((x, m) => (up.gradient[m] - down.gradient[m]) / 2e-5 - x);
      expect(largest(differences)).toBeLessThan(1e-6 * largest(curvature));
    }
  });

  test("averages of particles' stress, made of all embeddings at once, are those of Hessians one by one", () => {
    const { response, lte } = observeGlass(minimum);
    const { backbone } = minimum;
    const all = particleAverages(backbone, response, lte);
    for (const p of [0, 17, 42]) {
      const stressOf = (a: number, b: number) =>
        thermalAverage(particleStress(backbone, p, [a, b]), response).coefficient;
      const trace = stressOf(0, 0) + stressOf(1, 1) + stressOf(2, 2);
      expect(Math.abs(all.pressure[p] + trace / 3)).toBeLessThan(1e-9 * Math.abs(trace));
      expect(Math.abs(all.shear[p] - stressOf(0, 1))).toBeLessThan(1e-9 * Math.abs(trace));
    }
  });
});
