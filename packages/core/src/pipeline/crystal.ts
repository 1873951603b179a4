import { SoftfieldError } from "../errors.ts";
import { findInteractions, pressureOf, stress } from "../interactions/index.ts";
import { evaluatePairs, leastDistance, type PairModel, pairCutoff } from "../models/index.ts";
import { type CrystalName, crystal, crystalDimension, minimumImage, type System } from "../space/index.ts";

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
const MAX_DISTANCE = 2;

/**
 * A perfect crystal of one species of the model, at the given density or at the one, nearest to that of the model's
 * glass (or to that at which nearest neighbours lie in the minimum of their potential), at which pressure vanishes and
 * rises with density. Sites are at rest by symmetry.
 *
 * Throws "model" where model and lattice differ in dimension, where like particles do not attract, and where
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
  const guess = model.glass?.density ?? densityOfContact(model, species, at(1));
  const pressure = (density: number) => {
    const system = at(density);
    return pressureOf(stress(findInteractions(system, model), system.box));
  };
  const bracket = bracketOf(pressure, guess);
  if (!bracket) {
    throw new SoftfieldError(
      "model",
      `the pressure of ${name} crystals of "${model.name}" vanishes at no density from ${guess / MAX_DISTANCE} to ` +
        `${guess * MAX_DISTANCE}: give a density`,
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

/** Distances at which the minimum of a potential is looked for. */
const POINTS = 2000;

/** The density at which the nearest neighbours of a lattice, here at density 1, are in the minimum of their potential. */
function densityOfContact(model: PairModel, species: number, lattice: System): number {
  const least = leastDistance(model, species, species);
  const cutoff = pairCutoff(model, species, species);
  const column = () => new Float64Array(POINTS);
  const r = Float64Array.from({ length: POINTS }, (_, k) => least + ((cutoff - least) * (k + 1)) / POINTS);
  const [phi, ends] = [column(), new Int32Array(POINTS)];
  const batch = { i: ends, j: ends, r, phi0: phi, phi1: column(), phi2: column(), phi3: column() };
  evaluatePairs(model, { species: Int32Array.of(species), diameters: Float64Array.of(1) }, batch);
  // a well lies beyond a core; without one (Buckingham's fall to −∞) its top stands for it
  const top = phi.reduce((most, value, k) => (value > phi[most] ? k : most), 0);
  const lowest = phi.reduce((most, value, k) => (k > top && value < phi[most] ? k : most), top);
  if (!(phi[lowest] < 0)) {
    const like = `${model.species[species]} and ${model.species[species]}`;
    throw new SoftfieldError(
      "model",
      `${like} of "${model.name}" do not attract each other: a crystal of them has no density of zero pressure; give a density`,
      { field: "density" },
    );
  }
  const ratio = nearestDistance(lattice) / r[lowest];
  return lattice.box.dimension === 2 ? ratio * ratio : ratio * ratio * ratio;
}

/** Of a lattice in a rectangular box. */
function nearestDistance({ box, positions, species }: System): number {
  const d = box.dimension;
  let nearest = Number.POSITIVE_INFINITY;
  for (let a = 0; a < d; a++) nearest = Math.min(nearest, box.vectors[a * (d + 1)]);
  for (let p = 1; p < species.length; p++) {
    const apart = minimumImage(
      box,
      positions.slice(p * d, (p + 1) * d).map((x, c) => x - positions[c]),
    );
    nearest = Math.min(nearest, Math.sqrt(apart.reduce((sum, x) => sum + x * x, 0)));
  }
  return nearest;
}

/** Two densities, a factor `STEP` apart, of negative and of positive pressure: those nearest to the guess. */
function bracketOf(pressure: (density: number) => number, guess: number): [number, number] | undefined {
  let [below, above] = [guess, guess];
  let [pBelow, pAbove] = [pressure(guess), pressure(guess)];
  while (below * MAX_DISTANCE > guess) {
    const [low, high] = [below / STEP, above * STEP];
    const [pLow, pHigh] = [pressure(low), pressure(high)];
    if (pLow < 0 && pBelow >= 0) return [low, below];
    if (pAbove < 0 && pHigh >= 0) return [above, high];
    [below, above, pBelow, pAbove] = [low, high, pLow, pHigh];
  }
  return undefined;
}
