/** Room 15, formats: configurations in and out, tables out; text and bytes, never files. */

export { lineOf } from "./assemble.ts";
export { delimitedText, formatReal } from "./delimited.ts";
export { describeSnapshot, type SnapshotSummary } from "./describe.ts";
export { carriedPoint, intoBoxAt } from "./filebox.ts";
export type { FormatReader, FormatWriter, FrameRequest } from "./format.ts";
export { type Frame, type FrameExtras, frameOfSystem } from "./frame.ts";
export { type Hdf5Array, type Hdf5Content, hdf5Bytes } from "./hdf5.ts";
export { atomStyles } from "./lammps-atom-style.ts";
export { parquetBytes } from "./parquet.ts";
export { planar } from "./planar.ts";
export { countFrames, readSnapshot, readSnapshotStream, SnapshotReader } from "./reader.ts";
export { isGzip } from "./recognise.ts";
export { formats } from "./registry.ts";
export { likelyOrigin, namedSpecies, type SnapshotParts, snapshotOf } from "./snapshot-of.ts";
export type { SystemOptions } from "./species.ts";
export { parseSpeciesMap } from "./species-map.ts";
export { chargeColumn, type PlacedSystem, requirePeriodic, toSystem } from "./system.ts";
export { type ColumnValues, rowCount, type Table, type TableColumn } from "./table.ts";
export type { InfoValue, ParticleColumn, ReadOptions, Snapshot } from "./types.ts";
export { extxyzText } from "./write-extxyz.ts";
export { lammpsDataText, lammpsDumpText } from "./write-lammps.ts";
export { csrNpzBytes, matrixMarketText } from "./write-matrix.ts";
export { npzBytes } from "./write-npz.ts";
export { unzipped } from "./zip.ts";
