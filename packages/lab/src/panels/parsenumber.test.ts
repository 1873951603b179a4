import { expect, test } from "vitest";
import { parseNumber } from "./parsenumber.ts";

test("numbers are taken as they are written, nothing is the default", () => {
  expect(parseNumber(" 1e-3 ", {})).toEqual({ value: 1e-3 });
  expect(parseNumber("−2.5", {})).toEqual({ value: -2.5 });
  expect(parseNumber("  ", {})).toEqual({});
  expect(parseNumber("2", { whole: [2] })).toEqual({ value: 2 });
  for (const text of ["12,000", "12 000", "12\u202f000", "12000", "1.2e4"])
    expect(parseNumber(text, { whole: [2] })).toEqual({ value: 12_000 });
});

test.each(["abc", "0,5", "1 000", "Infinity", "NaN", "0x10", "1,00"])("%s is no number", (text) => {
  expect(parseNumber(text, {})).toEqual({ why: `“${text}” is no number` });
});

test("what has to be whole or in bounds is refused with the bounds", () => {
  const from2 = { why: "a whole number from 2 on, please" };
  for (const text of ["2.5", "1", "-4"]) expect(parseNumber(text, { whole: [2] })).toEqual(from2);
  expect(parseNumber("11", { whole: [0, 10] })).toEqual({ why: "a whole number from 0 to 10, please" });
});
