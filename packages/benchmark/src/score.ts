import {
  fieldAt,
  fieldOf,
  type Indicator,
  indicatorCorrelation,
  indicators,
  type Minimum,
  type SiteValues,
  type SoftnessField,
  type System,
  softSpots,
  type WorkControl,
} from "softfield";
import { lengthUnit, periodicDistance, softnessBins, thresholdOf } from "softfield/internal";

/** How well an indicator foretold one event. */
export interface Score {
  /** Fraction of the particles whose field is larger than at the event, ties counted half: 1/2 on average by chance. */
  readonly softer: number;
  /** Average precision: the mean, over the particles near the event, of the share of such among all that are as soft. */
  readonly precision: number;
  /** From the event to the nearest of the softest spots, λ. */
  readonly distance: number;
  /** The strain at which the indicator says that the place of the event yields; NaN where it says nothing of strains. */
  readonly foretold: number;
}

/** Particles within this distance of an event belong to it, bond lengths. */
export const NEAR = 3;
/** `NEAR` in a glass, λ. */
export function reachIn({ box, positions }: Pick<System, "box" | "positions">): number {
  return NEAR * lengthUnit(box, positions.length / box.dimension);
}
/** How many of the softest spots an event may be near to. */
export const SPOTS = 5;

/** The field of an indicator's values on the bins of a glass (SI D, Zylberg 2017), as `softfield spots` makes it. */
export function fieldBy(
  name: string,
  { box, positions }: System,
  values: readonly SiteValues[],
  grid: ReturnType<typeof softnessBins>,
): SoftnessField {
  const indicator = indicators.find(name);
  const threshold = indicator ? thresholdOf(indicator, undefined) : 0;
  return fieldOf(box, positions, values, { threshold, grid });
}

/** Scores events by an indicator of a glass, under a load (its deformation rate, d×d) where the indicator knows directions. */
export function indicatorScorer(
  minimum: Minimum,
  indicator: Indicator,
  { load, seed, control }: ScorerOptions,
): Scorer {
  return scorerOf(indicatorField(minimum, indicator, { load, control }), minimum.system, seed);
}

/** The field of an indicator, under a load where it knows directions. */
export function indicatorField(
  minimum: Minimum,
  indicator: Indicator,
  { load, control }: Omit<ScorerOptions, "seed">,
): SoftnessField {
  const { system } = minimum;
  const sites = minimum.interactions.families.map((family) => family.sites());
  const grid = softnessBins(system.box, system.positions, sites);
  const values = indicator.run(minimum, load && indicator.directional ? { load } : {}, control);
  return fieldBy(indicator.name, system, values, grid);
}

interface ScorerOptions {
  readonly load?: Float64Array;
  /** Of the noise in the places of spots. */
  readonly seed: number;
  readonly control: WorkControl;
}

/** Scores an event at a particle. */
export type Scorer = (particle: number) => Score;

/** Scores events at particles by a field. `seed`: of the noise in the places of spots. */
export function scorerOf(field: SoftnessField, system: System, seed: number): Scorer {
  const values = fieldAt(field, system.positions);
  const spots = softSpots(field, seed).spots.slice(0, SPOTS);
  return particleScorer(
    values,
    system,
    spots.map(({ position }) => position),
  );
}

/** Scores events at particles by a value of each (N, the larger the softer; NaN: none), and by the places of spots. */
export function particleScorer(
  values: Float64Array,
  { box, positions }: System,
  spots: readonly ArrayLike<number>[],
): Scorer {
  const d = box.dimension;
  const order = softestFirst(values);
  const placeOf = (p: number) => positions.subarray(p * d, (p + 1) * d);
  const reach = reachIn({ box, positions });
  return (particle) => {
    const place = placeOf(particle);
    let near = 0;
    let sum = 0;
    order.forEach((p, k) => {
      if (periodicDistance(box, placeOf(p), place) > reach) return;
      near++;
      sum += near / (k + 1);
    });
    return {
      softer: (1 - indicatorCorrelation(values, particle)) / 2,
      precision: near > 0 ? sum / near : Number.NaN,
      distance:
        spots.length > 0 ? Math.min(...spots.map((spot) => periodicDistance(box, spot, place))) : Number.NaN,
      foretold: Number.NaN,
    };
  };
}

/** The softest particles, none nearer to a softer one than `NEAR`: where a spot would be. Places, d each. */
export function peaksOf(values: Float64Array, { box, positions }: System): readonly Float64Array[] {
  const d = box.dimension;
  const reach = reachIn({ box, positions });
  const peaks: Float64Array[] = [];
  for (const p of softestFirst(values)) {
    if (peaks.length === SPOTS) break;
    const place = positions.subarray(p * d, (p + 1) * d);
    if (peaks.every((other) => periodicDistance(box, place, other) > reach)) peaks.push(place);
  }
  return peaks;
}

/** The same scores with distances in bond lengths, as tables compare them. */
export function inBonds(scorer: Scorer, { box, positions }: System): Scorer {
  const bond = lengthUnit(box, positions.length / box.dimension);
  return (particle) => {
    const score = scorer(particle);
    return { ...score, distance: score.distance / bond };
  };
}

/** N: the largest |value| of the sites that a particle is of, as fields take |value|; NaN where it has none. */
export function atParticles(found: readonly SiteValues[], count: number): Float64Array {
  const largest = new Float64Array(count).fill(Number.NaN);
  for (const { sites, values } of found)
    for (const members of sites.members)
      members.forEach((p, t) => {
        const size = Math.abs(values[t]);
        if (size > largest[p] || Number.isNaN(largest[p])) largest[p] = size;
      });
  return largest;
}

/** Particles that have a value, the softest first. */
export function softestFirst(values: Float64Array): number[] {
  return Array.from(values.keys())
    .filter((p) => !Number.isNaN(values[p]))
    .sort((p, q) => values[q] - values[p] || p - q);
}
