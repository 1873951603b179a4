import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { binNumbers, neighborBin, pointInBin } from "./bins.ts";
import type { SoftnessField } from "./softness.ts";

/** A local maximum of a softness field. */
export interface SoftSpot {
  /** 1 for the softest. */
  readonly rank: number;
  /** d, unit λ: the bin's centre plus uniform noise within the bin. */
  readonly position: Float64Array;
  /** η, the field's value at the spot. */
  readonly score: number;
  /** Δε = η_max/η ≥ 1 (Eq. E.1, Zylberg 2017): 1 for the softest. */
  readonly standardized: number;
  /** Bin numbers along the edges of the box. */
  readonly bin: readonly number[];
}

/** The soft spots, softest first; or none, where the field has no maximum (a crystal, a tiny sample). */
export type SoftSpots =
  | { readonly status: "ok"; readonly spots: readonly SoftSpot[] }
  | { readonly status: "no-maxima"; readonly spots: readonly []; readonly reason: string };

const WAY_OUT = "take finer bins, or a larger glass";

function uniform(values: Float64Array): boolean {
  return values.every((value) => value === values[0]);
}

/**
 * The soft spots of SI D: bins that are local maxima along their row and along their column (in 3D along all three
 * axes), periodic. A bin is a maximum where its value exceeds the one before it and is not below the one after, so
 * that of a plateau its first bin counts; a value of 0 never does. Spots of equal score rank by bin index.
 *
 * `seed` fixes the white noise of the positions. O(bins).
 */
export function softSpots(field: SoftnessField, seed = 0): SoftSpots {
  const { values, counts } = field;
  if (counts.some((n) => n < 3)) {
    return {
      status: "no-maxima",
      spots: [],
      reason: `with ${counts.join("×")} bins no bin has two neighbours in a row: ${WAY_OUT}`,
    };
  }
  const maxima = Array.from(values.keys()).filter((bin) => isMaximum(field, bin));
  if (maxima.length === 0) {
    return {
      status: "no-maxima",
      spots: [],
      reason: `of ${counts.join("×")} bins none exceeds its neighbours in row and column: ${uniform(field.raw) ? "a uniform field" : WAY_OUT}`,
    };
  }
  maxima.sort((a, b) => values[b] - values[a] || a - b);
  const highest = values[maxima[0]];
  const random = xoroshiro128plus(seed);
  const spots = maxima.map((bin, k): SoftSpot => {
    const score = values[bin];
    const noise = counts.map(() => uniformFloat64(random));
    return {
      rank: k + 1,
      position: pointInBin(field, bin, noise),
      score,
      standardized: highest / score,
      bin: binNumbers(field, bin),
    };
  });
  return { status: "ok", spots };
}

/** Sums of the same values in another order differ by rounding: no maximum is higher by less than this fraction. */
const ROUNDING = 1e-12;

function isMaximum(field: SoftnessField, bin: number): boolean {
  const value = field.values[bin];
  return field.counts.every(
    (_, axis) =>
      value > (1 + ROUNDING) * field.values[neighborBin(field, bin, axis, -1)] &&
      (1 + ROUNDING) * value >= field.values[neighborBin(field, bin, axis, 1)],
  );
}
