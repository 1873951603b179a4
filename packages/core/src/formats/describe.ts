import type { Snapshot } from "./types.ts";

/** What a file holds, in plain numbers: everything of a `Snapshot` but its arrays. */
export interface SnapshotSummary {
  readonly source: string;
  readonly format: string;
  readonly frame: number;
  readonly timestep?: number;
  readonly particles: number;
  /** 2 where all particles lie in one plane, whatever the file's columns. */
  readonly dimension: 2 | 3;
  /** True where all particles share one z in a box that repeats along z: a three-dimensional model may be meant. */
  readonly planar: boolean;
  /** Particles by species name; empty where the file has none. */
  readonly species: Readonly<Record<string, number>>;
  /** Particles by numeric type; empty where the file has none. */
  readonly types: Readonly<Record<string, number>>;
  /** Box lengths Lx, Ly (, Lz). */
  readonly lengths: readonly number[];
  /** xy (, xz, yz). */
  readonly tilt: readonly number[];
  readonly rotated: boolean;
  readonly periodic: readonly boolean[];
  /** N over area or volume. */
  readonly density: number;
  /** Most significant digits written in a coordinate; 17 are exact, 0 where all coordinates are zero. */
  readonly digits: number;
  readonly ids?: { readonly first: number; readonly last: number; readonly shuffled: boolean };
  /** Further numeric columns with the numbers a particle. */
  readonly columns: Readonly<Record<string, number>>;
  readonly info: Readonly<Record<string, unknown>>;
}

/** Sums up a snapshot. Cost O(N). */
export function describeSnapshot(snapshot: Snapshot): SnapshotSummary {
  const { box, positions, count, ids } = snapshot;
  const v = box.vectors;
  const flat =
    box.dimension === 3 && count > 1 && positions.every((x, k) => k % 3 !== 2 || x === positions[2]);
  const dimension = flat ? 2 : box.dimension;
  const d = box.dimension;
  const lengths = [0, 1, 2].slice(0, dimension).map((a) => v[a * d + a]);
  return {
    source: snapshot.source,
    format: snapshot.format,
    frame: snapshot.frame,
    timestep: snapshot.timestep,
    particles: count,
    dimension,
    planar: flat && snapshot.periodic[2],
    species: snapshot.species ? counts(snapshot.species.index, (k) => snapshot.species!.names[k]) : {},
    types: snapshot.types ? counts(snapshot.types, String) : {},
    lengths,
    tilt: dimension === 2 ? [v[d]] : [v[3], v[6], v[7]],
    rotated: snapshot.rotation !== undefined,
    periodic: snapshot.periodic.slice(0, dimension),
    density: count / lengths.reduce((product, length) => product * length),
    digits: snapshot.digits,
    ids: ids ? { first: ids[0], last: ids[count - 1], shuffled: snapshot.order !== undefined } : undefined,
    columns: Object.fromEntries([...snapshot.columns].map(([name, { width }]) => [name, width])),
    info: Object.fromEntries(snapshot.info),
  };
}

function counts(values: Int32Array, name: (value: number) => string): Record<string, number> {
  const byValue = new Map<number, number>();
  for (const value of values) byValue.set(value, (byValue.get(value) ?? 0) + 1);
  return Object.fromEntries([...byValue].sort(([a], [b]) => a - b).map(([value, n]) => [name(value), n]));
}
