import { preset } from "softfield";
import type { Table } from "softfield/formats";
import { expect, test } from "vitest";
import { inUnitsOf } from "./units.ts";

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
