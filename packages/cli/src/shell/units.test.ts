import { preset } from "softfield";
import type { Table } from "softfield/formats";
import { expect, test } from "vitest";
import { inUnitsOf, rateText, temperatureText } from "./units.ts";

const table = {
  columns: [
    { name: "x", values: Float64Array.of(1), unit: "λ" },
    { name: "square", values: Float64Array.of(2), unit: "ε/λ²" },
    { name: "lte", values: Float64Array.of(3) },
  ],
  metadata: { seed: 1 },
};

test("tables of a model that names its units have them, in every place", () => {
  const array = { values: Float64Array.of(1), shape: [1], unit: "λ" };
  const results = { table, beside: { triples: table }, hdf5: { "/": table, "/a": array } };
  const found = inUnitsOf(preset("bks-silica"), results);
  expect(found.hdf5!["/a"]).toEqual({ ...array, unit: "Å" });
  for (const { columns, metadata } of [found.table!, found.beside!.triples, found.hdf5!["/"] as Table]) {
    expect(columns.map(({ unit }) => unit)).toEqual(["Å", "eV/Å²", undefined]);
    expect(metadata).toEqual({ seed: 1, units: "Å, eV, u" });
  }
});

test("those of other models stay as they are, and say that their units are reduced", () => {
  const results = { table, hdf5: { "/": table } };
  const found = inUnitsOf(preset("2dipl"), results);
  for (const { columns, metadata } of [found.table!, found.hdf5!["/"] as Table]) {
    expect(columns).toBe(table.columns);
    expect(metadata).toEqual({ seed: 1, reduced_units: "λ, ε, m, τ₀ = λ √(m/ε)" });
  }
});

test("temperatures and rates in sentences: in kelvin and per second, too, where a model names its units", () => {
  const silica = preset("bks-silica");
  // LAMMPS, units metal: boltz = 8.617343e-5 eV/K, mvv2e = 1.0364269e-4 eV ps²/(u Å²)
  expect(temperatureText(300 * 8.617333262e-5, silica)).toBe("0.025852 eV/k_B = 300 K");
  expect(rateText(-0.2 * Math.sqrt(1.0364269e-4), silica)).toBe("-0.0020361 1/√(u Å²/eV) = -2e+11/s");
  expect(temperatureText(0.1, preset("2dipl"))).toBe("0.1");
  expect(rateText(1e-4, preset("2dipl"))).toBe("0.0001");
});
