import { SoftfieldError } from "../errors.ts";
import { backboneOf, type Minimum } from "../minimum/index.ts";
import type { PairModel } from "../models/index.ts";
import { type LocalThermalEnergy, respond, spreadsOf } from "./response.ts";

/**
 * E_α of a minimum's terms by `model`, another reading of the rows of the same potential (other splines), to first order: φ …
 * φ‴ and F … F‴ are its, positions and G = M⁻¹ those of the minimum: for rows whose digits spoil third derivatives, and leave
 * second ones to a per cent. Numbered as the backbone's; undefined where the terms are not the same, or by the other reading no
 * rigid glass is left. Cost: all interactions, their third derivatives and one solve; factor and inverse are the minimum's.
 */
export function rereadEnergies(minimum: Minimum, model: PairModel): LocalThermalEnergy | undefined {
  const { system, backbone, pattern, onInverse, solve } = minimum;
  const other = rigidPart(system, model);
  if (other === undefined) return undefined;
  const { interactions, particles } = other;
  const { families } = backbone.interactions;
  const same =
    particles.length === backbone.particles.length &&
    interactions.families.length === families.length &&
    interactions.families.every(({ count }, f) => count === families[f].count);
  if (!same) return undefined;
  const spreads = onInverse((inverse) => spreadsOf(interactions, pattern, inverse));
  return respond(interactions, spreads, solve);
}

/** @returns undefined where the configuration falls apart, or does not fit the model */
function rigidPart(...asked: Parameters<typeof backboneOf>): ReturnType<typeof backboneOf> | undefined {
  try {
    return backboneOf(...asked);
  } catch (error) {
    if (error instanceof SoftfieldError && (error.code === "geometry" || error.code === "model"))
      return undefined;
    throw error;
  }
}
