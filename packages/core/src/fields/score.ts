import { square } from "../elementary.ts";
import { type Box, minimumImage } from "../space/index.ts";
import { type FieldOnBins, fieldAt } from "./softness.ts";
import type { SoftSpot } from "./spots.ts";

/** The soft spot nearest to a plastic event. */
export interface NearestSpot {
  readonly rank: number;
  /** Δε of the spot. */
  readonly standardized: number;
  /** Periodic distance from event to spot, unit λ. */
  readonly distance: number;
}

/** The spot nearest to a point (d, unit λ), by periodic distance (SI E); undefined without spots. O(spots). */
export function nearestSpot(
  box: Box,
  point: ArrayLike<number>,
  spots: readonly SoftSpot[],
): NearestSpot | undefined {
  const { index, distance } = nearest(distanceIn(box), point, spots);
  const spot = spots[index];
  return spot && { rank: spot.rank, standardized: spot.standardized, distance };
}

/** The first of the nearest spots; index −1 without spots. */
function nearest(
  distanceTo: ReturnType<typeof distanceIn>,
  point: ArrayLike<number>,
  spots: readonly SoftSpot[],
) {
  const found = { index: -1, distance: Infinity };
  spots.forEach(({ position }, index) => {
    const distance = distanceTo(point, position);
    if (distance < found.distance) Object.assign(found, { index, distance });
  });
  return found;
}

/**
 * The share of each spot: the fraction of particles that have it as their nearest (of as many fractions as there are
 * spots; they sum to 1). Shares of the spots up to a Δε, summed, are what chance makes of F_n(Δε) (SI E, Zylberg 2017):
 * a map whose spots below that Δε take up much of the glass catches many events by their area alone.
 * `positions`: N×d, unit λ. O(N · spots).
 */
export function spotShares(box: Box, positions: Float64Array, spots: readonly SoftSpot[]): Float64Array {
  const d = box.dimension;
  const shares = new Float64Array(spots.length);
  if (spots.length === 0) return shares;
  const distanceTo = distanceIn(box);
  for (let p = 0; p < positions.length; p += d) {
    const { index } = nearest(distanceTo, positions.subarray(p, p + d), spots);
    shares[index] = shares[index] + 1;
  }
  return shares.map((count) => (count * d) / positions.length);
}

/** How well one field foretold one event. */
export interface IndicatorScore {
  /** The spot nearest to the event; absent where the field has no spots. */
  readonly nearest?: NearestSpot;
  /** C = 1 − 2·CDF, over particles, of the field at the event's particle (Richard et al. 2020). */
  readonly correlation: number;
}

/** Scores of events at particles by a field and its spots (SI E); `positions`: N×d of the unsheared glass, unit λ, read. */
export function scoresBy(
  { field, spots }: { readonly field: FieldOnBins; readonly spots: readonly SoftSpot[] },
  positions: Float64Array,
): (particle: number) => IndicatorScore {
  const d = field.box.dimension;
  const indicator = fieldAt(field, positions);
  return (particle) => {
    const nearest = nearestSpot(field.box, positions.subarray(particle * d, (particle + 1) * d), spots);
    const correlation = indicatorCorrelation(indicator, particle);
    return { nearest, correlation };
  };
}

/** Distance between two points through the nearest image, also in tilted boxes; unit λ. */
export function periodicDistance(box: Box, from: ArrayLike<number>, to: ArrayLike<number>): number {
  return distanceIn(box)(from, to);
}

/** Distances in one box, for many pairs of points. */
function distanceIn(box: Box): (from: ArrayLike<number>, to: ArrayLike<number>) => number {
  const d = box.dimension;
  const shifts = furtherImages(box);
  const du = new Float64Array(d);
  return (from, to) => {
    for (let a = 0; a < d; a++) du[a] = to[a] - from[a];
    minimumImage(box, du);
    let shortest = Infinity;
    for (let k = 0; k < shifts.length; k += d) {
      let length2 = 0;
      for (let c = 0; c < d; c++) length2 += square(du[c] + shifts[k + c]);
      shortest = Math.min(shortest, length2);
    }
    return Math.sqrt(shortest);
  };
}

/** Where the image nearest to a minimum image may be: there, and in a tilted box one cell further along each edge. */
function furtherImages({ dimension: d, vectors: h }: Box): Float64Array {
  const tilted = h.some((x, k) => k % (d + 1) !== 0 && x !== 0);
  if (!tilted) return new Float64Array(d);
  const shifts: number[] = [];
  const steps = [-1, 0, 1];
  for (const s of steps) {
    for (const t of steps) {
      for (const u of d === 3 ? steps : [0]) {
        for (let c = 0; c < d; c++)
          shifts.push([s, t, u].slice(0, d).reduce((sum, n, a) => sum + n * h[a * d + c], 0));
      }
    }
  }
  return Float64Array.from(shifts);
}

/**
 * The field's later measure of an indicator (Richard et al. 2020): C = 1 − 2·CDF, the CDF being the fraction of
 * particles softer than the event's, ties counted half: 1 if none is softer, 0 on average by chance, −1 at worst.
 * `indicator`: N, larger = softer; NaN (rattlers, and what has no value) left out; 0 where the event's particle has none. O(N).
 */
export function indicatorCorrelation(indicator: Float64Array, particle: number): number {
  const own = indicator[particle];
  if (Number.isNaN(own)) return 0;
  let softer = 0;
  let count = 0;
  indicator.forEach((value, p) => {
    if (p === particle || Number.isNaN(value)) return;
    count++;
    softer += value > own ? 1 : value === own ? 0.5 : 0;
  });
  return count === 0 ? 0 : 1 - (2 * softer) / count;
}
