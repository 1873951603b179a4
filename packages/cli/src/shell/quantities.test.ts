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

test.each([
  ["2K", "time", "the unit must be fs, ps or ns"],
  ["2fs", "temperature", "the unit must be K"],
  ["2K", "rate", "the unit must be K/fs"],
  ["fs", "time", "give a number"],
  ["", "time", "give a number"],
] as const)("%s as a %s is refused", (text, kind, words) => {
  expect(() => quantity("x", text, kind, metal)).toThrow(words);
});

test("a model of reduced units takes plain numbers", () => {
  expect(() => quantity("dt", "2fs", "time", preset("2dipl"))).toThrow(/does not say its units/);
});
