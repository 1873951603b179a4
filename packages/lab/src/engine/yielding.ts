import type { DeformationOptions } from "softfield";
import {
  type FieldWithSpots,
  type SpotSoftening,
  softeningOfSpots,
  unitOf,
  whereDerivable,
} from "softfield/internal";
import type { Emit } from "./channel.ts";
import { minimumFor, progressTo, type StateInput } from "./minima.ts";

export interface YieldingInput extends StateInput {
  readonly map: Pick<FieldWithSpots, "field" | "spots">;
  readonly load: DeformationOptions;
}

/** How spots answer to strain, and the load's unit; without the former where the model does not know. */
export interface Yielding {
  readonly softening: readonly SpotSoftening[] | undefined;
  readonly load: Float64Array;
}

/** When the spots of a map yield, as `softfield spots` finds it. */
export function yieldingJob({ map, load, ...input }: YieldingInput, send: Emit): Yielding {
  const control = progressTo(send);
  const minimum = minimumFor(input, control);
  const unit = unitOf(minimum, load);
  const { found } = whereDerivable(() => softeningOfSpots(minimum, map, control));
  return { softening: found, load: unit };
}
