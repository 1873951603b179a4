import { SoftfieldError } from "../errors.ts";
import { noCharges, type PairModel } from "../models/index.ts";
import type { System } from "../space/index.ts";

/** Of the neighbour list of a `ForceField`. */
export interface ForceFieldOptions {
  /** How far beyond the cutoff the neighbour list reaches, unit λ. Default 0.35, of a bond length where that is shorter than λ. */
  readonly skin?: number;
}

/** All that decides the forces and their last bits, in the order of the arena. */
export interface FieldState {
  readonly vectors: Float64Array;
  readonly x: Float64Array;
  readonly reference: Float64Array;
  readonly images: Int32Array;
  readonly ids: Int32Array;
}

/** Throws "model" where the system's dimension, species or diameters are not what the model takes. */
export function checkFit(system: System, model: PairModel): void {
  const d = system.box.dimension;
  if (model.dimension !== undefined && model.dimension !== d) {
    throw new SoftfieldError("model", `model "${model.name}" lives in ${model.dimension}D, the box in ${d}D`);
  }
  const bad = system.species.findIndex((s) => !(s >= 0 && s < model.species.length));
  if (bad >= 0) {
    throw new SoftfieldError(
      "model",
      `particle ${bad} is of species ${system.species[bad]}, but model "${model.name}" has ${model.species.length}`,
      { particle: bad, field: "species" },
    );
  }
  if (model.mixing !== undefined && system.diameters === undefined) {
    throw new SoftfieldError(
      "model",
      `model "${model.name}" mixes per-particle diameters, but the configuration has none: give it a column of diameters`,
      { field: "diameters" },
    );
  }
  if (model.charges === "file" && system.charges === undefined) throw noCharges(model);
}

/** Particle numbers, one species after another, and where each species starts. */
export function groupBySpecies(
  species: Int32Array,
  speciesCount: number,
): { ids: Int32Array; starts: Int32Array } {
  const starts = new Int32Array(speciesCount + 1);
  for (const s of species) starts[s + 1]++;
  for (let s = 0; s < speciesCount; s++) starts[s + 1] += starts[s];
  const next = starts.slice();
  const ids = new Int32Array(species.length);
  species.forEach((s, id) => {
    ids[next[s]++] = id;
  });
  return { ids, starts };
}
