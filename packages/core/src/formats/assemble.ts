import { type ErrorCode, SoftfieldError } from "../errors.ts";
import { inputError } from "./cursor.ts";
import { rotateVectors, type TriangularLattice } from "./lattice.ts";
import type { ParticleTable } from "./particles.ts";
import type { ParticleColumn, Snapshot } from "./types.ts";

/** What a format's reader knows of a frame once its last row is read. */
export interface RawFrame {
  readonly source: string;
  readonly format: string;
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
    readonly velocities?: readonly string[];
    readonly species?: string | undefined;
    readonly types?: string | undefined;
    readonly ids?: string | undefined;
  };
  /** N×d in the file's coordinates, in row order; taken over. */
  readonly velocities?: Float64Array | undefined;
  /** What texts of the species column stand for, where the file has a table of labels. */
  readonly speciesLabels?: ReadonlyMap<string, string>;
  readonly info: Snapshot["info"];
  readonly masses?: Snapshot["masses"];
}

/** Makes the snapshot of a frame: turns it into its triangular box and sorts its particles by id. */
export function assembleSnapshot(raw: RawFrame): Snapshot {
  const { table, dimension: d, lattice, roles } = raw;
  const idColumn = roles.ids === undefined ? undefined : table.column(roles.ids);
  const order = idColumn && idOrder(idColumn.values, raw.source, (row) => table.firstLine + row);
  if (lattice.rotation) {
    rotateVectors(raw.positions, lattice.rotation, d);
    rotateVectors(raw.origin, lattice.rotation, d);
    if (raw.velocities) rotateVectors(raw.velocities, lattice.rotation, d);
  }
  const species = roles.species === undefined ? undefined : table.column(roles.species);
  const labelled = table.names.map((name) => raw.speciesLabels?.get(name) ?? name);
  const types = roles.types === undefined ? undefined : table.column(roles.types);
  return {
    source: raw.source,
    format: raw.format,
    frame: raw.frame,
    hasMoreFrames: false,
    timestep: raw.timestep,
    dimension: d,
    box: lattice.box,
    origin: raw.origin,
    rotation: lattice.rotation,
    periodic: raw.periodic,
    count: table.count,
    positions: inOrder(raw.positions, d, order),
    species: species ? uniqueSpecies(labelled, integers(species, order)) : undefined,
    types: types && integers(types, order),
    ids: idColumn && inOrder(idColumn.values, 1, order),
    order,
    firstLine: table.firstLine,
    columns: otherColumns(raw, order),
    info: raw.info,
    masses: raw.masses,
    digits: table.digits,
  };
}

function otherColumns(raw: RawFrame, order: Int32Array | undefined): Map<string, ParticleColumn> {
  const { table, roles } = raw;
  const taken = new Set([
    ...roles.positions,
    ...(roles.velocities ?? []),
    roles.species,
    roles.types,
    roles.ids,
  ]);
  const columns = new Map<string, ParticleColumn>();
  for (const { name, kind, width } of table.plans) {
    if (taken.has(name) || kind === "ignored" || kind === "species") continue;
    columns.set(name, { width, values: inOrder(table.column(name)!.values, width, order) });
  }
  if (raw.velocities)
    columns.set("velocity", { width: raw.dimension, values: inOrder(raw.velocities, raw.dimension, order) });
  return columns;
}

/** Interleaves columns of width 1 to N×d; undefined unless the table has them all. */
export function vectorColumn(table: ParticleTable, names: readonly string[]): Float64Array | undefined {
  const parts = names.map((name) => table.column(name)?.values);
  if (parts.length === 0 || parts.some((part) => part === undefined)) return undefined;
  const d = names.length;
  const vectors = new Float64Array(table.count * d);
  parts.forEach((part, c) => {
    for (let row = 0; row < table.count; row++) vectors[row * d + c] = part![row];
  });
  return vectors;
}

/** Rows sorted by ascending id, or undefined where they stand so already. */
export function idOrder(
  ids: Float64Array,
  source: string,
  lineOfRow: (row: number) => number | undefined,
): Int32Array | undefined {
  const n = ids.length;
  let ascending = true;
  for (let row = 1; row < n && ascending; row++) ascending = ids[row - 1] < ids[row];
  if (ascending) return undefined;
  const order = Int32Array.from({ length: n }, (_, row) => row).sort((a, b) => ids[a] - ids[b] || a - b);
  for (let k = 1; k < n; k++) {
    const [first, second] = [order[k - 1], order[k]];
    if (ids[first] === ids[second]) {
      throw inputError(
        source,
        `atom id ${ids[second]} stands here and in ${place(lineOfRow(first), first)}; ids must be unique.`,
        { line: lineOfRow(second), field: "id" },
      );
    }
  }
  return order;
}

/** Rows of `width` values picked in the given order; a copy. */
export function inOrder(values: Float64Array, width: number, order: Int32Array | undefined): Float64Array {
  if (!order) return values.slice();
  const sorted = new Float64Array(values.length);
  for (let a = 0; a < order.length; a++) {
    for (let k = 0; k < width; k++) sorted[a * width + k] = values[order[a] * width + k];
  }
  return sorted;
}

/** Species with each name once. */
function uniqueSpecies(names: readonly string[], index: Int32Array): { names: string[]; index: Int32Array } {
  const unique = [...new Set(names)];
  if (unique.length === names.length) return { names: unique, index };
  return { names: unique, index: index.map((k) => unique.indexOf(names[k])) };
}

function integers(column: ParticleColumn, order: Int32Array | undefined): Int32Array {
  return Int32Array.from(inOrder(column.values, 1, order));
}

/** 1-based line of particle a in its file; undefined for files without lines. */
export function lineOf({ firstLine, lines, order }: Snapshot, a: number): number | undefined {
  const row = order ? order[a] : a;
  return lines ? lines[row] : firstLine === undefined ? undefined : firstLine + row;
}

/** An error at a particle, with the place of it in the file. */
export function atParticle(
  snapshot: Snapshot,
  particle: number,
  field: string,
  message: string,
  code: ErrorCode,
): SoftfieldError {
  const error = inputError(snapshot.source, message, { line: lineOf(snapshot, particle), particle, field });
  return new SoftfieldError(code, error.message, error.place);
}

function place(line: number | undefined, row: number): string {
  return line === undefined ? `row ${row}` : `line ${line}`;
}
