import { energy, findInteractions, gradient, largestComponent, typicalForce } from "../interactions/index.ts";
import type { Minimum } from "../minimum/index.ts";
import { modelUnits, type PairModel, withAllRows, withLammpsSplines } from "../models/index.ts";
import { type GlassResponse, rereadEnergies } from "../response/index.ts";
import { rounded } from "../rounded.ts";
import type { System } from "../space/index.ts";

/** Differences of forces below this fraction of the typical pair force are passed over. */
const NOTABLE = 1e-3;

/** A campaign asks for the same model again and again. */
const known = new WeakMap<PairModel, PairModel | undefined>();

/**
 * Where the smooth splines through the rows of a potential of embedded atoms differ in forces from the cubic ones of
 * LAMMPS, as they do where rows have kinks or are few: by how much, in a sentence. None where they agree to a thousandth of
 * the typical pair force, or the model has no such terms. Cost: two evaluations of all forces.
 */
export function splineDoubts(system: System, model: PairModel): string[] {
  const theirs = known.has(model) ? known.get(model) : withLammpsSplines(model);
  known.set(model, theirs);
  if (theirs === undefined) return [];
  const ours = findInteractions(system, model);
  const other = findInteractions(system, theirs);
  const forces = gradient(other);
  const difference = gradient(ours).map((force, k) => force - forces[k]);
  const { value, particle } = largestComponent(difference, system.box.dimension);
  const share = value / typicalForce(ours);
  if (!(share > NOTABLE)) return [];
  const units = modelUnits(model);
  const each = (energy(ours) - energy(other)) / system.species.length;
  return [
    `rows of the potential file are few or have kinks: forces differ from those of LAMMPS's cubic splines by up to ${rounded(value, 2)} ${units.energy}/${units.length} (particle ${particle}), ` +
      `${rounded(100 * share, 2)} % of a typical pair force, energies by ${rounded(each, 2)} ${units.energy} a particle. A minimum of LAMMPS's is none of this model to that accuracy; ` +
      'with "interpolation": "lammps" the model has LAMMPS\'s splines (softfield models … --interpolation lammps prints it), whose second derivatives jump at every row',
  ];
}

/** What reads all rows of a table, and how a model is told to. */
const READINGS = [
  { made: withAllRows, words: 'splines through all rows as they are ("every": 1)' },
  { made: withLammpsSplines, words: 'LAMMPS\'s cubic splines ("interpolation": "lammps")' },
] as const;

/**
 * Where rows of few digits were smoothed: by how much E would differ by the rows as they are, in sentences, family by family
 * the root mean square of the difference over that of E (`rereadEnergies`). None where no rows were smoothed. Cost: for each of
 * two readings, their tables, all interactions and one solve.
 */
export function rereadingNotes(minimum: Minimum, { energies }: Pick<GlassResponse, "energies">): string[] {
  const { model } = minimum;
  if (model.notes === undefined) return [];
  return READINGS.flatMap(({ made, words }) => {
    const other = made(model);
    const found = other && rereadEnergies(minimum, other)?.energies;
    if (!found) return [];
    const told = energies.map(({ kind, lte }, f) => `${rounded(off(lte, found[f].lte), 2)} (${kind.name})`);
    return [`by ${words} E would differ by ${told.join(", ")} times its root mean square`];
  });
}

/** √(Σ (x − y)²/Σ x²) */
function off(x: Float64Array, y: Float64Array): number {
  let [apart, size] = [0, 0];
  for (let t = 0; t < x.length; t++) {
    apart += (x[t] - y[t]) * (x[t] - y[t]);
    size += x[t] * x[t];
  }
  return Math.sqrt(apart / size);
}
