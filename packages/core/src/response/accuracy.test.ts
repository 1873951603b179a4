import { expect, test } from "vitest";
import { testRandom } from "../../test/reference.ts";
import { boundOverError } from "./accuracy.ts";

/** A normal number by the sum of twelve uniform ones. */
const normal = (random: () => number) => Array.from({ length: 12 }, random).reduce((sum, u) => sum + u, -6);

/** Means of eight batches whose errors lie along so many directions of so different sizes: how often the bound holds. */
function held(sizes: readonly number[], runs: number): number {
  const random = testRandom(7);
  let within = 0;
  for (let run = 0; run < runs; run++) {
    const batches = Array.from({ length: 8 }, () => Float64Array.from(sizes, (s) => s * normal(random)));
    const mean = sizes.map((_, m) => batches.reduce((sum, x) => sum + x[m] / 8, 0));
    const deviations = batches.map((x) => x.map((value, m) => value - mean[m]));
    const error2 = deviations.flatMap((x) => [...x]).reduce((sum, x) => sum + x * x, 0) / (8 * 7);
    const off = Math.sqrt(mean.reduce((sum, x) => sum + x * x, 0));
    if (off <= boundOverError(deviations.map((x) => [x])) * Math.sqrt(error2)) within++;
  }
  return within / runs;
}

test.each([
  ["one direction", [1]],
  ["two alike", [1, 1]],
  ["one large, many small", [1, ...Array.from({ length: 50 }, () => 0.05)]],
  ["many alike", Array.from({ length: 120 }, () => 1)],
] as const)("the bound holds in 95 of 100 cases: %s", (_, sizes) => {
  const share = held(sizes, sizes.length > 100 ? 300 : 2000);
  expect(share).toBeGreaterThan(0.91);
  expect(share).toBeLessThan(0.99);
});

test("one direction is Student's t with seven degrees of freedom", () => {
  const x = [3, -1, 2, -2, -4, 1, 0.5, 0.5];
  // t_0.975(7) = 2.365
  expect(boundOverError(x.map((value) => [Float64Array.of(value)]))).toBeCloseTo(2.365, 1);
});
