import { preset } from "softfield";
import { expect, test } from "vitest";
import { quantity } from "./quantities.ts";

const metal = preset("bks-silica");

// LAMMPS, units metal: boltz = 8.617343e-5 eV/K, mvv2e = 1.0364269e-4 eV ps²/(u Å²); another CODATA, hence six digits.
test("times, temperatures and rates come in the units of a model that says them", () => {
  expect(quantity("dt", "2fs", "time", metal)).toBeCloseTo(2e-3 / Math.sqrt(1.0364269e-4), 6);
  expect(quantity("dt", "1 ps", "time", metal)).toBeCloseTo(1 / Math.sqrt(1.0364269e-4), 4);
  expect(quantity("t", "3000K", "temperature", metal)).toBeCloseTo(3000 * 8.617343e-5, 6);
  expect(quantity("rate", "10K/ps", "rate", metal)).toBeCloseTo(
    10 * 8.617343e-5 * Math.sqrt(1.0364269e-4),
    9,
  );
  expect(quantity("rate", "-1e-4/ps", "strain rate", metal)).toBeCloseTo(-1e-4 * Math.sqrt(1.0364269e-4), 11);
  expect(quantity("rate", "-1e-4", "strain rate", metal)).toBe(-1e-4);
  expect(quantity("dt", "5e-3", "time", metal)).toBe(5e-3);
});

test("rates of strain come in 1/fs … 1/s", () => {
  const picosecond = 1 / Math.sqrt(1.0364269e-4);
  for (const [text, perPicosecond] of [
    ["0.25/ps", 0.25],
    ["-0.25 1/ps", -0.25],
    ["2e11/s", 0.2],
    ["3e2 1/ns", 0.3],
    ["4e5/µs", 0.4],
    ["5e8/ms", 0.5],
  ] as const)
    expect((quantity("rate", text, "strain rate", metal) * picosecond) / perPicosecond).toBeCloseTo(1, 6);
  expect(quantity("rate", "-1e-3", "strain rate", metal)).toBe(-1e-3);
});

test.each([
  ["2K", "time", "the unit must be fs, ps or ns"],
  ["2fs", "temperature", "the unit must be K"],
  ["2K", "rate", "the unit must be K/fs"],
  ["2K", "strain rate", "the unit must be 1/fs"],
  ["2ps", "strain rate", "the unit must be 1/fs"],
  ["2K/ps", "strain rate", "the unit must be 1/fs"],
  ["2/h", "strain rate", "the unit must be 1/fs"],
  ["2/ps", "rate", "the unit must be K/fs"],
  ["1/ps", "time", "the unit must be fs, ps or ns"],
  ["fs", "time", "give a number"],
  ["", "time", "give a number"],
] as const)("%s as a %s is refused", (text, kind, words) => {
  expect(() => quantity("x", text, kind, metal)).toThrow(words);
});

test("a model of reduced units takes plain numbers", () => {
  expect(() => quantity("dt", "2fs", "time", preset("2dipl"))).toThrow(/does not say its units/);
});
