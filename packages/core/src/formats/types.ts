import type { Box } from "../space/index.ts";

/** A value of an extended XYZ comment line: scalar, vector, or matrix (array of rows). */
export type InfoValue =
  | string
  | number
  | boolean
  | readonly (string | number | boolean)[]
  | readonly (readonly (string | number | boolean)[])[];

/** A numeric per-particle quantity; logical ones are 0 and 1. */
export interface ParticleColumn {
  /** Numbers a particle. */
  readonly width: number;
  /** N×width, row-major, in particle order. */
  readonly values: Float64Array;
}

/** One configuration as its file tells it, before any model gives it a meaning. */
export interface Snapshot {
  /** Name of the file, for messages. */
  readonly source: string;
  /** Name of the format, as it is registered. */
  readonly format: string;
  /** Zero-based place of this frame in the file. */
  readonly frame: number;
  /** True where the file goes on after this frame. */
  readonly hasMoreFrames: boolean;
  readonly timestep?: number;
  /** Components of a position in the file. */
  readonly dimension: 2 | 3;
  readonly box: Box;
  /** d, a corner of the box; positions are given in the file's coordinates, not relative to it. */
  readonly origin: Float64Array;
  /**
   * d×d, row-major: Q with x = Q·x_file, where the file's lattice was not lower triangular and was
   * turned into that form. Absent: the coordinates are the file's own.
   */
  readonly rotation?: Float64Array;
  /** d flags, true = periodic. */
  readonly periodic: readonly boolean[];
  /** N */
  readonly count: number;
  /** N×d */
  readonly positions: Float64Array;
  /** Where the file names species: names in order of first appearance, and N indices into them. */
  readonly species?: { readonly names: readonly string[]; readonly index: Int32Array };
  /** N, numeric types where the file has them (LAMMPS types count from 1). */
  readonly types?: Int32Array;
  /** N, ascending; where the file has ids the particles are sorted by them. */
  readonly ids?: Float64Array;
  /** N, particle a stood in row order[a] of the file's particle rows. Absent: order[a] = a. */
  readonly order?: Int32Array;
  /** 1-based line of the first particle row, of files with a row a particle. */
  readonly firstLine?: number;
  /** 1-based line of each particle row, of files with several lines a particle. */
  readonly lines?: Int32Array;
  /** All other numeric per-particle quantities, by the file's name for them. */
  readonly columns: ReadonlyMap<string, ParticleColumn>;
  /** Keys and values of an extended XYZ comment line other than Lattice, Properties, pbc, Origin. */
  readonly info: ReadonlyMap<string, InfoValue>;
  /** Masses by type, where a LAMMPS data file tells them. */
  readonly masses?: ReadonlyMap<number, number>;
  /** Most significant decimal digits seen in a coordinate: 17 holds a double exactly. */
  readonly digits: number;
}

/** How a snapshot is read. */
export interface ReadOptions {
  /** Name of the file, for messages; default "input". */
  readonly source?: string;
  /** Zero-based frame of a trajectory; default 0, the first. */
  readonly frame?: number;
  /**
   * The caller knows that no byte is missing (a checksum or a text in memory says so): then the last line
   * need not end in a line break. Otherwise such a line is refused, since its last number may be cut off.
   */
  readonly complete?: boolean;
  /** The atom_style of a LAMMPS data file whose section Atoms does not say it; overrides what that says. */
  readonly atomStyle?: string;
  /** Edges Lx, Ly (, Lz) of the periodic box, for XYZ files that do not say it. */
  readonly box?: readonly number[];
}
