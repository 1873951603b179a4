import type { PairModel } from "./types.ts";

/**
 * Masses of particles, N: those of the configuration, else of their species in the model; undefined where neither says
 * any, or where all are 1. O(N).
 */
export function particleMasses(
  { species, masses }: { readonly species: Int32Array; readonly masses?: Float64Array },
  model: Pick<PairModel, "masses">,
): Float64Array | undefined {
  const own = masses ?? (model.masses && Float64Array.from(species, (s) => model.masses![s]));
  return own?.every((mass) => mass === 1) ? undefined : own;
}

/**
 * √ of the lightest mass, τ₀; 1 where neither configuration nor model says any: the time in which the quickest vibrations
 * pass, by which default time steps are measured. O(N).
 */
export function inertialTime(
  system: { readonly species: Int32Array; readonly masses?: Float64Array },
  model: Pick<PairModel, "masses">,
): number {
  const masses = particleMasses(system, model);
  return masses ? Math.sqrt(masses.reduce((least, mass) => Math.min(least, mass), Infinity)) : 1;
}

/**
 * Charges of particles, N: those of the configuration where the model takes them, else of their species in the model;
 * undefined where it has none. O(N).
 */
export function particleCharges(
  { species, charges }: { readonly species: Int32Array; readonly charges?: Float64Array },
  model: Pick<PairModel, "charges">,
): Float64Array | undefined {
  const { charges: own } = model;
  if (own === "file") return charges;
  return own && Float64Array.from(species, (s) => own[s]);
}
