import { debyeWaller, onAllParticles, pseudoInverse } from "softfield/internal";
import type { Emit } from "./channel.ts";
import { minimumFor, progressTo, type StateInput } from "./minima.ts";

/** ⟨|x_i|²⟩/k_BT = tr (M⁺)_ii of every particle, N, λ²/ε; NaN on rattlers. */
export function debyeWallerJob(input: StateInput, send: Emit): Float64Array {
  const control = progressTo(send);
  const minimum = minimumFor(input, control);
  const factors = debyeWaller(pseudoInverse(minimum.factor(control), minimum.inverse(control)));
  return onAllParticles(minimum.backbone, factors, 1, Number.NaN);
}
