import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { readReference, testRandom } from "../../test/reference.ts";
import { particleSites } from "../indicators/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { type GlassResponse, localThermalEnergy } from "../response/index.ts";
import { createBox, rectangularBox } from "../space/index.ts";
import { binCount, binIndices, makeBins, neighborhood } from "./bins.ts";
import {
  fieldAt,
  fieldOf,
  indicatorCorrelation,
  nearestSpot,
  periodicDistance,
  pointInBin,
  softnessField,
  softSpots,
  spotShares,
} from "./index.ts";
import { coarseGrain } from "./softness.ts";

let glass: GlassResponse;
beforeAll(() => {
  const { system, model } = readReference("2dipl_1600");
  glass = localThermalEnergy(minimumOf(system, model));
});

const largest = (values: Float64Array) => values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);

describe("bins", () => {
  test("follow the rule: L/40 at N = 10,000, the same size of bins for other N", () => {
    const edge = (n: number) => Math.sqrt(n / 0.86);
    expect(makeBins(rectangularBox(edge(10_000), edge(10_000)), 10_000).counts).toEqual([40, 40]);
    expect(makeBins(rectangularBox(edge(1600), edge(1600)), 1600).counts).toEqual([16, 16]);
    expect(makeBins(rectangularBox(50, 100), 4300).counts).toEqual([18, 37]);
    expect(makeBins(rectangularBox(9, 9, 9), 600).counts).toEqual([4, 4, 4]);
    expect(makeBins(rectangularBox(9, 9), 600, 7).counts).toEqual([7, 7]);
    expect(() => makeBins(rectangularBox(9, 9), 600, 2.5)).toThrow(/2.5 bins/);
    expect(() => makeBins(rectangularBox(9, 9), 600, 4097)).toThrow("give a whole number from 1 to 4096");
    expect(() => makeBins(rectangularBox(9, 9, 9), 600, 257)).toThrow("give a whole number from 1 to 256");
    expect(makeBins(rectangularBox(9, 9), 600, 4096).counts).toEqual([4096, 4096]);
  });

  test("every point falls into the bin whose corner lies below it, in tilted boxes too", () => {
    const bins = { box: createBox(3, [5, 0, 0, 1, 4, 0, -0.5, 0.7, 6]), counts: [3, 4, 5] };
    const offset = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(fc.nat(59), offset, offset, offset, (index, ...offsets) => {
        expect(binIndices(bins, pointInBin(bins, index, offsets))[0]).toBe(index);
      }),
    );
  });

  test("neighbourhoods: 9 in 2D, 27 in 3D, each bin once where edges are short", () => {
    expect(neighborhood({ box: rectangularBox(1, 1), counts: [4, 5] }, 0).sort((a, b) => a - b)).toEqual([
      0, 1, 3, 4, 5, 7, 16, 17, 19,
    ]);
    expect(neighborhood({ box: rectangularBox(1, 1, 1), counts: [3, 3, 3] }, 5).length).toBe(27);
    expect(neighborhood({ box: rectangularBox(1, 1), counts: [2, 1] }, 0)).toHaveLength(2);
  });
});

describe("the softness field of a glass", () => {
  const field = (options = {}, system = glass.system) =>
    softnessField(system.box, system.positions, glass.energies, options);

  test("before smoothing holds the sum over kept bonds; smoothing moves it, loses none", () => {
    const [{ lte }] = glass.energies;
    const kept = lte.filter((e) => Math.abs(e) >= 1.1);
    const total = kept.reduce((sum, e) => sum + Math.abs(e), 0);
    const map = field();
    const sum = (values: Float64Array) => values.reduce((all, v) => all + v, 0);
    expect(Math.abs(sum(map.sums) / total - 1)).toBeLessThan(1e-12);
    expect(map.kept.reduce((all, n) => all + n, 0)).toBe(kept.length);
    expect(map.entries.reduce((all, n) => all + n, 0)).toBe(lte.length);
    expect(Math.abs(sum(map.values) / sum(map.raw) - 1)).toBeLessThan(1e-12);
    expect(Math.min(...map.entries)).toBeGreaterThanOrEqual(2);
  });

  test("is invariant under translation by whole bins, which move with it", () => {
    const map = field();
    const n = map.counts[0];
    const by = (3 * glass.system.box.vectors[0]) / n;
    const moved = field(
      {},
      { ...glass.system, positions: glass.system.positions.map((x, k) => (k % 2 ? x : x + by)) },
    );
    map.values.forEach((value, bin) => {
      const there = bin - (bin % n) + ((bin + 3) % n);
      expect(Math.abs(moved.values[there] - value)).toBeLessThan(1e-9);
    });
  });

  test("is mirrored with the glass, and so are its spots", () => {
    const edge = glass.system.box.vectors[0];
    const flip = (values: Float64Array, about: number) => values.map((x, k) => (k % 2 ? x : about - x));
    const mirrored = softnessField(
      glass.system.box,
      flip(glass.system.positions, edge),
      glass.energies.map(({ sites, lte }) => ({ sites: { ...sites, offsets: flip(sites.offsets, 0) }, lte })),
    );
    const scores = (f: typeof mirrored) => softSpots(f).spots.map((spot) => spot.score);
    const [own, other] = [scores(field()), scores(mirrored)];
    expect(other.length).toBe(own.length);
    for (const [k, score] of own.entries()) expect(Math.abs(score - other[k])).toBeLessThan(1e-9);
  });

  test("does not depend on the order of bonds", () => {
    const random = testRandom(3);
    const [{ lte, sites }] = glass.energies;
    const order = Array.from(lte.keys(), (m) => ({ m, key: random() })).sort((a, b) => a.key - b.key);
    const shuffled = softnessField(glass.system.box, glass.system.positions, [
      {
        sites: {
          members: sites.members.map((list) => Int32Array.from(order, ({ m }) => list[m])),
          offsets: Float64Array.from(
            order.flatMap(({ m }) => Array.from(sites.offsets.subarray(2 * m, 2 * m + 2))),
          ),
        },
        lte: Float64Array.from(order, ({ m }) => lte[m]),
      },
    ]);
    expect(largest(shuffled.values.map((v, k) => v - field().values[k]))).toBeLessThan(1e-12);
  });

  test("of the reference glass has its softest spot at the cluster of the largest E_α", () => {
    const { spots } = softSpots(field());
    const [{ lte, sites }] = glass.energies;
    const order = Array.from(lte.keys()).sort((a, b) => Math.abs(lte[b]) - Math.abs(lte[a]));
    const top = order.slice(0, 3).map((m) => sites.members[0][m]);
    const near = top.map((p) =>
      periodicDistance(
        glass.system.box,
        glass.system.positions.subarray(2 * p),
        spots[0]?.position as Float64Array,
      ),
    );
    expect(Math.min(...near)).toBeLessThan(4);
  });
});

describe("readings of SI D on a map that can be checked by hand", () => {
  const bins = { box: rectangularBox(4, 4), counts: [4, 4] };
  const points = Float64Array.of(0.5, 0.5, 0.6, 0.5, 0.4, 0.4, 1.5, 0.5, 2.5, 2.5);
  const values = Float64Array.of(2, -4, 0.5, 3, 9);
  const at = (options: object) => coarseGrain(bins, points, values, { threshold: 1.1, ...options });

  test.each([
    ["mean-of-kept", 3, 3, 9],
    ["mean-of-all", 6.5 / 3, 3, 9],
    ["sum", 6, 3, 9],
    ["largest", 4, 3, 9],
    ["sum-of-squares", 20, 9, 81],
  ] as const)("%s", (aggregate, first, second, third) => {
    const { raw } = at({ aggregate });
    expect([raw[0], raw[1], raw[10]]).toEqual([first, second, third]);
    expect(raw[5]).toBe(0);
  });

  test("empty bins count as zero, or not; pooling weighs by entries", () => {
    expect(at({}).values[0]).toBeCloseTo((3 + 3) / 9, 14);
    expect(at({ empty: "skip" }).values[0]).toBe(3);
    expect(at({ smoothing: "pool" }).values[0]).toBe((2 + 4 + 3) / 3);
    expect(at({ smoothing: "none" }).values[0]).toBe(3);
    expect(at({ smoothing: "pool", aggregate: "largest" }).values[0]).toBe(4);
    expect(at({ smoothing: "pool", aggregate: "sum-of-squares" }).values[0]).toBeCloseTo((20 + 9) / 9, 14);
  });
});

describe("soft spots", () => {
  const fieldOf = (values: number[], counts: number[]) => ({
    box: rectangularBox(...counts),
    counts,
    values: Float64Array.from(values),
    raw: Float64Array.from(values),
    sums: Float64Array.from(values),
    entries: new Int32Array(values.length),
    kept: new Int32Array(values.length),
    threshold: 0,
  });

  test("are maxima of their row and of their column, the softest first", () => {
    const { spots } = softSpots(fieldOf([0, 0, 0, 0, 0, 5, 1, 0, 0, 1, 0, 0, 0, 0, 0, 2], [4, 4]), 7);
    expect(spots.map(({ rank, score, standardized, bin }) => ({ rank, score, standardized, bin }))).toEqual([
      { rank: 1, score: 5, standardized: 1, bin: [1, 1] },
      { rank: 2, score: 2, standardized: 2.5, bin: [3, 3] },
    ]);
    for (const { position, bin } of spots) expect(Array.from(position, Math.floor)).toEqual(bin);
  });

  test("of a plateau count once; a uniform field has none, nor has a tiny one", () => {
    expect(softSpots(fieldOf([1, 1, 1, 1, 4, 4, 1, 1, 1, 1, 1, 1], [4, 3])).spots.map((s) => s.bin)).toEqual([
      [0, 1],
    ]);
    expect(softSpots(fieldOf(new Array(9).fill(2), [3, 3])).status).toBe("no-maxima");
    // smoothing over a whole box of three bins leaves rounding only
    const rounded = [2, 2, 2, 2, 2 * (1 + 2 ** -52), 2, 2, 2, 2];
    expect(softSpots(fieldOf(rounded, [3, 3])).status).toBe("no-maxima");
    expect(softSpots(fieldOf(new Array(9).fill(0), [3, 3]))).toMatchObject({
      status: "no-maxima",
      spots: [],
    });
    expect(softSpots(fieldOf(new Array(9).fill(2), [3, 3]))).toMatchObject({ reason: /a uniform field$/ });
    expect(softSpots(fieldOf([1, 2, 3, 4], [2, 2]))).toMatchObject({
      reason: /2×2 bins.*take finer bins, or a larger glass$/,
    });
  });

  test("have the noise of their seed", () => {
    const values = Array.from({ length: 100 }, (_, k) => Math.sin(k * k));
    const positions = (seed: number) =>
      softSpots(fieldOf(values, [10, 10]), seed).spots.flatMap((s) => Array.from(s.position));
    expect(positions(1)).toEqual(positions(1));
    expect(positions(1)).not.toEqual(positions(2));
  });

  test("in three dimensions are maxima along all three axes", () => {
    const values = new Array(64).fill(0);
    values[21] = 3; // bin (1,1,1)
    values[22] = 1; // beside it: a maximum of its columns, not of its row
    expect(softSpots(fieldOf(values, [4, 4, 4])).spots.map((s) => s.bin)).toEqual([[1, 1, 1]]);
  });
});

describe("scores", () => {
  test("periodic distance is the least over images, in tilted boxes too", () => {
    const box = createBox(2, [6, 0, 2.9, 5]);
    const coordinate = fc.double({ min: -9, max: 9, noNaN: true });
    fc.assert(
      fc.property(coordinate, coordinate, coordinate, coordinate, (a, b, x, y) => {
        let least = Infinity;
        for (let s = -8; s <= 8; s++)
          for (let t = -8; t <= 8; t++)
            least = Math.min(least, Math.hypot(x - a + 6 * s + 2.9 * t, y - b + 5 * t));
        expect(periodicDistance(box, [a, b], [x, y])).toBeCloseTo(least, 9);
      }),
    );
  });

  const spot = (rank: number, x: number, y: number) => ({
    rank,
    position: Float64Array.of(x, y),
    score: 1,
    standardized: rank,
    bin: [],
  });

  test("an event belongs to the nearest spot, through the boundary", () => {
    const found = nearestSpot(
      rectangularBox(10, 10),
      [9.5, 5],
      [spot(1, 5, 5), spot(2, 0.5, 5), spot(3, 9, 9)],
    );
    expect(found).toEqual({ rank: 2, standardized: 2, distance: 1 });
    expect(nearestSpot(rectangularBox(10, 10), [1, 1], [])).toBeUndefined();
  });

  test("a spot's share are the particles that it is nearest to: each belongs to one", () => {
    const box = rectangularBox(10, 10);
    const places = [0.5, 5, 9.5, 5, 4, 5, 5.2, 4, 1.5, 5, 9, 8];
    const spots = [spot(1, 5, 5), spot(2, 0, 5), spot(3, 9, 9), spot(4, 9, 9)];
    expect([...spotShares(box, Float64Array.from(places), spots)]).toEqual([2 / 6, 3 / 6, 1 / 6, 0]);
    expect(spotShares(box, Float64Array.from(places), [])).toHaveLength(0);
  });

  test("C is 1 for the softest particle, −1 for the stiffest, 0 on average", () => {
    const indicator = Float64Array.of(3, 9, 1, 5, Number.NaN);
    const expected = [1, -1, -1 / 3];
    for (const [k, p] of [1, 2, 0].entries())
      expect(indicatorCorrelation(indicator, p)).toBeCloseTo(expected[k], 14);
    const all = Array.from({ length: 4 }, (_, p) => indicatorCorrelation(indicator, p));
    expect(all.reduce((sum, c) => sum + c, 0)).toBeCloseTo(0, 14);
    expect(indicatorCorrelation(Float64Array.of(2, 2, 2), 0)).toBe(0);
    // it says nothing of a particle without a value
    expect(indicatorCorrelation(indicator, 4)).toBe(0);
  });
});

test("the field at a point is that of its bin", () => {
  const box = rectangularBox(4, 4);
  const field = coarseGrain(
    { box, counts: [4, 4] },
    Float64Array.of(0.5, 0.5, 2.5, 3.5),
    Float64Array.of(2, 7),
    {
      threshold: 0,
      smoothing: "none",
    },
  );
  expect(Array.from(fieldAt(field, Float64Array.of(-3.2, 4.9, 6.1, -0.9, 1.5, 1.5)))).toEqual([2, 7, 0]);
});

test("a planted soft defect in a stiff network is found first", () => {
  const box = rectangularBox(20, 20);
  const random = testRandom(11);
  const positions = Float64Array.from({ length: 800 }, () => 20 * random());
  const values = Float64Array.from({ length: 400 }, (_, p) => {
    const distance = periodicDistance(box, positions.subarray(2 * p, 2 * p + 2), [19.5, 3.2]);
    return 0.5 + random() * 0.3 + (distance < 1.5 ? 8 : 0);
  });
  const grid = makeBins(box, 400);
  const field = fieldOf(box, positions, [{ sites: particleSites(400, 2), values }], { grid });
  expect(binCount(field)).toBe(64);
  const { spots } = softSpots(field);
  expect(periodicDistance(box, spots[0]?.position as Float64Array, [19.5, 3.2])).toBeLessThan(3.6);
  expect(spots[1]?.standardized ?? Infinity).toBeGreaterThan(2);
});
