import { expect, test } from "vitest";
import { thresholdText } from "./results.ts";

test("a threshold that is the inverse of a rounding error is told by a word", () => {
  expect([-9.996e12, Infinity].map(thresholdText)).toEqual(["uncoupled", "uncoupled"]);
  expect([0.011312, -3.088].map(thresholdText)).toEqual(["0.01131", "-3.088"]);
});
