import { type GlassResponse, localThermalEnergy, type PairArrays, pairsOf } from "softfield";
import type { Emit } from "./channel.ts";
import { minimumFor, progressTo, type StateInput } from "./minima.ts";
import { byMagnitude, type ParticleValues, particleValues } from "./particles.ts";

/** A state read: the library's response, and per-particle numbers to colour by. */
export interface Reading extends Omit<GlassResponse, "interactions">, ParticleValues {
  /** Plain arrays: what has methods does not pass between threads. */
  readonly pairs: PairArrays;
  /** The pairs by ascending |E|: so they are drawn, and this takes longer than a picture may. */
  readonly order: Uint32Array;
}

/** Local thermal energies as `softfield lte` computes them, with what the page colours particles by. */
export function readJob(input: StateInput, send: Emit): Reading {
  const control = progressTo(send);
  const response = localThermalEnergy(minimumFor(input, control), {}, control);
  const { interactions, ...rest } = response;
  return {
    ...rest,
    ...particleValues(response),
    pairs: { ...pairsOf(interactions) },
    order: byMagnitude(response.energies[0].lte),
  };
}
