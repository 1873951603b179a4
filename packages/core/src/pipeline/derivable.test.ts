import { expect, test } from "vitest";
import { SoftfieldError } from "../errors.ts";
import { whereDerivable } from "./derivable.ts";

const failing = (error: Error) => () => {
  throw error;
};

test("what memory does not hold is told; other errors are thrown on", () => {
  expect(whereDerivable(() => 3)).toEqual({ found: 3 });
  expect(whereDerivable(failing(new SoftfieldError("resource", "too large")))).toEqual({ why: "too large" });
  expect(() => whereDerivable(failing(new SoftfieldError("numerics", "singular")))).toThrow("singular");
  expect(() => whereDerivable(failing(new TypeError("a bug")))).toThrow("a bug");
});
