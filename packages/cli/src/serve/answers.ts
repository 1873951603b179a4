import type { Results } from "@softfield/node";
import type { PairModel, System } from "softfield";
import type { Hdf5Content, Table } from "softfield/formats";
import { inUnitsOf } from "../shell/units.ts";
import type { WireArray, WireValues } from "./frames.ts";
import type { Answer } from "./messages.ts";

/** A one- or more-dimensional array of an answer. */
export function wire(values: WireValues, ...shape: readonly number[]): WireArray {
  return { values, shape: shape.length === 0 ? [values.length] : shape };
}

/** Fields of one shape below each other: count × shape. */
export function stackedFields(fields: readonly Float64Array[], ...shape: readonly number[]): WireArray {
  const size = shape.reduce((product, n) => product * n, 1);
  const all = new Float64Array(fields.length * size);
  fields.forEach((field, k) => {
    all.set(field, k * size);
  });
  return wire(all, fields.length, ...shape);
}

/**
 * Results as an answer: what a command writes into an HDF5 file, column by column, the arrays named GROUP/COLUMN, with
 * units and descriptions; and its summary.
 */
export function answerOf(model: PairModel, results: Results, further: Answer["arrays"] = {}): Answer {
  return engineAnswer(inUnitsOf(model, results), further);
}

/** The same of results that are in the units of an engine. */
export function engineAnswer({ table, hdf5, summary = {} }: Results, further: Answer["arrays"] = {}): Answer {
  const content: Hdf5Content = hdf5 ?? (table ? { "/": table } : {});
  const tables: Record<string, unknown> = {};
  const described: Record<string, unknown> = {};
  const arrays: Record<string, WireArray> = { ...further };
  for (const [path, part] of Object.entries(content)) {
    const name = path.slice(1);
    if ("columns" in part)
      tables[name === "" ? "table" : name] = columnsOf(part, name === "" ? "table" : name, arrays);
    else {
      const { unit, description, values, shape } = part;
      described[name] = { unit, description };
      arrays[name] = { values, shape };
    }
  }
  return { value: { summary, tables, arrays: described }, arrays };
}

function columnsOf({ columns, metadata }: Table, table: string, arrays: Record<string, WireArray>) {
  return {
    metadata,
    columns: columns.map(({ name, values, unit, description }) => {
      if (!(values instanceof Float64Array || values instanceof Int32Array))
        return { name, unit, description, texts: values };
      arrays[`${table}/${name}`] = wire(values);
      return { name, unit, description };
    }),
  };
}

/** A configuration as arrays. */
export function systemArrays({
  box,
  positions,
  species,
  diameters,
  masses,
  charges,
}: System): Answer["arrays"] {
  const d = box.dimension;
  return {
    positions: wire(positions, species.length, d),
    cell: wire(box.vectors, d, d),
    species: wire(species),
    ...(diameters && { diameters: wire(diameters) }),
    ...(masses && { masses: wire(masses) }),
    ...(charges && { charges: wire(charges) }),
  };
}
