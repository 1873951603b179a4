import { describe, expect, test } from "vitest";
import { readReference } from "../../test/reference.ts";
import { energy, findInteractions, gradient, hessian, pairsOf } from "../interactions/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { debyeWaller, localThermalEnergy, pseudoInverse, sharedAmongParticles } from "../response/index.ts";
import { rectangularBox } from "../space/index.ts";
import { toDense } from "../sparse/index.ts";
import { coloursOf, reachOf } from "./colouring.ts";
import { type Evaluation, engineEnergies, engineMinimum } from "./index.ts";
import { philox, signs, Use } from "./signs.ts";

const { system, model } = readReference("2dipl_400");
const { box, positions } = system;

/** softfield's own potential as an engine: what it gives is known exactly. */
function own(change: (found: Evaluation, x: Float64Array) => Evaluation = (found) => found) {
  const engine = {
    name: "own",
    calls: 0,
    forces: (x: Float64Array): Evaluation => {
      engine.calls++;
      const interactions = findInteractions({ ...system, positions: x }, model);
      const { i, j, phi0 } = pairsOf(interactions);
      const energies = new Float64Array(system.species.length);
      phi0.forEach((phi, m) => {
        for (const p of [i[m], j[m]]) energies[p] = energies[p] + phi / 2;
      });
      const forces = gradient(interactions).map((g) => -g);
      return change({ energy: energy(interactions), forces, energies }, x);
    },
  };
  return engine;
}

const exact = minimumOf(system, model);
const response = localThermalEnergy(exact);
const { share } = sharedAmongParticles(response.energies, system.species.length);

const size = (x: Float64Array) => Math.sqrt(x.reduce((sum, v) => sum + v * v, 0));
const apart = (x: Float64Array, y: Float64Array) => size(x.map((v, k) => v - y[k])) / size(y);

test("Philox4x32-10 gives the words of its authors' test vectors", () => {
  const hex = (words: readonly number[]) => words.map((word) => word.toString(16));
  // kat_vectors of Random123
  expect(hex(philox([0, 0, 0, 0], [0, 0]))).toEqual(["6627e8d5", "e169c58d", "bc57ac4c", "9b00dbd8"]);
  const ones = 0xffffffff;
  expect(hex(philox([ones, ones, ones, ones], [ones, ones]))).toEqual([
    ...["408f276d", "41c83b0e", "a20bc7c6", "6d5451fd"],
  ]);
  expect(hex(philox([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0]))).toEqual([
    ...["d16cfe09", "94fdcceb", "5001e420", "24126ea1"],
  ]);
});

test("signs of a place do not depend on how many there are", () => {
  const many = signs(1000, 7, Use.samples, 3);
  expect(signs(300, 7, Use.samples, 3)).toEqual(many.slice(0, 300));
  expect(signs(1000, 8, Use.samples, 3)).not.toEqual(many);
  expect(Math.abs(many.reduce((sum, sign) => sum + sign, 0))).toBeLessThan(130);
});

describe("colours", () => {
  const random = (n: number, seed: number) => {
    const edge = Math.cbrt(n);
    const [x, y] = [signs(3 * n * 16, seed, Use.probe, 0), new Float64Array(3 * n)];
    for (let k = 0; k < y.length; k++)
      for (let b = 0; b < 16; b++) y[k] += x[16 * k + b] > 0 ? edge / 2 ** (b + 1) : 0;
    return { box: rectangularBox(edge, edge, edge), x: y };
  };

  test("no two particles of one have a neighbour in common", () => {
    const { box: cube, x } = random(500, 1);
    const reach = reachOf(cube, x, 1.3);
    const groups = coloursOf(cube, x, reach);
    expect(groups.reduce((sum, group) => sum + group.length, 0)).toBe(500);
    for (const group of groups) {
      const seen = new Set<number>();
      for (const p of group)
        for (const q of reach.neighbours.subarray(reach.starts[p], reach.starts[p + 1])) {
          expect(seen.has(q)).toBe(false);
          seen.add(q);
        }
    }
  });

  test("are as many however large the glass is", () => {
    const counts = [1000, 8000].map((n) => {
      const { box: cube, x } = random(n, 2);
      return coloursOf(cube, x, reachOf(cube, x, 1.5)).length;
    });
    expect(counts[1] / counts[0]).toBeLessThan(1.25);
    expect(counts[0]).toBeLessThan(120);
  });
});

describe("with softfield's own forces as an engine's", () => {
  test("M, modes one by one: the exact energies of particles", async () => {
    const engine = own();
    const minimum = await engineMinimum({ engine, box, positions });
    const dense = toDense(hessian(exact.backbone.interactions));
    expect(apart(toDense(minimum.matrix), dense)).toBeLessThan(1e-8);
    expect(minimum.range).toBeGreaterThan(1.7);
    expect(minimum.colours).toBeLessThan(80);
    expect(minimum.missing).toBeLessThan(1e-7);
    const found = await engineEnergies(minimum, { modes: Infinity });
    expect(found.samples).toBe(0);
    expect(apart(found.lte!, share)).toBeLessThan(2e-5);
    expect(apart(found.displacement, response.displacement)).toBeLessThan(2e-5);
    expect(apart(found.debyeWaller, debyeWaller(pseudoInverse(exact)))).toBeLessThan(1e-7);
    expect(found.sum! / found.expected).toBeCloseTo(1, 6);
    expect(found.errors!.every((error) => error === 0)).toBe(true);
    expect(minimum.calls.made).toBe(engine.calls);
  }, 60_000);

  test("samples are off by what they say, and of a seed the same bits", async () => {
    const minimum = await engineMinimum({ engine: own(), box, positions });
    const before = minimum.calls.made;
    const sampled = (seed: number) => engineEnergies(minimum, { modes: 30, samples: 80, seed });
    const first = await sampled(1);
    expect(minimum.calls.made - before).toBe(1 + 2 * 30 + 2 * 80);
    expect((await sampled(1)).lte).toEqual(first.lte);
    const squares: number[] = [];
    for (const { lte, errors } of [first, await sampled(2), await sampled(3), await sampled(4)])
      lte!.forEach((e, p) => {
        squares.push(((e - share[p]) / errors![p]) ** 2);
      });
    const chi2 = squares.reduce((sum, square) => sum + square, 0) / squares.length;
    // errors of one sample are alike through soft modes: its χ² scatters, that of four does less
    expect(chi2).toBeGreaterThan(0.5);
    expect(chi2).toBeLessThan(2);
    expect(apart(first.lte!, share)).toBeLessThan(0.2);
  }, 60_000);

  test("a configuration with few digits goes back to its minimum", async () => {
    const shaken = positions.map((x, k) => x + 1e-5 * signs(positions.length, 3, Use.probe, 9)[k]);
    const minimum = await engineMinimum({ engine: own(), box, positions: shaken });
    expect(minimum.refineSteps).toBeGreaterThan(1);
    expect(minimum.force).toBeLessThan(1e-11);
    const moves = minimum.positions.map((x, k) => x - exact.system.positions[k]);
    const shift = [0, 1].map((a) => moves.reduce((sum, x, k) => (k % 2 === a ? sum + x / 400 : sum), 0));
    expect(size(moves.map((x, k) => x - shift[k % 2]))).toBeLessThan(1e-9);
    await expect(
      engineMinimum({ engine: own(), box, positions: shaken }, { refine: false }),
    ).rejects.toMatchObject({
      code: "not-a-minimum",
      message: expect.stringMatching(/--no-refine/),
    });
  }, 60_000);

  test("without energies of atoms there are displacements, and no energies", async () => {
    const engine = own(({ energy: u, forces }) => ({ energy: u, forces }));
    const minimum = await engineMinimum({ engine, box, positions });
    const found = await engineEnergies(minimum, { modes: 10, samples: 10 });
    expect(found.lte).toBeUndefined();
    expect(found.displacementErrors.every((error) => error > 0)).toBe(true);
  }, 60_000);
});

describe("refused", () => {
  const minimum = (
    change: (found: Evaluation, x: Float64Array) => Evaluation,
    options: Parameters<typeof engineMinimum>[1] = {},
    x = positions,
  ) => engineMinimum({ engine: own(change), box, positions: x }, options);
  const same = (found: Evaluation) => found;

  test("a range that is too short", async () => {
    await expect(minimum(same, { range: 1.2 })).rejects.toMatchObject({
      code: "numerics",
      message: expect.stringMatching(/miss .* %.*leave --range out/),
    });
  });

  test("forces that are not the slope of the energy", async () => {
    const turned = ({ energy: u, forces }: Evaluation) => ({ energy: u, forces: forces.map((f) => 2 * f) });
    await expect(minimum(turned)).rejects.toThrow(/forces are not the slope of the energy/);
  });

  test("forces that are not the same twice", async () => {
    let call = 0;
    const noisy = ({ energy: u, forces }: Evaluation) => {
      const noise = signs(forces.length, 1, Use.probe, 100 + call++);
      return { energy: u, forces: forces.map((f, k) => f + 3 * noise[k]) };
    };
    await expect(minimum(noisy)).rejects.toThrow(/do not settle at any displacement/);
  });

  test("forces that know a place", async () => {
    const held = ({ energy: u, forces }: Evaluation, x: Float64Array) => ({
      energy: u + 25 * (x[0] - positions[0]) ** 2,
      forces: forces.map((f, k) => (k === 0 ? f - 50 * (x[0] - positions[0]) : f)),
    });
    await expect(minimum(held)).rejects.toThrow(/a common displacement leaves/);
  }, 30_000);

  test("what is no number, and arrays of other lengths", async () => {
    const broken = ({ energy: u, forces }: Evaluation) => ({
      energy: u,
      forces: forces.map((f, k) => (k === 5 ? Number.NaN : f)),
    });
    await expect(minimum(broken)).rejects.toThrow(/force NaN on particle 2/);
    const short = ({ energy: u, forces }: Evaluation) => ({ energy: u, forces: forces.slice(2) });
    await expect(minimum(short)).rejects.toThrow(/798 components of forces for 400 particles/);
  });

  test("a configuration far from any minimum", async () => {
    const far = positions.map((x, k) => x + 0.1 * signs(positions.length, 3, Use.probe, 9)[k]);
    await expect(minimum(same, {}, far)).rejects.toMatchObject({ code: "not-a-minimum" });
  }, 30_000);
});
