import { SoftfieldError } from "../errors.ts";
import { type BootstrapOptions, bootstrap } from "./bootstrap.ts";

/** A curve over Δε with its confidence band. */
export interface PredictionRow {
  /** Δε */
  readonly standardized: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Δε from 1 to 5 in steps of 0.05: where Fig. 4 is drawn. */
export const STANDARDIZED_GRID: readonly number[] = Array.from({ length: 81 }, (_, k) => (20 + k) / 20);

/** The fraction of values ≤ x, with how often each counts. Values that are NaN count as never predicted. */
function fraction(values: ArrayLike<number>, x: number, weights?: Float64Array): number {
  let [hits, count] = [0, 0];
  for (let k = 0; k < values.length; k++) {
    const w = weights === undefined ? 1 : weights[k];
    count += w;
    if (values[k] <= x) hits += w;
  }
  return hits / count;
}

/**
 * F_n(Δε): the fraction of n-th plastic events whose nearest spot has at most that Δε (Fig. 4 left, Zylberg 2017).
 *
 * `standardized`: one Δε a sample, of the spot nearest to its n-th event; NaN or Infinity for a sample without spots,
 * which counts as not predicted (samples without an n-th event are left out by the caller). The band is Wilson's
 * interval of a fraction, which for one event a sample is what a bootstrap over samples tends to, and holds at
 * 0 and 1 too. `z` standard deviations, default 1.96 (95 %). O(samples · grid).
 */
export function predictionCurve(
  standardized: ArrayLike<number>,
  grid: ArrayLike<number> = STANDARDIZED_GRID,
  z = 1.96,
): PredictionRow[] {
  const n = standardized.length;
  if (n === 0)
    throw new SoftfieldError("usage", "F_n of no events: give the Δε of at least one", {
      field: "standardized",
    });
  return Array.from(grid, (x) => {
    const value = fraction(standardized, x);
    const scale = 1 + (z * z) / n;
    const middle = (value + (z * z) / (2 * n)) / scale;
    const half = (z / scale) * Math.sqrt((value * (1 - value)) / n + (z * z) / (4 * n * n));
    return { standardized: x, value, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
  });
}

/**
 * δF_n(Δε) = F_n(one indicator)/F_n(baseline) (Fig. 4 right, Zylberg 2017), with a bootstrap over samples that keeps
 * the two values of a sample together. `of` and `baseline`: one Δε a sample, in the same order, as for
 * `predictionCurve`. NaN where the baseline predicts nothing. O(resamples · samples · grid).
 */
export function predictionRatio(
  { of, baseline }: { readonly of: ArrayLike<number>; readonly baseline: ArrayLike<number> },
  grid: ArrayLike<number> = STANDARDIZED_GRID,
  options: BootstrapOptions = {},
): PredictionRow[] {
  if (of.length !== baseline.length)
    throw new SoftfieldError(
      "usage",
      `${of.length} values but ${baseline.length} of the baseline: give both for each sample`,
      {
        field: "baseline",
      },
    );
  const ratios = (weights: Float64Array): number[] =>
    Array.from(grid, (x) => fraction(of, x, weights) / fraction(baseline, x, weights));
  return bootstrap(of.length, ratios, options).map(({ value, low, high }, k) => ({
    standardized: grid[k],
    value: Number.isFinite(value) ? value : Number.NaN,
    low,
    high,
  }));
}
