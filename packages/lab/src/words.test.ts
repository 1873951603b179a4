import { expect, test } from "vitest";
import { behind, NARROW } from "./words.ts";

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
