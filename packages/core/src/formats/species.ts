import { SoftfieldError } from "../errors.ts";
import type { PairModel } from "../models/index.ts";
import { atParticle } from "./assemble.ts";
import { areChemicalSymbols } from "./elements.ts";
import { ANYTHING, mappingAdvice, sortedLabels } from "./species-map.ts";
import type { Snapshot } from "./types.ts";

/** How a snapshot is given a meaning in a model. */
export interface SystemOptions {
  /** Name or numeric type in the file → species name of the model; "*" for all others. Overrides the defaults. */
  readonly species?: ReadonlyMap<string, string>;
  /** The column with the particles' diameters, for models that mix them; default diameter, or twice radius. */
  readonly diameters?: string;
}

/**
 * Each particle's index into the species of the model, and the labels whose meaning was assumed.
 *
 * What the mapping says of a particle's name or type comes first; then names decide where they mean something to the
 * model or the mapping, else numeric types. A model of one species takes particles of any type, and a file of one name
 * whatever that is. Throws "usage" for a mapping that contradicts itself, the file or the model.
 */
export function speciesIndices(
  snapshot: Snapshot,
  model: PairModel,
  options: SystemOptions,
): { readonly species: Int32Array; readonly assumed: ReadonlyMap<string, string> } {
  const { species: named, types, count } = snapshot;
  if (named || types) requireUsedMapping(snapshot, model, options);
  requireKnownTargets(model, options);
  if (!named && !types) {
    const all = options.species?.get(ANYTHING) ?? (model.species.length === 1 ? model.species[0] : undefined);
    if (all !== undefined) {
      return { species: new Int32Array(count).fill(model.species.indexOf(all)), assumed: new Map() };
    }
    throw new SoftfieldError(
      "model",
      `${snapshot.source}: has no column of species or types, and model ${model.name} has ${model.species.length} species (${model.species.join(", ")}): add one (extended XYZ: Properties=species:S:1:pos:R:3; LAMMPS dump: type), or say that all are one with --species '${ANYTHING}=${model.species[0]}'.`,
      { file: snapshot.source, field: "species" },
    );
  }
  const { labels, byType } = particleLabels(snapshot, model, options);
  const only = onlyWay(snapshot, model, byType);
  const indices = new Int32Array(count);
  const known = new Map<string, number>();
  for (let a = 0; a < count; a++) {
    const label = labels(a);
    let index = known.get(label) ?? resolve(label, model, options);
    if (index < 0 && only) index = 0;
    if (index < 0) throw unknownSpecies(snapshot, model, options, a, byType);
    known.set(label, index);
    indices[a] = index;
  }
  return { species: indices, assumed: assumedSpecies([...known.keys()], model, options) };
}

/** Whether there is but one way to read the labels: one species in the model, and types or a single name in the file. */
function onlyWay({ species: named }: Snapshot, model: PairModel, byType: boolean): boolean {
  if (model.species.length !== 1) return false;
  return byType || (named?.names.length === 1 && !otherElements(named.names, model));
}

/** Whether names and species are chemical elements, none of them the same: the file is of another substance. */
function otherElements(names: readonly string[], { species, units }: PairModel): boolean {
  // Letters alone (P, S, N) are also what species of no element are called.
  const elements = units !== undefined || species.some((name) => name.length === 2);
  const none = !names.some((name) => species.includes(name));
  return elements && none && areChemicalSymbols([...names, ...species]);
}

/** The label, name or type, that decides for each particle; `byType` where the mapping names neither. */
function particleLabels(snapshot: Snapshot, model: PairModel, options: SystemOptions) {
  const { species: named, types } = snapshot;
  const name = (a: number) => named!.names[named!.index[a]];
  const type = (a: number) => String(types![a]);
  const { species: mapping } = options;
  const meansNothing = !named?.names.some((name) => resolve(name, model, options) >= 0);
  const byType = types !== undefined && meansNothing && !(named && otherElements(named.names, model));
  const byDefault = byType ? type : name;
  if (!named || !types || !mapping) return { labels: byDefault, byType };
  const labels = (a: number) => {
    const [meant, typed] = [mapping.get(name(a)), mapping.get(type(a))];
    if (meant !== undefined && typed !== undefined && meant !== typed) {
      throw contradiction(snapshot, a, [`${name(a)}=${meant}`, `${type(a)}=${typed}`]);
    }
    return meant !== undefined ? name(a) : typed !== undefined ? type(a) : byDefault(a);
  };
  return { labels, byType };
}

function contradiction(snapshot: Snapshot, a: number, [name, type]: [string, string]): SoftfieldError {
  const message = `the species mapping contradicts itself: by its name this is ${name}, by its type ${type}; map the file's names or its types.`;
  return atParticle(snapshot, a, "species", message, "usage");
}

/** A mapping must lead to species of the model, also where the file holds nothing of what it maps. */
function requireKnownTargets(model: PairModel, { species: mapping }: SystemOptions): void {
  for (const [label, mapped] of mapping ?? []) {
    if (model.species.includes(mapped)) continue;
    throw new SoftfieldError(
      "usage",
      `the species mapping ${label}=${mapped} names no species of model ${model.name}: it has ${model.species.join(", ")}.`,
      { field: "species" },
    );
  }
}

/** A mapping may name more than a file holds; one that names nothing of it is written the wrong way round. */
function requireUsedMapping(snapshot: Snapshot, model: PairModel, { species: mapping }: SystemOptions): void {
  if (mapping === undefined || mapping.size === 0 || mapping.has(ANYTHING)) return;
  const names = snapshot.species?.names ?? [];
  const types = presentTypes(snapshot);
  const present = [...names, ...types];
  if (present.some((label) => mapping.has(label))) return;
  const given = [...mapping].map((pair) => pair.join("=")).join(",");
  const shown = present.length > 8 ? [...present.slice(0, 8), "…"] : present;
  throw new SoftfieldError(
    "usage",
    `${snapshot.source}: the species mapping ${given} names none of the file's species or types, which are ` +
      `${shown.join(", ")}: write it as FILE=MODEL; ${mappingAdvice(names.length > 0 ? names : types, model)}.`,
    { file: snapshot.source, field: "species" },
  );
}

function presentTypes({ types }: Snapshot): string[] {
  return sortedLabels([...new Set(types ?? [])].map(String));
}

/** Labels that are neither mapped nor names of species; of types of a model with one species nothing is assumed. */
function assumedSpecies(
  labels: readonly string[],
  model: PairModel,
  options: SystemOptions,
): ReadonlyMap<string, string> {
  const one = model.species.length === 1;
  const guessed = labels.filter(
    (label) =>
      !options.species?.has(label) &&
      !options.species?.has(ANYTHING) &&
      !model.species.includes(label) &&
      !(one && /^-?\d+$/.test(label)),
  );
  return new Map(
    sortedLabels(guessed).map((label) => [label, one ? model.species[0] : model.species[Number(label) - 1]]),
  );
}

/** Index of the model's species that a name or type of the file stands for; −1 if none. */
function resolve(label: string, model: PairModel, options: SystemOptions): number {
  const mapped = options.species?.get(label);
  if (mapped !== undefined) return model.species.indexOf(mapped);
  const others = options.species?.get(ANYTHING);
  if (others !== undefined) return model.species.indexOf(others);
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
    : `species "${snapshot.species!.names[snapshot.species!.index[a]]}"`;
  const present = byType ? presentTypes(snapshot) : snapshot.species!.names;
  const species = `whose species are ${model.species.join(", ")}${options.species ? ", and to the given mapping" : ""}`;
  const message = `${label} is unknown to model ${model.name}, ${species}: ${mappingAdvice(present, model)}.`;
  return atParticle(snapshot, a, "species", message, "model");
}
