import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distribution } from "./distribution.ts";
import { extent, linearScale, logScale, powerOfTen } from "./scale.ts";

describe("scales", () => {
  test("a linear scale takes its ends to 0 and 1 and has few, round ticks inside", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        (low, span) => {
          const high = low + span;
          fc.pre(high > low && span > 1e-9 * Math.abs(low));
          const { at, ticks } = linearScale(low, high, 5);
          expect(at(low)).toBe(0);
          expect(at(high)).toBe(1);
          expect(ticks.length).toBeLessThanOrEqual(6);
          for (const { value } of ticks) expect(at(value)).toBeGreaterThan(-1e-6);
        },
      ),
    );
  });

  test("ticks are 1, 2 or 5 times a power of ten, with a true minus sign and no −0", () => {
    expect(linearScale(0, 1, 5).ticks.map(({ value }) => value)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(linearScale(0, 1, 4).ticks.map(({ value }) => value)).toEqual([0, 0.5, 1]);
    expect(linearScale(-0.4, 0.4, 4).ticks.map(({ label }) => label)).toEqual([
      "−0.4",
      "−0.2",
      "0.0",
      "0.2",
      "0.4",
    ]);
    expect(linearScale(3, 3).ticks.length).toBeGreaterThan(0);
  });

  test("a logarithmic scale has powers of ten", () => {
    const { at, ticks } = logScale(0.1, 100);
    expect(at(0.1)).toBe(0);
    expect(at(100)).toBe(1);
    expect(ticks.map(({ label }) => label)).toEqual(["10⁻¹", "1", "10", "10²"]);
    expect(powerOfTen(-12)).toBe("10⁻¹²");
  });

  test("the extent leaves out what is not finite", () => {
    expect(extent([3, Number.NaN, -1, Infinity])).toEqual([-1, 3]);
    expect(extent([])).toEqual([0, 1]);
  });
});

describe("the distribution of E", () => {
  test("integrates to the share of values from 0.1 on", () => {
    const values = Float64Array.from({ length: 2000 }, (_, k) => (k < 500 ? -1 : 0.1 * 1.002 ** k));
    const { x, y } = distribution(values);
    const ratio = 10 ** (1 / 16);
    const sum = x.reduce((total, at, k) => total + y[k] * (at * ratio - at / ratio), 0);
    expect(sum).toBeCloseTo(0.75, 10);
  });

  test("its guide falls as E^−9/4", () => {
    const values = Float64Array.from({ length: 3000 }, (_, k) => 1 / ((k + 1) / 3000) ** 0.8);
    const { guide } = distribution(values);
    const slope = Math.log(guide.y[1] / guide.y[0]) / Math.log(guide.x[1] / guide.x[0]);
    expect(slope).toBeCloseTo(-2.25, 10);
  });

  test("without a tail there is no guide", () => {
    expect(distribution(Float64Array.of(0.5, 0.7)).guide.x).toEqual([]);
  });
});
