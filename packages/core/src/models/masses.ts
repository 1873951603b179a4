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
