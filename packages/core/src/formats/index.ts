export { countFrames, readSnapshot, readSnapshotStream, SnapshotReader } from "./reader.ts";
export { isGzip } from "./recognise.ts";
export type { PlacedSystem, SystemOptions } from "./system.ts";
export { lineOf, parseSpeciesMap, toSystem } from "./system.ts";
export type { InfoValue, ParticleColumn, ReadOptions, Snapshot, SnapshotFormat } from "./types.ts";
