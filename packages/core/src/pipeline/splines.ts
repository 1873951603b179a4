import { energy, findInteractions, gradient, largestComponent, typicalForce } from "../interactions/index.ts";
import { modelUnits, type PairModel, withLammpsSplines } from "../models/index.ts";
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
