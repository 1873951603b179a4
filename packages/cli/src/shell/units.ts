import type { Results } from "@softfield/node";
import { modelUnits, type PairModel, type System } from "softfield";
import type { Table } from "softfield/formats";
import { rounded, unitNamed, unitsText } from "softfield/internal";

/**
 * Results with the names of units that the model says it has, in the place of λ, ε, τ₀ and m. Of a model in reduced units
 * the columns stay as they are, names included, and the metadata say what its units are.
 */
export function inUnitsOf(model: PairModel, results: Results): Results {
  const { units } = model;
  const said: Readonly<Record<string, string>> =
    units === undefined ? { reduced_units: `${unitsText(model)}, τ₀ = λ √(m/ε)` } : { units };
  const named = (table: Table): Table => ({
    ...table,
    columns: units === undefined ? table.columns : table.columns.map((column) => inUnits(column, model)),
    metadata: { ...table.metadata, ...said },
  });
  const { table, hdf5, beside } = results;
  return {
    ...results,
    table: table && named(table),
    hdf5: hdf5 ? mapped(hdf5, (part) => ("columns" in part ? named(part) : inUnits(part, model))) : undefined,
    beside: beside && mapped(beside, named),
  };
}

function mapped<T>(record: Readonly<Record<string, T>>, of: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, of(value)]));
}

/** What has a unit, with the unit's own name. */
function inUnits<T extends { readonly unit?: string }>(thing: T, model: PairModel): T {
  return thing.unit === undefined ? thing : { ...thing, unit: unitNamed(thing.unit, model) };
}

/** "28.086, 15.999 (of the model)", or that all are 1. */
export function massesText(masses: Float64Array | undefined, from: "model" | "file"): string {
  if (masses === undefined) return "all 1: neither model nor file says others";
  const kinds = [...new Set(masses)].sort((a, b) => a - b);
  const shown = kinds.slice(0, 6).join(", ");
  return `${shown}${kinds.length > 6 ? ", …" : ""} (of the ${from})`;
}

/** The unit of stress for labels of figures: ε/λ^d, or eV/Å³ of models that name their units. */
export function stressUnit({
  model,
  system,
}: {
  readonly model: PairModel;
  readonly system: System;
}): string {
  return unitNamed(`ε/λ^{${system.box.dimension}}`, model);
}

/** " (eV/Å³)" behind the head of a column on the screen, of models that name their units; else nothing. */
export function inHead(unit: string, model: PairModel): string {
  return model.units === undefined ? "" : ` (${unitNamed(unit, model)})`;
}

/** ε/λ², of a dimension: that of stresses and moduli. */
export function stressOf(dimension: number): string {
  return `ε/λ${dimension === 2 ? "²" : "³"}`;
}

/** " eV/Å³" behind a number, of models that name their units; else nothing. */
export function behind(unit: string, model: PairModel): string {
  return model.units === undefined ? "" : ` ${unitNamed(unit, model)}`;
}

/** A temperature (ε/k_B) in a sentence: "0.1", or "0.025852 eV/k_B = 300 K" of models that name their units. */
export function temperatureText(temperature: number, model: PairModel): string {
  const { kelvin } = modelUnits(model);
  const degrees =
    model.units === undefined || kelvin === undefined ? "" : ` = ${rounded(temperature * kelvin, 6)} K`;
  return `${rounded(temperature, 6)}${behind("ε/k_B", model)}${degrees}`;
}

/** A rate (1/τ₀) in a sentence: "0.001", or "0.0010181 1/√(u Å²/eV) = 1e+11/s" of models that name their units. */
export function rateText(rate: number, model: PairModel): string {
  const { seconds } = modelUnits(model);
  const perSecond =
    model.units === undefined || seconds === undefined
      ? ""
      : ` = ${rounded(rate / seconds, 6).toExponential()}/s`;
  return `${rounded(rate, 6)}${behind("1/τ₀", model)}${perSecond}`;
}
