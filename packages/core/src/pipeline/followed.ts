import { type DeformationOptions, QuasistaticShear, type ShearOptions } from "../deform/index.ts";
import { type Minimum, minimumOf } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import { type Forecast, forecastsOf, type GlassForecastOptions, isNear } from "./foretell.ts";

/** What the state before an event said of it. */
export interface FollowedStrain {
  /** γ_c of the first of the forecast's places at the event, counted as the event's own; NaN: none of them lies there. */
  readonly strain: number;
  /** Its rank among the forecast's places; 0: none. */
  readonly rank: number;
}

/** How far the glass is sheared. */
interface FollowedRequest extends Pick<ShearOptions, "events" | "maxStrain"> {
  /** Of the unsheared glass. */
  readonly forecast: Forecast;
}

/**
 * Each plastic event of a glass foretold from the minimum that the one before it has led to: the census is followed from
 * state to state (`census: {from}`), not made anew. Under loads that do not add
 * up exactly (`pure`, `tension`) a strain from a strained state counts as one of the glass's to first order.
 * Cost: the shear, and after each event but the last a forecast with a followed census. Errors as `shear` and `forecastsOf`.
 */
export function followedStrains(
  minimum: Minimum,
  load: DeformationOptions,
  { forecast, ...shearing }: FollowedRequest,
  options: GlassForecastOptions = {},
  control: WorkControl = {},
): FollowedStrain[] {
  const run = QuasistaticShear.start(minimum.system, minimum.model, { ...shearing, ...load });
  const found: FollowedStrain[] = [];
  let now: Stage = { minimum, forecast, strain: 0 };
  for (let over = false; !over; ) {
    over = run.advance(control);
    const event = run.events[found.length];
    if (!event) continue;
    found.push(toldOf(now, event.trigger));
    if (!over) now = staged(run, now, { load, options, control });
  }
  return found;
}

/** A minimum on the way, its forecast, and the strain there. */
interface Stage {
  readonly minimum: Minimum;
  readonly forecast: Forecast;
  readonly strain: number;
}

function toldOf({ minimum, forecast: { folds }, strain }: Stage, trigger: number): FollowedStrain {
  const k = folds.findIndex((fold) => isNear(minimum, fold, trigger));
  return { rank: k + 1, strain: k < 0 ? Number.NaN : strain + folds[k].strain };
}

interface StageRequest {
  readonly load: DeformationOptions;
  readonly options: GlassForecastOptions;
  readonly control: WorkControl;
}

/** Where a run stands after an event. */
function staged(run: QuasistaticShear, before: Stage, { load, options, control }: StageRequest): Stage {
  const { system } = run.result();
  const minimum = minimumOf(system, before.minimum.model, {}, control);
  const census = { ...options.census, from: before.forecast.census };
  const [forecast] = forecastsOf(minimum, [load], { ...options, census }, control);
  return { minimum, forecast, strain: run.strain };
}
