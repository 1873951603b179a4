import { SoftfieldError } from "softfield";
import { expect, test } from "vitest";
import { systemError } from "./system-errors.ts";

const failure = (fields: object, message = "low level") => Object.assign(new Error(message), fields);
const said = (error: unknown) => {
  const found = systemError(error);
  return found instanceof SoftfieldError ? `${found.code}: ${found.message}` : found;
};

test.each([
  [{ code: "ENOSPC", path: "/a/b" }, "input: /a/b: the disk is full"],
  [{ code: "ENOSPC" }, "input: file system: the disk is full"],
  [{ code: "EEXIST", path: "/a" }, "input: /a: is in the way"],
  [{ code: "ENOENT", path: "/nowhere/x", syscall: "open" }, "input: /nowhere/x: no such file or folder"],
])("%j is said with its path", (fields, words) => {
  expect(said(failure(fields))).toBe(words);
});

test.each([
  new RangeError("WebAssembly.Memory(): could not allocate memory"),
  new RangeError("Array buffer allocation failed"),
  failure({ code: "ERR_DLOPEN_FAILED" }, "libduckdb.so: failed to map segment from shared object"),
])("%s is too little memory", (error) => {
  expect(said(error)).toMatch(/^resource: too little memory: .*ulimit -v/);
});

test("faults of our own, and what is known already, pass unchanged", () => {
  for (const error of [
    new RangeError("Invalid array length"),
    failure({ code: "ERR_DLOPEN_FAILED" }, "wrong ELF class"),
    new TypeError("x is not a function"),
    new SoftfieldError("usage", "words"),
    undefined,
  ]) {
    expect(systemError(error)).toBe(error);
  }
});
