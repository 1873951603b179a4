import { type PlasticEvent, type ShearOptions, type ShearResult, shear } from "../deform/index.ts";
import { fieldAt, indicatorCorrelation, type NearestSpot, nearestSpot } from "../fields/index.ts";
import type { Minimum } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import { type FieldWithSpots, type GlassSoftness, glassSoftness, type SoftnessOptions } from "./softness.ts";

/** How well one indicator foretold one event. */
export interface IndicatorScore {
  /** The spot nearest to the event; absent where the field has no spots. */
  readonly nearest?: NearestSpot;
  /** C = 1 − 2·CDF, over particles, of the field at the event's particle (Richard et al. 2020). */
  readonly correlation: number;
}

/** How well the unsheared glass foretold one event (SI E). */
export interface EventScore {
  readonly ordinal: number;
  readonly strain: number;
  readonly particle: number;
  /** d, the particle in the unsheared glass, unit λ: there the distance to the spots is measured. */
  readonly position: Float64Array;
  readonly lte: IndicatorScore;
  /** Absent where the baseline was left out. */
  readonly modes?: IndicatorScore;
}

/** A glass, where it is soft, where it broke, and how well the first foretold the second. */
export interface Prediction {
  readonly softness: GlassSoftness;
  readonly shear: ShearResult;
  readonly scores: readonly EventScore[];
}

/** How `predict` makes the field, and how it shears. */
export interface PredictOptions extends SoftnessOptions {
  readonly shear?: ShearOptions;
}

/**
 * Finds the soft spots of a glass, shears it to its first plastic events, and scores each event by the spot nearest
 * to its particle's place in the unsheared glass, for local thermal energies and normal modes (SI E, Zylberg 2017).
 * Errors as `glassSoftness` and `shear`; how the shear ended is in `shear.status`.
 */
export function predict(
  minimum: Minimum,
  options: PredictOptions = {},
  control: WorkControl = {},
): Prediction {
  const { shear: shearing = {}, ...reading } = options;
  const softness = glassSoftness(minimum, reading, control);
  const result = shear(minimum.system, minimum.model, shearing, control);
  return { softness, shear: result, scores: scoreEvents(softness, result.events) };
}

/** Scores events of a sheared glass by the soft spots of the unsheared one. O(events·(spots + N)). */
export function scoreEvents(
  { response, field, spots, baseline }: GlassSoftness,
  events: readonly Pick<PlasticEvent, "ordinal" | "strain" | "particle">[],
): EventScore[] {
  const { box, positions } = response.system;
  const d = box.dimension;
  return events.map(({ ordinal, strain, particle }) => {
    const position = positions.slice(particle * d, (particle + 1) * d);
    const score = ({ field, spots: found }: FieldWithSpots): IndicatorScore => {
      const nearest = nearestSpot(box, position, found.spots);
      const correlation = indicatorCorrelation(fieldAt(field, positions), particle);
      return { ...(nearest ? { nearest } : {}), correlation };
    };
    return {
      ordinal,
      strain,
      particle,
      position,
      lte: score({ field, spots }),
      ...(baseline ? { modes: score(baseline) } : {}),
    };
  });
}
