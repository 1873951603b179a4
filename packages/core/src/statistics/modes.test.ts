import { describe, expect, test } from "vitest";
import { testRandom } from "../../test/reference.ts";
import {
  completeBelow,
  hillStability,
  modeDensity,
  modeExponent,
  predictedTail,
  scalingExponent,
  tailExponent,
} from "./index.ts";
import { hillExponents, tailStatistics } from "./tail.ts";

const random = testRandom(7);

/** Samples of `count` frequencies with D(ω) ∼ ω^β on (0, 1), ascending. */
function samplesOf(beta: number, samples: number, count: number): Float64Array[] {
  return Array.from({ length: samples }, () =>
    Float64Array.from({ length: count }, () => random() ** (1 / (beta + 1))).sort(),
  );
}

describe("D(ω) of an ensemble", () => {
  const samples = samplesOf(4, 300, 20);

  test("counts what is below the end of the poorest sample, and nothing above", () => {
    const cut = [...samples, samples[0].subarray(0, 3)];
    const { complete, rows } = modeDensity(cut, { degreesOfFreedom: 20, resamples: 20 });
    expect(complete).toBe(samples[0][2]);
    expect(completeBelow(cut)).toBe(complete);
    const end = rows.at(-1)!.x * 10 ** (1 / 20);
    expect(end).toBeLessThanOrEqual(complete);
    expect(end * 10 ** (1 / 10)).toBeGreaterThan(complete);
    expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(
      cut.reduce((sum, modes) => sum + modes.filter((w) => w < end).length, 0),
    );
  });

  test("is the density put in, per vibration, within its interval", () => {
    const whole = samples.map((modes) => Float64Array.from([...modes, 2]));
    const { rows } = modeDensity(whole, { degreesOfFreedom: 20, resamples: 200, confidence: 0.999 });
    const inside = rows.filter(({ x, count }) => x < 0.85 && count > 50);
    expect(inside.length).toBeGreaterThan(2);
    for (const { x, density, low, high } of inside) {
      // the mean of 5ω⁴ over the bin, not its middle
      const [a, b] = [x * 10 ** (-1 / 20), x * 10 ** (1 / 20)];
      const exact = (b ** 5 - a ** 5) / (b - a);
      expect(low < exact && exact < high).toBe(true);
      expect(Math.abs(density / exact - 1)).toBeLessThan(0.3);
    }
    expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(300 * 20);
  });

  test("of a choice of modes, completeness being that of all", () => {
    const few = modeDensity(samples, { degreesOfFreedom: 20, resamples: 5, select: (_, mode) => mode === 0 });
    expect(few.complete).toBe(completeBelow(samples));
    expect(few.rows.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(300);
  });

  test("of nothing is nothing; of no vibrations, a mistake", () => {
    expect(modeDensity([], { degreesOfFreedom: 3 })).toEqual({ complete: 0, rows: [] });
    expect(completeBelow([[], [1]])).toBe(0);
    expect(() => modeDensity([[1]], { degreesOfFreedom: 0 })).toThrow(/0 vibrations/);
  });
});

describe("the exponent β of D(ω)", () => {
  test.each([3, 4])("%i is found, with an error that tells how well", (beta) => {
    const found = modeExponent(samplesOf(beta, 400, 10), 0.9, { resamples: 200 });
    if (found.status !== "ok") throw new Error(found.reason);
    expect(found.error).toBeLessThan(0.12);
    expect(Math.abs(found.value - beta)).toBeLessThan(3 * found.error);
    expect(found.low < found.value && found.value < found.high).toBe(true);
  });

  test("is n/Σ ln(ω_c/ω) − 1 of the modes below ω_c", () => {
    const found = modeExponent(
      [
        [0.5, 1],
        [0.25, 7],
      ],
      1,
      { resamples: 10 },
    );
    expect(found).toMatchObject({ status: "ok", count: 3 });
    if (found.status === "ok") expect(found.value).toBeCloseTo(3 / Math.log(8) - 1, 12);
  });

  test("without modes there is none; ω_c has to be positive", () => {
    expect(modeExponent([[2]], 1)).toMatchObject({ status: "no-tail", count: 0 });
    expect(() => modeExponent([[2]], 0)).toThrow(/positive frequency/);
  });

  test("4 predicts the tail 9/4, its error a quarter", () => {
    expect(predictedTail({ value: 4, low: 3, high: 5, error: 1 })).toEqual({
      value: 9 / 4,
      low: 2,
      high: 2.5,
      error: 0.25,
    });
  });
});

describe("Hill's estimate over k", () => {
  const samples = Array.from({ length: 200 }, () =>
    Float64Array.from({ length: 10 }, () => (1 - random()) ** (-1 / 1.25) * (random() < 0.5 ? -1 : 1)),
  );
  const rows = hillStability(samples, [50, 200, 1000, 5000], { resamples: 200 });
  const pooled = Float64Array.from(samples.flatMap((values) => [...values]));

  test("is that of all values together, from where the k largest begin", () => {
    expect(rows.map(({ k }) => k)).toEqual([50, 200, 1000]);
    expect(rows.map(({ value }) => value)).toEqual([...hillExponents(pooled, [50, 200, 1000])]);
    for (const { k, from } of rows) expect(pooled.filter((x) => Math.abs(x) > from)).toHaveLength(k);
  });

  test("finds the exponent within an interval that narrows with k", () => {
    for (const { value, error } of rows) expect(Math.abs(value - 2.25)).toBeLessThan(3 * error);
    expect(rows[2].error).toBeLessThan(0.6 * rows[0].error);
  });

  test("agrees with maximum likelihood from the same threshold", () => {
    const { from, value, low, high, error } = rows[2];
    const tails = samples.map((own) => tailStatistics(own, from * (1 + 1e-12)));
    const found = tailExponent(tails, { resamples: 200 });
    if (found.status !== "ok") throw new Error(found.reason);
    expect(value).toBeCloseTo(found.value, 8);
    expect(low).toBeCloseTo(found.low, 8);
    expect(high).toBeCloseTo(found.high, 8);
    expect(error).toBeCloseTo(found.error, 8);
  });
});

describe("an exponent of y ∼ x^a", () => {
  test("of one point a sample, with a bootstrap error", () => {
    const samples = Array.from({ length: 300 }, () => {
      const x = 0.3 + random();
      return { x: [x], y: [5 * x ** -4 * Math.exp(random() - 0.5)] };
    });
    const found = scalingExponent(samples, { resamples: 200 });
    if (found.status !== "ok") throw new Error(found.reason);
    expect(found.points).toBe(300);
    expect(Math.abs(found.value + 4)).toBeLessThan(3 * found.error);
    expect(found.error).toBeLessThan(0.1);
  });

  test("of paths with prefactors of their own, which a common one would spoil", () => {
    const paths = [1, 2, 3].map((k) => {
      const x = [1, 2, 4].map((f) => f * k);
      return { x, y: x.map((value) => 10 ** k * value ** -4) };
    });
    expect(scalingExponent(paths, { prefactor: "own", resamples: 20 })).toMatchObject({ points: 9 });
    const own = scalingExponent(paths, { prefactor: "own", resamples: 20 });
    const common = scalingExponent(paths, { resamples: 20 });
    if (own.status !== "ok" || common.status !== "ok") throw new Error("none");
    expect(own.value).toBeCloseTo(-4, 12);
    expect(own.error).toBeLessThan(1e-9);
    expect(common.value).toBeGreaterThan(-3);
  });

  test("leaves out what has no logarithm; without a range there is none", () => {
    const found = scalingExponent([{ x: [1, 2, 3, -1], y: [1, 4, 0, 1] }], { resamples: 3 });
    if (found.status !== "ok") throw new Error(found.reason);
    expect([found.points, found.value]).toEqual([2, 2]);
    expect(scalingExponent([{ x: [2, 2], y: [1, 4] }])).toMatchObject({ status: "no-range", points: 2 });
    expect(scalingExponent([])).toMatchObject({ status: "no-range", points: 0 });
    const alone = [
      { x: [1], y: [1] },
      { x: [2], y: [4] },
    ];
    expect(scalingExponent(alone, { prefactor: "own" })).toMatchObject({ status: "no-range" });
  });
});
