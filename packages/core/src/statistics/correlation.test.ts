import { expect, test } from "vitest";
import { pearson, spearman } from "./correlation.ts";

test("Pearson's r and Spearman's ρ of five pairs", () => {
  const x = [1, 2, 3, 4, 5];
  const y = [2, 1, 4, 3, 5];
  expect(pearson(x, y)).toBeCloseTo(0.8, 14);
  // without ties ρ = 1 − 6 Σd²/(n(n² − 1))
  expect(spearman(x, y)).toBeCloseTo(1 - (6 * 4) / (5 * 24), 14);
});

test("ranks know no scale; ties share a place; what is not known is left out", () => {
  const x = [0.1, 3, 10, 200, Number.NaN];
  expect(
    spearman(
      x,
      x.map((value) => Math.log(value)),
    ),
  ).toBeCloseTo(1, 14);
  // ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: 4.5/√(4.5·5)
  expect(spearman([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 14);
});

test("nothing is said of two pairs, nor of what does not vary", () => {
  expect(pearson([1, 2], [1, 2])).toBeNaN();
  expect(pearson([1, 1, 1], [1, 2, 3])).toBeNaN();
  expect(() => pearson([1], [1, 2])).toThrow(RangeError);
});
