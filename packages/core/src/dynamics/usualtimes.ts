import { inertialTime, type PairModel } from "../models/index.ts";
import type { System } from "../space/index.ts";

/** Time step and relaxation time of the thermostat by default: 0.005 and 1 τ₀, times √ of the lightest mass. O(N). */
export function usualTimes(
  system: Pick<System, "species" | "masses">,
  model: PairModel,
): { readonly dt: number; readonly relaxation: number } {
  const slowness = inertialTime(system, model);
  return { dt: 0.005 * slowness, relaxation: slowness };
}
