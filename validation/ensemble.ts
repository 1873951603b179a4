import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadModel } from "@softfield/node";
import type { PairModel, PlasticEvent, System } from "softfield";
import { wholeNumber } from "./script.ts";

/** A box and the positions in it, as base64 of float64. */
export interface StoredState {
  readonly box: readonly number[];
  readonly positions: string;
}

/** A glass's file of `yielding-ensemble.ts`: what events it has under each direction of shear. */
export interface StoredGlass extends StoredState {
  readonly species: readonly number[];
  readonly loads: Readonly<Record<string, StoredLoad>>;
}

/** Events, and the box and the minimum that each leads to. */
export interface StoredLoad {
  readonly events: readonly PlasticEvent[];
  readonly after: readonly StoredState[];
}

/** Which glasses: `yielding-ensemble.ts`'s folder, model, size and seeds. */
export interface Ensemble {
  readonly folder: string;
  readonly name: string;
  readonly model: PairModel;
  readonly particles: number;
  readonly seeds: readonly number[];
}

/** An ensemble by the arguments ENSEMBLE MODEL N FROM..TO; MODEL: a preset, or a model file. */
export function ensembleOf([folder, given, particles, range]: readonly string[]): Ensemble {
  const model = loadModel(given);
  const [from, to] = range.split("..").map((text) => wholeNumber(text, "a seed"));
  return {
    folder,
    name: model.name,
    model,
    particles: wholeNumber(particles, "the number of particles"),
    seeds: Array.from({ length: to - from + 1 }, (_, k) => from + k),
  };
}

/** The glasses of an ensemble that are there, one after another. */
export function* glassesOf({ folder, name, particles, seeds }: Ensemble): Generator<{
  readonly seed: number;
  readonly glass: StoredGlass;
}> {
  for (const seed of seeds) {
    const path = join(folder, `${name}-${particles}-${seed}.json`);
    if (existsSync(path)) yield { seed, glass: JSON.parse(readFileSync(path, "utf8")) as StoredGlass };
  }
}

/** The glass, or one of its later states, as a configuration. */
export function systemAt({ species }: StoredGlass, { box, positions }: StoredState): System {
  const bytes = Uint8Array.from(Buffer.from(positions, "base64"));
  return {
    box: { dimension: box.length === 4 ? 2 : 3, vectors: Float64Array.from(box) },
    species: Int32Array.from(species),
    positions: new Float64Array(bytes.buffer),
  };
}

/** Seeds that a file of JSON lines has already. */
export function seedsIn(path: string): ReadonlySet<number> {
  const lines = existsSync(path) ? readFileSync(path, "utf8").trim().split("\n").filter(Boolean) : [];
  return new Set(lines.map((line) => (JSON.parse(line) as { seed: number }).seed));
}
