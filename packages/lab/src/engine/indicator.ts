import { indicators, type SiteValues } from "softfield/internal";
import type { Emit } from "./channel.ts";
import { minimumFor, progressTo, type StateInput } from "./minima.ts";

export interface IndicatorInput extends StateInput {
  /** One of those that are registered. */
  readonly name: string;
}

/** Values of an indicator, as `softfield spots --indicator` takes them. */
export function indicatorJob({ name, ...input }: IndicatorInput, send: Emit): readonly SiteValues[] {
  const control = progressTo(send);
  return indicators.get(name).run(minimumFor(input, control), {}, control);
}
