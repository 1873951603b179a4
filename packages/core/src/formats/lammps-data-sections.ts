import { vectorColumn } from "./assemble.ts";
import { inputError } from "./cursor.ts";
import type { ParticleTable } from "./particles.ts";
import type { Snapshot } from "./types.ts";

/** N×3 velocities brought from the order of their section into that of the atom rows. */
export function velocitiesByRow(
  atoms: ParticleTable,
  velocities: ParticleTable,
  source: string,
): Float64Array {
  const rows = rowsOf(atoms.column("id")!.values, velocities, "Velocities", source);
  const v = vectorColumn(velocities, ["vx", "vy", "vz"])!;
  const sorted = new Float64Array(v.length);
  rows.forEach((from, row) => {
    sorted.set(v.subarray(3 * from, 3 * from + 3), 3 * row);
  });
  return sorted;
}

/** The row that each id has in the table of a section. @throws input error where it has none */
function rowsOf(ids: Float64Array, table: ParticleTable, section: string, source: string): Int32Array {
  const rowOf = new Map<number, number>();
  table.column("id")!.values.forEach((id, row) => {
    rowOf.set(id, row);
  });
  return Int32Array.from(ids, (id) => {
    const row = rowOf.get(id);
    if (row === undefined)
      throw inputError(source, `section ${section} lacks atom id ${id}.`, { field: section });
    return row;
  });
}

/** The snapshot with the further columns of a section of them, brought into the order of its ids. */
export function withColumns(snapshot: Snapshot, table: ParticleTable | undefined, section: string): Snapshot {
  if (!table || !snapshot.ids) return snapshot;
  const rows = rowsOf(snapshot.ids, table, section, snapshot.source);
  const columns = new Map(snapshot.columns);
  for (const { name } of table.plans) {
    if (name === "id") continue;
    const { values } = table.column(name)!;
    columns.set(name, { width: 1, values: Float64Array.from(rows, (row) => values[row]) });
  }
  return { ...snapshot, columns };
}
