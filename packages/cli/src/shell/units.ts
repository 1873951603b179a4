import type { Results } from "@softfield/node";
import { modelUnits, type PairModel, type Units } from "softfield";
import type { Table } from "softfield/formats";

/** Results with the names of units that the model says it has, in the place of λ, ε and τ₀; masses are all 1. */
export function inUnitsOf(model: PairModel, results: Results): Results {
  if (model.definition.units === undefined) return results;
  const units = modelUnits(model);
  const named = (table: Table) => inUnits(table, units);
  const { table, hdf5, beside } = results;
  return {
    ...results,
    ...(table && { table: named(table) }),
    ...(hdf5 && { hdf5: mapped(hdf5, (part) => ("columns" in part ? named(part) : unitNamed(part, units))) }),
    ...(beside && { beside: mapped(beside, named) }),
  };
}

function mapped<T>(record: Readonly<Record<string, T>>, of: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, of(value)]));
}

function inUnits(table: Table, units: Units): Table {
  const { length, energy, mass } = units;
  return {
    ...table,
    columns: table.columns.map((column) => unitNamed(column, units)),
    metadata: { ...table.metadata, units: `${length}, ${energy}, ${mass}` },
  };
}

/** What has a unit, with the unit's own name. */
function unitNamed<T extends { readonly unit?: string }>(thing: T, { length, energy, time }: Units): T {
  const names: Readonly<Record<string, string>> = { λ: length, ε: energy, "τ₀": time };
  if (thing.unit === undefined) return thing;
  return { ...thing, unit: thing.unit.replace(/λ|ε|τ₀/g, (name) => names[name]) };
}
