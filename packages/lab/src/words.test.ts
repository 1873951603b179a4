import { expect, test } from "vitest";
import { behind, cameTrue, NARROW } from "./words.ts";

test("what a forecast put behind the place that broke is rounded down near 100 %: that is exact", () => {
  const told = (before: number) => behind(before).replace(NARROW, "");
  expect([0, 0.00001, 0.0015, 0.006, 0.1, 0.26, 0.5, 1].map(told)).toEqual([
    "100%",
    "99.9%",
    "99.8%",
    "99.4%",
    "90%",
    "74%",
    "50%",
    "0%",
  ]);
});

test("no number contradicts the verdict: from 90 % on, as it is read, a forecast came true", () => {
  for (const particles of [40, 300, 400, 999, 1000, 2000, 10_000])
    for (let before = 0; before <= particles; before++)
      for (const share of [before / particles, (1 - (1 - (2 * before) / particles)) / 2]) {
        const read = Number.parseFloat(behind(share));
        expect(cameTrue(share), `${before} of ${particles}: ${read}`).toBe(read >= 90);
      }
  expect(behind(0.1001).replace(NARROW, "")).toBe("89.9%");
  expect(cameTrue(undefined)).toBe(false);
});
