import { SoftfieldError } from "../errors.ts";
import type { PairModel } from "../models/index.ts";
import { lineOf } from "./assemble.ts";
import { inputError } from "./cursor.ts";
import type { Snapshot } from "./types.ts";

/** How a snapshot is given a meaning in a model. */
export interface SystemOptions {
  /** Name or numeric type in the file → species name of the model; overrides the defaults. */
  readonly species?: ReadonlyMap<string, string>;
}

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

/** Each particle's index into the species of the model, and the types whose meaning was assumed. */
export function speciesIndices(
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
