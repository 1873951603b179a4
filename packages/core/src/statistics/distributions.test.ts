import fc from "fast-check";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, test } from "vitest";
import { bootstrap, bootstrapMean } from "./bootstrap.ts";
import {
  addToLogHistogram,
  createLogHistogram,
  evenDensity,
  logBinEdge,
  logDensity,
  mergeLogHistograms,
} from "./loghistogram.ts";
import { predictionCurve, predictionRatio } from "./prediction.ts";
import { binnedTailExponent, hillExponents, hillStability, tailExponent, tailStatistics } from "./tail.ts";

/** `count` values with p(x) ∼ x^−a from x = 1, of alternating sign. */
function powerLaw(a: number, count: number, seed: number): Float64Array {
  const generator = xoroshiro128plus(seed);
  return Float64Array.from(
    { length: count },
    (_, k) => (1 - uniformFloat64(generator)) ** (-1 / (a - 1)) * (k % 2 === 0 ? 1 : -1),
  );
}

function histogramOf(values: ArrayLike<number>, options = {}) {
  const histogram = createLogHistogram(options);
  addToLogHistogram(histogram, values);
  return histogram;
}

describe("logarithmic bins", () => {
  test("a magnitude on an edge opens its bin, to the last bit", () => {
    const empty = createLogHistogram({ low: 1e-2, decades: 4, perDecade: 7 });
    for (let k = 0; k < 28; k++) {
      const edge = logBinEdge(empty, k);
      expect(histogramOf([edge], { low: 1e-2, decades: 4, perDecade: 7 }).counts[k]).toBe(1);
      const under = histogramOf([-edge * (1 - Number.EPSILON)], { low: 1e-2, decades: 4, perDecade: 7 });
      expect(k === 0 ? under.below : under.counts[k - 1]).toBe(1);
    }
  });

  test("zero, the overflow and what is not finite are kept apart", () => {
    const { below, above, invalid, counts } = histogramOf([
      0,
      -0,
      1e-5,
      1e8,
      -1e300,
      Number.NaN,
      Infinity,
      3,
    ]);
    expect([below, above, invalid, counts.reduce((sum, n) => sum + n)]).toEqual([3, 2, 2, 1]);
  });

  test("parts merge to the whole, in any order", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { maxLength: 40 }), fc.nat(40), (values, cut) => {
        const [a, b] = [histogramOf(values.slice(0, cut)), histogramOf(values.slice(cut))];
        expect(mergeLogHistograms(a, b)).toEqual(histogramOf(values));
        expect(mergeLogHistograms(b, a)).toEqual(histogramOf(values));
      }),
    );
    expect(() => mergeLogHistograms(histogramOf([]), histogramOf([], { perDecade: 5 }))).toThrow(
      /different bins/,
    );
  });

  test("the density integrates to the part that lies in the bins and follows the law", () => {
    const histogram = histogramOf([...powerLaw(2.25, 200_000, 3), ...new Array(50_000).fill(0)]);
    const rows = logDensity(histogram);
    const ratio = 10 ** 0.05;
    const integral = rows.reduce((sum, { x, density }) => sum + density * x * (ratio - 1 / ratio), 0);
    expect(integral).toBeCloseTo(0.8, 6);
    for (const { x, density, error, count } of rows) {
      expect(error).toBeCloseTo(density / Math.sqrt(count), 12);
      // exact mean of the law over the bin
      const expected = (0.8 * ((x / ratio) ** -1.25 - (x * ratio) ** -1.25)) / (x * (ratio - 1 / ratio));
      if (count > 100) expect(Math.abs(density - expected)).toBeLessThan(4.5 * error);
    }
  });

  test("bins that make no sense are refused", () => {
    for (const bad of [{ low: 0 }, { low: -1 }, { perDecade: 2.5 }, { decades: 0 }, { decades: 1e9 }])
      expect(() => createLogHistogram(bad)).toThrow(/cannot be made/);
  });
});

describe("even bins", () => {
  test("counts from 0, empty bins included, normalised", () => {
    const rows = evenDensity([0, 0.1, 0.5, 1.7], 0.5);
    expect(rows.map(({ count }) => count)).toEqual([2, 1, 0, 1]);
    expect(rows.map(({ x }) => x)).toEqual([0.25, 0.75, 1.25, 1.75]);
    expect(rows.reduce((sum, { density }) => sum + density * 0.5, 0)).toBeCloseTo(1, 14);
    expect(evenDensity([], 1)).toEqual([]);
  });

  test("what is no distance is named", () => {
    expect(() => evenDensity([1, -2], 1)).toThrow(/value 1 is -2/);
    expect(() => evenDensity([Number.NaN], 1)).toThrow(/value 0 is NaN/);
    expect(() => evenDensity([1], 0)).toThrow(/width 0/);
  });
});

describe("tail exponents of data with a known one", () => {
  test.each([2.25, 1.5, 3.5])("%f, by all three estimates, within 4 standard errors", (a) => {
    const samples = Array.from({ length: 40 }, (_, k) => powerLaw(a, 2000, 100 + k));
    // the standard error of the estimate is (a − 1)/√n
    const error = (a - 1) / Math.sqrt(80_000);
    const exact = tailExponent(samples.map((values) => tailStatistics(values, 1)));
    const binned = binnedTailExponent(
      samples.map((values) => histogramOf(values)),
      1,
    );
    const hill = hillExponents(
      samples.flatMap((values) => Array.from(values)),
      [40_000],
    );
    if (exact.status !== "ok" || binned.status !== "ok") throw new Error("no tail");
    expect(Math.abs(exact.value - a)).toBeLessThan(4 * error);
    expect(exact.count).toBe(80_000);
    expect(exact.error / error).toBeGreaterThan(0.6);
    expect(exact.error / error).toBeLessThan(1.6);
    expect(exact.low).toBeLessThan(exact.value);
    expect(exact.high).toBeGreaterThan(exact.value);
    expect(Math.abs(binned.value - a)).toBeLessThan(4.5 * error);
    expect(Math.abs(hill[0] - a)).toBeLessThan(4 * error * Math.SQRT2);
  });

  test("counts above the last bin are censored, not lost", () => {
    const values = powerLaw(2.25, 100_000, 9);
    const short = histogramOf(values, { low: 1, decades: 1 });
    expect(short.above).toBeGreaterThan(3000);
    const found = binnedTailExponent([short], 1);
    expect(found.status === "ok" && Math.abs(found.value - 2.25)).toBeLessThan(0.02);
  });

  test("the tail starts where it is told", () => {
    const mixed = [...powerLaw(2.25, 50_000, 4).map((x) => 5 * x), ...new Array(50_000).fill(0.3)];
    const exact = tailExponent([tailStatistics(mixed, 5)]);
    expect(exact.status === "ok" && Math.abs(exact.value - 2.25)).toBeLessThan(0.025);
    const binned = binnedTailExponent([histogramOf(mixed)], 10);
    expect(binned.status === "ok" && Math.abs(binned.value - 2.25)).toBeLessThan(0.04);
  });

  test("samples are resampled whole: one soft sample widens the interval", () => {
    const plain = Array.from({ length: 30 }, (_, k) => tailStatistics(powerLaw(3, 500, k + 1), 1));
    const soft = [...plain.slice(1), tailStatistics(powerLaw(1.4, 5000, 77), 1)];
    const [even, uneven] = [tailExponent(plain), tailExponent(soft)];
    if (even.status !== "ok" || uneven.status !== "ok") throw new Error("no tail");
    expect(uneven.error).toBeGreaterThan(3 * even.error);
  });

  test("no tail is an outcome, misuse an error", () => {
    expect(tailExponent([])).toEqual({ status: "no-tail", count: 0, reason: "no samples" });
    expect(tailExponent([tailStatistics([2, 2], 2)])).toMatchObject({ status: "no-tail", count: 2 });
    expect(binnedTailExponent([], 1).status).toBe("no-tail");
    expect(binnedTailExponent([histogramOf([0.5])], 1).status).toBe("no-tail");
    expect(binnedTailExponent([histogramOf([1])], 1e9)).toMatchObject({ reason: /bins end below/ });
    expect(() => tailStatistics([1], 0)).toThrow(/positive/);
    expect(() => tailExponent([tailStatistics([2, 3], 1), tailStatistics([2], 2)])).toThrow(
      /different lower ends/,
    );
    expect(() => hillExponents([1, 2, Number.NaN, 5], [2])).toThrow(/value 2 is NaN; all must be finite/);
    expect(() => hillExponents([1, -Infinity, 3], [1])).toThrow(/value 1 is -Infinity/);
    expect(() =>
      hillStability(
        [
          [1, 2],
          [3, Number.NaN],
        ],
        [1],
      ),
    ).toThrow(/of sample 1: value 1 is NaN/);
    for (const k of [0, 3, 1.5]) expect(() => hillExponents([1, 2, 3], [k])).toThrow(/largest of 3/);
  });
});

describe("bootstrap", () => {
  test("the interval of a mean covers it as often as it says", () => {
    const generator = xoroshiro128plus(5);
    let covered = 0;
    for (let n = 0; n < 200; n++) {
      const values = Array.from({ length: 60 }, () => uniformFloat64(generator));
      const { low, high, error } = bootstrapMean(values, { resamples: 300, seed: n });
      if (low <= 0.5 && high >= 0.5) covered++;
      expect(error / Math.sqrt(1 / 12 / 60)).toBeGreaterThan(0.6);
      expect(error / Math.sqrt(1 / 12 / 60)).toBeLessThan(1.5);
    }
    expect(covered).toBeGreaterThan(180);
    expect(covered).toBeLessThan(200);
  });

  test("a seed gives the same numbers, another seed others", () => {
    const run = (seed: number) => bootstrapMean([1, 2, 5, 9], { seed });
    expect(run(3)).toEqual(run(3));
    expect(run(3)).not.toEqual(run(4));
    expect(run(3).value).toBe(4.25);
  });

  test("what is undefined in every resample has no interval; nothing to sample is refused", () => {
    expect(bootstrap(2, () => [Number.NaN], { resamples: 3 })[0]).toEqual({
      value: Number.NaN,
      low: Number.NaN,
      high: Number.NaN,
      error: Number.NaN,
    });
    const unknown = { low: Number.NaN, high: Number.NaN, error: Number.NaN };
    expect(bootstrapMean([3])).toEqual({ value: 3, ...unknown });
    expect(() => bootstrapMean([])).toThrow(/at least one sample/);
    expect(() => bootstrapMean([1], { confidence: 1 })).toThrow(/confidence/);
  });
});

describe("predicted events", () => {
  test("F_n counts values up to Δε; a sample without spots is not predicted", () => {
    const rows = predictionCurve([1, 1.5, 2, Number.NaN, Infinity], [1, 1.9, 2, 1e9]);
    expect(rows.map(({ value }) => value)).toEqual([0.2, 0.4, 0.6, 0.6]);
  });

  test("the band is Wilson's: checked against its equation |F̂ − F| = z √(F(1 − F)/n), within 0 … 1", () => {
    const values = Array.from({ length: 50 }, (_, k) => 1 + k / 10);
    for (const { value, low, high } of predictionCurve(values, [1, 2, 3.3, 9])) {
      for (const bound of [low, high])
        expect(Math.abs(value - bound)).toBeCloseTo(1.96 * Math.sqrt((bound * (1 - bound)) / 50), 10);
      expect(low >= 0 && high <= 1 && low <= value && value <= high).toBe(true);
    }
  });

  test("δF_n is the ratio of both; its pairs stay together", () => {
    const of = Array.from({ length: 200 }, (_, k) => 1 + (k % 10) / 5);
    const same = predictionRatio({ of, baseline: of }, [1, 2]);
    for (const { value, low, high } of same) expect([value, low, high]).toEqual([1, 1, 1]);
    const worse = predictionRatio({ of, baseline: of.map((x) => 2 * x - 1) }, [1.9, 2.5], { seed: 8 });
    expect(worse.map(({ value }) => value.toFixed(12))).toEqual(["1.666666666667", "2.000000000000"]);
    for (const { value, low, high } of worse) expect(low < value && value < high).toBe(true);
    expect(predictionRatio({ of, baseline: of.map(() => 9) }, [2])[0]?.value).toBeNaN();
  });

  test("misuse is named", () => {
    expect(() => predictionCurve([])).toThrow(/at least one/);
    expect(() => predictionRatio({ of: [1], baseline: [1, 2] })).toThrow(/1 values but 2/);
  });
});
