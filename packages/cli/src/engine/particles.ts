import type { EngineMinimum } from "softfield";
import type { Frame, InfoValue, Table, TableColumn } from "softfield/formats";
import { component } from "softfield/internal";
import type { EngineGlass } from "./subject.ts";

type Columns = readonly TableColumn[];

/** Number, id, type and name, and place of every particle at the minimum. */
export function placeColumns(
  { snapshot }: EngineGlass,
  { positions }: Pick<EngineMinimum, "positions">,
): Columns {
  const { dimension: d, ids, types, species, count } = snapshot;
  const names = species && Array.from(species.index, (s) => species.names[s]);
  return [
    { name: "particle", values: Int32Array.from({ length: count }, (_, p) => p) },
    ...(ids ? [{ name: "id", values: ids }] : []),
    ...(types ? [{ name: "type", values: types }] : []),
    ...(names ? [{ name: "species", values: names }] : []),
    ...["x", "y", "z"]
      .slice(0, d)
      .map((axis, a) => ({ name: axis, values: component(positions, d, a), unit: "λ" })),
  ];
}

/** A vector of every particle as columns NAME_x, NAME_y, … */
export function vectorColumns(
  name: string,
  values: Float64Array,
  d: number,
  unit: string,
  description: string,
): Columns {
  return ["x", "y", "z"]
    .slice(0, d)
    .map((axis, a) => ({ name: `${name}_${axis}`, values: component(values, d, a), unit, description }));
}

/** The configuration at the minimum with columns of its particles. */
export function frameOf(
  { snapshot, masses }: EngineGlass,
  { positions, box }: Pick<EngineMinimum, "positions" | "box">,
  columns: Readonly<Record<string, Float64Array | undefined>>,
  metadata: NonNullable<Table["metadata"]>,
): Frame {
  const { count, species, types, ids, origin } = snapshot;
  const given = { ...(masses && { mass: masses }), ...columns };
  return {
    ...{ box, positions, origin },
    ...(species && { species }),
    ...(types && { types }),
    ...(ids && { ids }),
    columns: new Map(
      Object.entries(given).flatMap(([name, values]) =>
        values ? [[name, { width: values.length / count, values }] as const] : [],
      ),
    ),
    info: new Map<string, InfoValue>(Object.entries(metadata)),
  };
}
