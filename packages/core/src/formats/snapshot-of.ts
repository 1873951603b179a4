import { idOrder, inOrder } from "./assemble.ts";
import { inputError } from "./cursor.ts";
import type { FrameRequest } from "./format.ts";
import { rotateVectors, triangularLattice } from "./lattice.ts";
import type { InfoValue, ParticleColumn, Snapshot } from "./types.ts";

/** A configuration as a reader finds it, in the file's own coordinates and order. */
export interface SnapshotParts {
  readonly format: string;
  readonly dimension: 2 | 3;
  /** d×d, row-major: edge vectors. */
  readonly vectors: ArrayLike<number>;
  /** d, a corner of the box. */
  readonly origin: ArrayLike<number>;
  /** d; default all. */
  readonly periodic?: readonly boolean[];
  /** N×d; taken over. */
  readonly positions: Float64Array;
  /** Names of species, and N indices into them. */
  readonly species?: { readonly names: readonly string[]; readonly index: Int32Array } | undefined;
  readonly types?: Int32Array | undefined;
  readonly ids?: Float64Array | undefined;
  /** N×d. */
  readonly velocities?: Float64Array | undefined;
  readonly columns?: ReadonlyMap<string, ParticleColumn>;
  readonly info?: ReadonlyMap<string, InfoValue>;
  readonly masses?: Snapshot["masses"];
  readonly timestep?: number | undefined;
  readonly hasMoreFrames?: boolean;
  /** Significant digits of coordinates: 17 for doubles, 7 for single precision. */
  readonly digits: number;
  /** 1-based line of each particle's row; absent for binary files. */
  readonly lines?: Int32Array | undefined;
}

/**
 * The snapshot of a configuration that stands in memory: numbers checked, the box turned into its triangular form,
 * particles sorted by their ids. What a reader of a plug-in returns.
 *
 * @throws input error for numbers that are not finite, arrays that do not fit each other, a box without volume, an id
 * that stands twice. Cost: O(N log N)
 */
export function snapshotOf({ source, frame }: FrameRequest, parts: SnapshotParts): Snapshot {
  const { dimension: d, positions, lines } = parts;
  const count = positions.length / d;
  checkNumbers(source, parts, count);
  const lattice = triangularLattice(parts.vectors, d, source);
  const order = parts.ids && idOrder(parts.ids, source, (row) => lines?.[row]);
  const origin = Float64Array.from(parts.origin);
  if (lattice.rotation) {
    rotateVectors(positions, lattice.rotation, d);
    rotateVectors(origin, lattice.rotation, d);
    if (parts.velocities) rotateVectors(parts.velocities, lattice.rotation, d);
  }
  const picked = (values: Int32Array) =>
    order ? Int32Array.from(order, (row) => values[row]) : values.slice();
  const columns = new Map<string, ParticleColumn>();
  for (const [name, { width, values }] of parts.columns ?? [])
    columns.set(name, { width, values: inOrder(values, width, order) });
  if (parts.velocities) columns.set("velocity", { width: d, values: inOrder(parts.velocities, d, order) });
  return {
    source,
    format: parts.format,
    frame,
    hasMoreFrames: parts.hasMoreFrames ?? false,
    timestep: parts.timestep,
    dimension: d,
    box: lattice.box,
    origin,
    rotation: lattice.rotation,
    periodic: parts.periodic ?? Array.from({ length: d }, () => true),
    count,
    positions: inOrder(positions, d, order),
    species: parts.species ? { names: parts.species.names, index: picked(parts.species.index) } : undefined,
    types: parts.types && picked(parts.types),
    ids: parts.ids && inOrder(parts.ids, 1, order),
    order,
    lines,
    columns,
    info: parts.info ?? new Map(),
    masses: parts.masses,
    digits: parts.digits,
  };
}

function checkNumbers(source: string, parts: SnapshotParts, count: number): void {
  const { positions, dimension: d, lines } = parts;
  if (count === 0) throw inputError(source, "the file holds 0 particles; there is nothing to compute.");
  const bad = positions.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) {
    const particle = Math.floor(bad / d);
    throw inputError(source, `${"xyz"[bad % d]} is ${positions[bad]}, not a finite number.`, {
      particle,
      line: lines?.[particle],
    });
  }
  const lengths: [string, number | undefined, number][] = [
    ["species", parts.species?.index.length, count],
    ["types", parts.types?.length, count],
    ["ids", parts.ids?.length, count],
    ["velocities", parts.velocities?.length, count * d],
    ...[...(parts.columns ?? [])].map(([name, { width, values }]): [string, number, number] => [
      name,
      values.length,
      width * count,
    ]),
  ];
  for (const [name, length, wanted] of lengths) {
    if (length === undefined || length === wanted) continue;
    throw inputError(source, `${name}: ${length} values for ${count} particles.`, { field: name });
  }
}

/** Names once each with their indices, from a name a particle. */
export function namedSpecies(names: readonly string[]): { names: string[]; index: Int32Array } {
  const known = new Map<string, number>();
  const index = Int32Array.from(names, (name) => {
    const at = known.get(name) ?? known.size;
    known.set(name, at);
    return at;
  });
  return { names: [...known.keys()], index };
}

/**
 * A corner of the box for formats that do not say it: its centre is the origin where coordinates on both sides of zero
 * occur, else a corner is.
 */
export function likelyOrigin(
  positions: ArrayLike<number>,
  vectors: ArrayLike<number>,
  d: 2 | 3,
): Float64Array {
  const origin = new Float64Array(d);
  let negative = 0;
  for (let k = 0; k < positions.length; k++) if (positions[k] < 0) negative++;
  if (negative < 0.2 * positions.length) return origin;
  for (let c = 0; c < d; c++) for (let a = 0; a < d; a++) origin[c] -= vectors[a * d + c] / 2;
  return origin;
}
