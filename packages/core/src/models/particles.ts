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
