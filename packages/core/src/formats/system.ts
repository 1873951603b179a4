import { SoftfieldError } from "../errors.ts";
import type { PairModel } from "../models/index.ts";
import type { Box, System } from "../space/index.ts";
import { inputError } from "./lines.ts";
import type { Snapshot } from "./types.ts";

/** How a snapshot is given a meaning in a model. */
export interface SystemOptions {
  /** Name or numeric type in the file → species name of the model; overrides the defaults. */
  readonly species?: ReadonlyMap<string, string>;
}

/** A configuration in a model, with the way back to its file. */
export interface PlacedSystem {
  readonly system: System;
  /** N, the file's ids, where it has them: particle a of the system has id ids[a]. */
  readonly ids?: Float64Array;
  /** In 2D from a file with three components: the common z of the particles. */
  readonly plane?: number;
  /** Numeric types of the file that were taken for species by their order alone, ascending: type → species. */
  readonly assumed?: ReadonlyMap<number, string>;
}

/** Particles lie in one plane if their z agree to this, in units of the mean spacing. */
const PLANE_TOLERANCE = 1e-8;

/**
 * Parses a species mapping as the command line gives it: "1=S,2=L".
 *
 * @throws usage error where it is malformed or gives a key twice
 */
export function parseSpeciesMap(text: string): Map<string, string> {
  const map = new Map<string, string>();
  for (const part of text.split(",")) {
    const match = /^\s*([^\s=]+)\s*=\s*([^\s=]+)\s*$/.exec(part);
    if (!match || map.has(match[1]!)) {
      throw new SoftfieldError(
        "usage",
        `species mapping "${text}": ${match ? `${match[1]} is mapped twice` : `"${part}" is not FILE=MODEL`}; write it like 1=S,2=L.`,
        { field: "species" },
      );
    }
    map.set(match[1]!, match[2]!);
  }
  return map;
}

/**
 * Places a snapshot's particles in a model: box, dimension, species indices and, for a model with a mixing
 * rule, diameters.
 *
 * Species are taken by name; numeric types stand for the model's species in its order, from 1; an explicit
 * mapping overrides both. A two-dimensional model takes files with a z column if all z agree.
 *
 * @throws SoftfieldError "model" for species, "geometry" for dimension and periodicity; cost O(N)
 */
export function toSystem(snapshot: Snapshot, model: PairModel, options: SystemOptions = {}): PlacedSystem {
  const plane = planeOf(snapshot);
  const dimension = modelDimension(snapshot, model, plane);
  requirePeriodic(snapshot, dimension);
  const diameters = model.mixing ? particleDiameters(snapshot) : undefined;
  const { species, assumed } = speciesIndices(snapshot, model, options);
  const system: System = {
    box: dimension === snapshot.dimension ? snapshot.box : planarBox(snapshot.box),
    positions: dimension === snapshot.dimension ? snapshot.positions : planarPositions(snapshot.positions),
    species,
    ...(diameters ? { diameters } : {}),
  };
  return {
    system,
    ...(snapshot.ids ? { ids: snapshot.ids } : {}),
    ...(dimension === 2 && plane !== undefined ? { plane } : {}),
    ...(assumed.size > 0 ? { assumed } : {}),
  };
}

/** The z that all particles share, or undefined where they do not (or have none). */
function planeOf({ dimension, positions, count, box }: Snapshot): number | undefined {
  if (dimension === 2) return undefined;
  const spacing = Math.sqrt((box.vectors[0]! * box.vectors[4]!) / count);
  const z = positions[2]!;
  for (let at = 2; at < positions.length; at += 3) {
    if (!(Math.abs(positions[at]! - z) <= PLANE_TOLERANCE * spacing)) return undefined;
  }
  return z;
}

function modelDimension(snapshot: Snapshot, model: PairModel, plane: number | undefined): 2 | 3 {
  const flat = snapshot.dimension === 2 || (plane !== undefined && snapshot.count > 1);
  const wanted = model.dimension ?? (flat ? 2 : 3);
  if (wanted === 3 && flat) {
    throw new SoftfieldError(
      "geometry",
      `${snapshot.source}: is two-dimensional (${snapshot.dimension === 2 ? "its positions have two components" : "all particles share one z"}), but model ${model.name} is three-dimensional: choose a two-dimensional model.`,
      { file: snapshot.source },
    );
  }
  if (wanted === 2 && !flat && !(snapshot.count === 1)) {
    const a = firstOutOfPlane(snapshot);
    throw new SoftfieldError(
      "geometry",
      `${snapshot.source}, line ${lineOf(snapshot, a)}, particle ${a}: z = ${snapshot.positions[3 * a + 2]} differs from particle 0's z = ${snapshot.positions[2]}, but model ${model.name} is two-dimensional: choose a three-dimensional model, or give all particles the same z.`,
      { file: snapshot.source, line: lineOf(snapshot, a), particle: a, field: "z" },
    );
  }
  return wanted;
}

function firstOutOfPlane({ positions, count }: Snapshot): number {
  let worst = 0;
  for (let a = 1; a < count; a++) {
    const offset = Math.abs(positions[3 * a + 2]! - positions[2]!);
    if (offset > Math.abs(positions[3 * worst + 2]! - positions[2]!)) worst = a;
  }
  return worst;
}

function requirePeriodic(snapshot: Snapshot, dimension: 2 | 3): void {
  const axis = snapshot.periodic.slice(0, dimension).indexOf(false);
  if (axis < 0) return;
  throw new SoftfieldError(
    "geometry",
    `${snapshot.source}: the box is not periodic along ${"xyz"[axis]}; softfield treats periodic boxes only. ` +
      "If the configuration was made with periodic boundaries, say so in the file " +
      '(extended XYZ: pbc="T T T"; LAMMPS dump: pp in ITEM: BOX BOUNDS).',
    { file: snapshot.source, field: "pbc" },
  );
}

function planarBox({ vectors: v }: Box): Box {
  return { dimension: 2, vectors: Float64Array.of(v[0]!, 0, v[3]!, v[4]!) };
}

function planarPositions(positions: Float64Array): Float64Array {
  const count = positions.length / 3;
  const planar = new Float64Array(2 * count);
  for (let a = 0; a < count; a++) {
    planar[2 * a] = positions[3 * a]!;
    planar[2 * a + 1] = positions[3 * a + 1]!;
  }
  return planar;
}

/** 1-based line of particle a in its file. */
export function lineOf({ firstLine, order }: Snapshot, a: number): number {
  return firstLine + (order ? order[a]! : a);
}

function speciesIndices(
  snapshot: Snapshot,
  model: PairModel,
  options: SystemOptions,
): { readonly species: Int32Array; readonly assumed: ReadonlyMap<number, string> } {
  const { species: named, types, count } = snapshot;
  // Names decide where they mean something to the model or the mapping; else numeric types do.
  const names = named?.names ?? [];
  const nameIndex = names.map((name) => resolve(name, model, options));
  const useTypes = types !== undefined && (!named || nameIndex.every((index) => index < 0));
  if (!named && !types) {
    if (model.species.length === 1) return { species: new Int32Array(count), assumed: new Map() };
    throw new SoftfieldError(
      "model",
      `${snapshot.source}: has no column of species or types, and model ${model.name} has ${model.species.length} species (${model.species.join(", ")}): add one (extended XYZ: Properties=species:S:1:pos:R:3; LAMMPS dump: type).`,
      { file: snapshot.source, field: "species" },
    );
  }
  requireUsedMapping(snapshot, model, options);
  const indices = new Int32Array(count);
  const typeIndex = new Map<number, number>();
  for (let a = 0; a < count; a++) {
    let index: number;
    if (useTypes) {
      const type = types[a]!;
      index = typeIndex.get(type) ?? resolve(String(type), model, options);
      typeIndex.set(type, index);
    } else index = nameIndex[named!.index[a]!]!;
    if (index < 0) throw unknownSpecies(snapshot, model, options, a, useTypes);
    indices[a] = index;
  }
  const labels = useTypes ? [...typeIndex.keys()].map(String) : names;
  return { species: indices, assumed: assumedSpecies(labels, model, options) };
}

/** A mapping may name more than a file holds; one that names nothing of it is written the wrong way round. */
function requireUsedMapping(snapshot: Snapshot, model: PairModel, { species: mapping }: SystemOptions): void {
  if (mapping === undefined || mapping.size === 0) return;
  const { names } = snapshot.species ?? { names: [] };
  const types = [...new Set(snapshot.types ?? [])].sort((a, b) => a - b);
  const present = [...names, ...types.map(String)];
  if (present.some((label) => mapping.has(label))) return;
  const given = [...mapping].map((pair) => pair.join("=")).join(",");
  const shown = present.slice(0, 8);
  const example = shown.map((label, k) => `${label}=${model.species[k % model.species.length]}`).join(",");
  throw new SoftfieldError(
    "usage",
    `${snapshot.source}: the species mapping ${given} names none of the file's species or types, which are ` +
      `${shown.join(", ")}: write it as FILE=MODEL, e.g. --species ${example}.`,
    { file: snapshot.source, field: "species" },
  );
}

/** Labels that are numbers, neither mapped nor names of species; of a model with one species nothing is assumed. */
function assumedSpecies(
  labels: readonly string[],
  model: PairModel,
  options: SystemOptions,
): ReadonlyMap<number, string> {
  if (model.species.length === 1) return new Map();
  const guessed = labels.filter((label) => !options.species?.has(label) && !model.species.includes(label));
  const types = guessed.map(Number).sort((a, b) => a - b);
  return new Map(types.map((type) => [type, model.species[type - 1]!]));
}

/** Index of the model's species that a name or type of the file stands for; −1 if none. */
function resolve(label: string, model: PairModel, options: SystemOptions): number {
  const mapped = options.species?.get(label);
  if (mapped !== undefined) {
    const index = model.species.indexOf(mapped);
    if (index >= 0) return index;
    throw new SoftfieldError(
      "usage",
      `the species mapping ${label}=${mapped} names no species of model ${model.name}: it has ${model.species.join(", ")}.`,
      { field: "species" },
    );
  }
  const index = model.species.indexOf(label);
  if (index >= 0 || !/^[1-9]\d*$/.test(label)) return index;
  const type = Number(label);
  return type <= model.species.length ? type - 1 : -1;
}

function unknownSpecies(
  snapshot: Snapshot,
  model: PairModel,
  options: SystemOptions,
  a: number,
  byType: boolean,
): SoftfieldError {
  const label = byType
    ? `type ${snapshot.types![a]}`
    : `species "${snapshot.species!.names[snapshot.species!.index[a]!]}"`;
  const present = byType
    ? [...new Set(snapshot.types)].slice(0, 8).map(String)
    : snapshot.species!.names.slice(0, 8);
  const example = present.map((name, k) => `${name}=${model.species[k % model.species.length]}`).join(",");
  const where = { particle: a, line: lineOf(snapshot, a), field: "species" };
  return new SoftfieldError(
    "model",
    inputError(
      snapshot.source,
      `${label} is unknown to model ${model.name}, whose species are ${model.species.join(", ")}${options.species ? ", and to the given mapping" : ""}: map the file's species, e.g. --species ${example}.`,
      where,
    ).message,
    { file: snapshot.source, ...where },
  );
}

/** Per-particle diameters from a column diameter, or twice a column radius. */
function particleDiameters(snapshot: Snapshot): Float64Array {
  const find = (name: string) =>
    [...snapshot.columns].find(([key, column]) => key.toLowerCase() === name && column.width === 1)?.[1]
      .values;
  const radius = find("radius");
  const diameters = find("diameter") ?? radius?.map((r) => 2 * r);
  if (!diameters) {
    throw new SoftfieldError(
      "model",
      `${snapshot.source}: the model mixes diameters particle by particle, but the file has no column "diameter" or "radius".`,
      { file: snapshot.source, field: "diameter" },
    );
  }
  const bad = diameters.findIndex((sigma) => !(sigma > 0 && Number.isFinite(sigma)));
  if (bad >= 0) {
    const where = { particle: bad, line: lineOf(snapshot, bad), field: "diameter" };
    throw inputError(
      snapshot.source,
      `the diameter is ${diameters[bad]}; it must be a positive number.`,
      where,
    );
  }
  return diameters;
}
