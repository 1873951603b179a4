import { computed } from "@preact/signals";
import { byMagnitude } from "../engine/particles.ts";
import { knownOf } from "./known.ts";
import { angle, plane, reading, readState } from "./shear.ts";
import { slopeAlong } from "./slope.ts";
import { view } from "./view.ts";

/** A number for each bond of the state that is read, to be drawn. */
export interface BondValues {
  readonly values: Float64Array;
  /** By ascending magnitude. */
  readonly order: Uint32Array;
  readonly slope: boolean;
}

/** E; or how it grows with shear in the direction chosen, dE/dγ, where that was asked for and is known. */
export const bondValues = computed<BondValues | undefined>(() => {
  const now = reading.value;
  if (!now) return undefined;
  const slopes = knownOf(readState.value?.system).slopes;
  if (view.value.bondsBy === "slope" && slopes && plane.value === "xy") {
    const values = slopeAlong(slopes[0], now.system.box.dimension, angle.value);
    return { values, order: byMagnitude(values), slope: true };
  }
  return { values: now.energies[0].lte, order: now.order, slope: false };
});
