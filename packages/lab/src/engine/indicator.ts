import type { DeformationOptions } from "softfield";
import { indicators, type SiteValues, unitOf } from "softfield/internal";
import type { Emit } from "./channel.ts";
import { minimumFor, progressTo, type StateInput } from "./minima.ts";

export interface IndicatorInput extends StateInput {
  /** One of those that are registered. */
  readonly name: string;
  /** The shear that directional ones look at. */
  readonly load?: DeformationOptions;
}

/** Values of an indicator, as `softfield spots --indicator` takes them. */
export function indicatorJob({ name, load, ...input }: IndicatorInput, send: Emit): readonly SiteValues[] {
  const control = progressTo(send);
  const minimum = minimumFor(input, control);
  return indicators.get(name).run(minimum, load ? { load: unitOf(minimum, load) } : {}, control);
}
