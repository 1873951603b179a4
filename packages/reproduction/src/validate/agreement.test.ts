import { expect, test } from "vitest";
import { agreement, energyResolution } from "./agreement.ts";

const of = (...values: number[]) => Float64Array.from(values);

test("pairs that rounding decides are left out and counted, no others", () => {
  const measured = {
    // 2σ off, 1σ off, underflow at the cutoff, rounding
    mean: of(3, 0.5, 1e-178, 2e-11),
    error: of(1, 0.5, 0, 1e-11),
  };
  const found = agreement(of(1, 1, 0, 0), measured, 1e-10);
  expect(found).toMatchObject({ leftOut: 2, chiSquarePerBond: 2.5, within2Sigma: 1, medianDifference: 0.5 });
  // a small error alone is no reason: nor is a small difference
  const exact = agreement(of(1, 1, 0), { mean: of(3, 1, 1e-9), error: of(1, 1, 1e-12) }, 1e-10);
  expect(exact.leftOut).toBe(0);
  expect(exact.chiSquarePerBond).toBeCloseTo((4 + 0 + 1e6) / 3, 3);
  expect(agreement(of(0.5), { mean: of(0), error: of(0) }, 1e-10).chiSquarePerBond).toBe(Infinity);
});

test("the resolution is that of the largest energy, in units of ½T", () => {
  expect(energyResolution(of(1, -4, 0), 1e-6)).toBeCloseTo((4 * 2 ** -52) / 5e-7, 20);
});
