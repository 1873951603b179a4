import { expect, test } from "vitest";
import { cell } from "./cells.ts";

test("a column is as wide as it is said to be, and numbers that fill it stay apart", () => {
  expect(cell("0.5", 11)).toBe("0.5".padStart(11));
  expect((0.000001762).toPrecision(4)).toHaveLength(11);
  expect(cell((0.008775).toPrecision(4), 11) + cell((0.000001762).toPrecision(4), 11)).toMatch(
    /^ +0\.008775 0\.000001762$/,
  );
});
