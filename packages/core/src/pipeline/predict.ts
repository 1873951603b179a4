import { type PlasticEvent, type ShearOptions, type ShearResult, shear } from "../deform/index.ts";
import { unitOf } from "../excitations/index.ts";
import { type IndicatorScore, scoresBy } from "../fields/index.ts";
import type { Minimum } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import type { System } from "../space/index.ts";
import { type IndicatorMap, indicatorMaps, type MapOptions } from "./maps.ts";

/** How well the unsheared glass foretold one event (SI E). */
export interface EventScore {
  readonly ordinal: number;
  readonly strain: number;
  readonly particle: number;
  /** d, the particle in the unsheared glass, unit λ: there the distance to the spots is measured. */
  readonly position: Float64Array;
  /** By the names of the indicators. */
  readonly scores: Readonly<Record<string, IndicatorScore>>;
}

/** A glass, where it is soft, where it broke, and how well the first foretold the second. */
export interface Prediction {
  readonly minimum: Minimum;
  readonly maps: readonly IndicatorMap[];
  readonly shear: ShearResult;
  readonly scores: readonly EventScore[];
}

/** By which indicators `predict` finds spots, and how it shears. */
export interface PredictOptions extends MapOptions {
  readonly shear?: ShearOptions;
}

/**
 * Finds the soft spots of a glass by each indicator, shears it to its first plastic events, and scores each event by the
 * spot nearest to its particle's place in the unsheared glass (SI E, Zylberg 2017). Indicators that know directions look at
 * the direction of that shear, unless `load` is another.
 * Errors as `indicatorMaps` and `shear`; how the shear ended is in `shear.status`.
 */
export function predict(
  minimum: Minimum,
  options: PredictOptions = {},
  control: WorkControl = {},
): Prediction {
  const { shear: shearing = {}, ...reading } = options;
  const load = unitOf(minimum, shearing);
  const maps = indicatorMaps(minimum, { load, ...reading }, control);
  const result = shear(minimum.system, minimum.model, shearing, control);
  return { minimum, maps, shear: result, scores: scoreEvents(minimum.system, maps, result.events) };
}

/** Scores events of a sheared glass by the maps of the unsheared one, `system`. O(events·(spots + N)). */
export function scoreEvents(
  { box, positions }: System,
  maps: readonly IndicatorMap[],
  events: readonly Pick<PlasticEvent, "ordinal" | "strain" | "particle">[],
): EventScore[] {
  const d = box.dimension;
  const judges = maps.map(({ indicator, field, spots }) => ({
    name: indicator.name,
    score: scoresBy({ field, spots: spots.spots }, positions),
  }));
  return events.map(({ ordinal, strain, particle }) => ({
    ordinal,
    strain,
    particle,
    position: positions.slice(particle * d, (particle + 1) * d),
    scores: Object.fromEntries(judges.map(({ name, score }) => [name, score(particle)])),
  }));
}
