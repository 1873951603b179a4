import { rotatePositions, type TriangularLattice } from "./lattice.ts";
import { inputError } from "./lines.ts";
import type { ParticleTable } from "./particles.ts";
import type { ParticleColumn, Snapshot, SnapshotFormat } from "./types.ts";

/** What a format's reader knows of a frame once its last row is read. */
export interface RawFrame {
  readonly source: string;
  readonly format: SnapshotFormat;
  readonly frame: number;
  readonly timestep?: number;
  readonly dimension: 2 | 3;
  readonly lattice: TriangularLattice;
  /** d, in the file's coordinates. */
  readonly origin: Float64Array;
  readonly periodic: readonly boolean[];
  readonly table: ParticleTable;
  /** N×d in the file's coordinates, in row order; taken over. */
  readonly positions: Float64Array;
  /** Names of the table's columns that play a part; the others become `Snapshot.columns`. */
  readonly roles: {
    readonly positions: readonly string[];
    readonly species?: string;
    readonly types?: string;
    readonly ids?: string;
  };
  readonly info: Snapshot["info"];
}

/** Makes the snapshot of a frame: turns it into its triangular box and sorts its particles by id. */
export function assembleSnapshot(raw: RawFrame): Snapshot {
  const { table, dimension: d, lattice, roles } = raw;
  const idColumn = roles.ids === undefined ? undefined : table.column(roles.ids);
  const order = idColumn && idOrder(idColumn.values, raw);
  if (lattice.rotation) {
    rotatePositions(raw.positions, lattice.rotation, d);
    rotatePositions(raw.origin, lattice.rotation, d);
  }
  const species = roles.species === undefined ? undefined : table.column(roles.species);
  const types = roles.types === undefined ? undefined : table.column(roles.types);
  return {
    source: raw.source,
    format: raw.format,
    frame: raw.frame,
    hasMoreFrames: false,
    ...(raw.timestep === undefined ? {} : { timestep: raw.timestep }),
    dimension: d,
    box: lattice.box,
    origin: raw.origin,
    ...(lattice.rotation ? { rotation: lattice.rotation } : {}),
    periodic: raw.periodic,
    count: table.count,
    positions: inOrder(raw.positions, d, order),
    ...(species ? { species: { names: table.names, index: integers(species, order) } } : {}),
    ...(types ? { types: integers(types, order) } : {}),
    ...(idColumn ? { ids: inOrder(idColumn.values, 1, order) } : {}),
    ...(order ? { order } : {}),
    firstLine: table.firstLine,
    columns: otherColumns(raw, order),
    info: raw.info,
    digits: table.digits,
  };
}

function otherColumns(raw: RawFrame, order: Int32Array | undefined): Map<string, ParticleColumn> {
  const { table, roles } = raw;
  const taken = new Set([...roles.positions, roles.species, roles.types, roles.ids]);
  const columns = new Map<string, ParticleColumn>();
  for (const { name, kind, width } of table.plans) {
    if (taken.has(name) || kind === "text") continue;
    columns.set(name, { width, values: inOrder(table.column(name)!.values, width, order) });
  }
  return columns;
}

/** Rows sorted by ascending id, or undefined where they stand so already. */
function idOrder(ids: Float64Array, raw: RawFrame): Int32Array | undefined {
  const n = ids.length;
  let ascending = true;
  for (let row = 1; row < n && ascending; row++) ascending = ids[row - 1]! < ids[row]!;
  if (ascending) return undefined;
  const order = Int32Array.from({ length: n }, (_, row) => row).sort((a, b) => ids[a]! - ids[b]! || a - b);
  for (let k = 1; k < n; k++) {
    const [first, second] = [order[k - 1]!, order[k]!];
    if (ids[first] === ids[second]) {
      throw inputError(
        raw.source,
        `atom id ${ids[second]} stands here and in line ${raw.table.firstLine + first}; ids must be unique.`,
        { line: raw.table.firstLine + second, field: "id" },
      );
    }
  }
  return order;
}

function inOrder(values: Float64Array, width: number, order: Int32Array | undefined): Float64Array {
  if (!order) return values.slice();
  const sorted = new Float64Array(values.length);
  for (let a = 0; a < order.length; a++) {
    for (let k = 0; k < width; k++) sorted[a * width + k] = values[order[a]! * width + k]!;
  }
  return sorted;
}

function integers(column: ParticleColumn, order: Int32Array | undefined): Int32Array {
  return Int32Array.from(inOrder(column.values, 1, order));
}
