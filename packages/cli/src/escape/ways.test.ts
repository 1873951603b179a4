import { expect, test } from "vitest";
import { wayTo } from "./ways.ts";

test.each([1, 0.03, 2.5])("minima are told apart in bond lengths: of %d", (bond) => {
  const ways = [0.3, 0.2].map((x) => ({ other: Float64Array.of(0, x * bond, -x * bond) }));
  expect(wayTo(ways, Float64Array.of(0.001 * bond, 0.2 * bond, -0.19 * bond), bond)).toBe(1);
  expect(wayTo(ways, Float64Array.of(0, 0.25 * bond, -0.2 * bond), bond)).toBe(-1);
});
