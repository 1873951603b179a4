import { SoftfieldError } from "../errors.ts";
import { findInteractions, pressureOf, stress } from "../interactions/index.ts";
import type { PairModel } from "../models/index.ts";
import { type CrystalName, crystal, crystalDimension, type System } from "../space/index.ts";

/** The size and the density of the crystal that `crystalAtRest` makes. */
export interface CrystalOptions {
  /** Cells along each edge. */
  readonly cells: number;
  /** Particles a λ^d; by default that at which the pressure is 0. */
  readonly density?: number;
  /** Index into the model's species; 0. */
  readonly species?: number;
}

/** Densities between half and twice the model's are looked at, in steps of a twentieth. */
const STEP = 1.05;
const FARTHEST = 2;

/**
 * A perfect crystal of one species of the model, at the given density or at the one, nearest to that of the model's
 * glass, at which pressure vanishes and rises with density. Sites are at rest by symmetry.
 *
 * Throws "model" where model and lattice differ in dimension, where the model has no density to start from, and where
 * the pressure vanishes nowhere between half and twice that density (repulsive models); "usage" as `crystal` and where
 * the model has no such species. Some 60 evaluations of the pressure, O(N) each.
 */
export function crystalAtRest(model: PairModel, name: CrystalName, options: CrystalOptions): System {
  const { cells, species = 0 } = options;
  const d = crystalDimension(name);
  if (model.dimension !== undefined && model.dimension !== d) {
    throw new SoftfieldError(
      "model",
      `the lattice ${name} is ${d}D, the model "${model.name}" ${model.dimension}D`,
      { field: "lattice" },
    );
  }
  if (!(Number.isInteger(species) && species >= 0 && species < model.species.length)) {
    throw new SoftfieldError("usage", `the model "${model.name}" has no species ${species}`, {
      field: "species",
    });
  }
  const at = (density: number) => crystal(name, cells, density, species);
  if (options.density !== undefined) return at(options.density);
  const guess = model.glass?.density;
  if (guess === undefined) {
    throw new SoftfieldError("model", `the model "${model.name}" has no glass.density: give a density`, {
      field: "density",
    });
  }
  const pressure = (density: number) => {
    const system = at(density);
    return pressureOf(stress(findInteractions(system, model), system.box));
  };
  const bracket = bracketOf(pressure, guess);
  if (!bracket) {
    throw new SoftfieldError(
      "model",
      `the pressure of ${name} crystals of "${model.name}" vanishes at no density from ${guess / FARTHEST} to ` +
        `${guess * FARTHEST}: give a density`,
      { field: "density" },
    );
  }
  let [low, high] = bracket;
  for (let middle = (low + high) / 2; low < middle && middle < high; middle = (low + high) / 2) {
    if (pressure(middle) < 0) low = middle;
    else high = middle;
  }
  return at(high);
}

/** Two densities, a factor `STEP` apart, of negative and of positive pressure: those nearest to the guess. */
function bracketOf(pressure: (density: number) => number, guess: number): [number, number] | undefined {
  let [below, above] = [guess, guess];
  let [pBelow, pAbove] = [pressure(guess), pressure(guess)];
  while (below * FARTHEST > guess) {
    const [low, high] = [below / STEP, above * STEP];
    const [pLow, pHigh] = [pressure(low), pressure(high)];
    if (pLow < 0 && pBelow >= 0) return [low, below];
    if (pAbove < 0 && pHigh >= 0) return [above, high];
    [below, above, pBelow, pAbove] = [low, high, pLow, pHigh];
  }
  return undefined;
}
