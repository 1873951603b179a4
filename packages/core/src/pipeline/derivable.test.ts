import { expect, test } from "vitest";
import { OutOfMemory, SoftfieldError } from "../errors.ts";
import { Arena } from "../kernels/index.ts";
import { whereDerivable } from "./derivable.ts";

const failing = (error: Error) => () => {
  throw error;
};

test("what memory does not hold is told; other errors are thrown on", () => {
  expect(whereDerivable(() => 3)).toEqual({ found: 3 });
  expect(whereDerivable(failing(new OutOfMemory("too large")))).toEqual({ why: "too large" });
  const past = whereDerivable(() => new Arena().alloc(2 ** 33));
  expect(past).toEqual({ why: expect.stringContaining("its limit is 4 GiB") });
  expect(() => whereDerivable(failing(new SoftfieldError("resource", "a thread has died")))).toThrow("died");
  expect(() => whereDerivable(failing(new SoftfieldError("numerics", "singular")))).toThrow("singular");
  expect(() => whereDerivable(failing(new TypeError("a bug")))).toThrow("a bug");
});
