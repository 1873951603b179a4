import { inertialTime, type PairModel } from "../models/index.ts";
import type { System } from "../space/index.ts";

// τ₀ = λ√(m/ε) by the model's own units, in which bonds and their energies are about 1 in reduced units. In Å, eV and u bonds
// are two or three λ and their energies a few ε, so that 0.005 is shorter than need be: 0.27 fs for silicon. Where bonds are
// a fraction of λ (nm), it is longer than they allow by as much: give dt.
/** Time step and relaxation time of the thermostat by default: 0.005 and 1 τ₀, times √ of the lightest mass. O(N). */
export function usualTimes(
  system: Pick<System, "species" | "masses">,
  model: PairModel,
): { readonly dt: number; readonly relaxation: number } {
  const slowness = inertialTime(system, model);
  return { dt: 0.005 * slowness, relaxation: slowness };
}
