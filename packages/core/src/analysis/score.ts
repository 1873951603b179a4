import { type Box, minimumImage } from "../space/index.ts";
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
  const { index, distance } = nearest(box, point, spots);
  const spot = spots[index];
  return spot && { rank: spot.rank, standardized: spot.standardized, distance };
}

/** The first of the nearest spots; index −1 without spots. */
function nearest(box: Box, point: ArrayLike<number>, spots: readonly SoftSpot[]) {
  let found = { index: -1, distance: Infinity };
  spots.forEach(({ position }, index) => {
    const distance = periodicDistance(box, point, position);
    if (distance < found.distance) found = { index, distance };
  });
  return found;
}

/**
 * The share of each spot: the fraction of particles that have it as their nearest (of as many fractions as there are
 * spots; they sum to 1). Shares of the spots up to a Δε, summed, are what chance makes of F_n(Δε) (SI E, Zylberg 2017):
 * a map whose spots below that Δε take up much of the glass foretells much by them, whatever it knows.
 * `positions`: N×d, unit λ. O(N · spots).
 */
export function spotShares(box: Box, positions: Float64Array, spots: readonly SoftSpot[]): Float64Array {
  const d = box.dimension;
  const shares = new Float64Array(spots.length);
  if (spots.length === 0) return shares;
  for (let p = 0; p < positions.length; p += d) {
    const { index } = nearest(box, positions.subarray(p, p + d), spots);
    shares[index] = (shares[index] as number) + 1;
  }
  return shares.map((count) => (count * d) / positions.length);
}

/** Distance between two points through the nearest image, also in tilted boxes; unit λ. */
export function periodicDistance(box: Box, from: ArrayLike<number>, to: ArrayLike<number>): number {
  const d = box.dimension;
  const h = box.vectors;
  const du = minimumImage(
    box,
    Float64Array.from({ length: d }, (_, a) => (to[a] as number) - (from[a] as number)),
  );
  // in a tilted box the nearest image may lie one cell further along each edge
  let shortest = Infinity;
  const steps = [-1, 0, 1];
  for (const s of steps) {
    for (const t of steps) {
      for (const u of d === 3 ? steps : [0]) {
        const turns = [s, t, u];
        let square = 0;
        for (let c = 0; c < d; c++) {
          let x = du[c] as number;
          for (let a = c; a < d; a++) x += (turns[a] as number) * (h[a * d + c] as number);
          square += x * x;
        }
        shortest = Math.min(shortest, square);
      }
    }
  }
  return Math.sqrt(shortest);
}

/**
 * The field's later measure of an indicator (Richard et al. 2020): C = 1 − 2·CDF, the CDF being the fraction of
 * particles softer than the event's, ties counted half: 1 if none is softer, 0 on average by chance, −1 at worst.
 * `indicator`: N, larger = softer; NaN (rattlers) left out. O(N).
 */
export function indicatorCorrelation(indicator: Float64Array, particle: number): number {
  const own = indicator[particle] as number;
  let softer = 0;
  let count = 0;
  indicator.forEach((value, p) => {
    if (p === particle || Number.isNaN(value)) return;
    count++;
    softer += value > own ? 1 : value === own ? 0.5 : 0;
  });
  return count === 0 ? 0 : 1 - (2 * softer) / count;
}

/** A per-particle indicator from bonds: the mean |value| over the bonds of each particle, N; NaN without bonds. O(m). */
export function meanOverBonds(
  particles: number,
  { i, j }: { readonly i: Int32Array; readonly j: Int32Array },
  values: Float64Array,
): Float64Array {
  const sums = new Float64Array(particles);
  const counts = new Int32Array(particles);
  for (let m = 0; m < i.length; m++) {
    const size = Math.abs(values[m] as number);
    for (const p of [i[m] as number, j[m] as number]) {
      sums[p] = (sums[p] as number) + size;
      counts[p] = (counts[p] as number) + 1;
    }
  }
  return sums.map((sum, p) => sum / (counts[p] as number));
}
