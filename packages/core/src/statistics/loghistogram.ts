import { decimalLogarithm, powerOfTen } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";

/** Bins of equal ratio. */
export interface LogBinOptions {
  /** Lower end of the first bin; default 1e-4. */
  readonly low?: number;
  /** Default 12: with `low`, up to 1e8. */
  readonly decades?: number;
  /** Default 10. */
  readonly perDecade?: number;
}

/**
 * Counts of |value| in logarithmic bins: bin k holds low·10^(k/perDecade) ≤ |value| < low·10^((k+1)/perDecade).
 * Serialisable; histograms of the same bins merge exactly, in any order.
 */
export interface LogHistogram {
  readonly low: number;
  readonly perDecade: number;
  readonly counts: Float64Array;
  /** |value| below the first bin, zeros included. */
  below: number;
  /** |value| from the end of the last bin. */
  above: number;
  /** NaN and infinite values, counted nowhere else. */
  invalid: number;
}

/** An empty histogram. Throws "usage" for bins that make no sense. */
export function createLogHistogram(options: LogBinOptions = {}): LogHistogram {
  const { low = 1e-4, decades = 12, perDecade = 10 } = options;
  const bins = Math.round(decades * perDecade);
  if (
    !(
      low > 0 &&
      Number.isFinite(low) &&
      Number.isInteger(perDecade) &&
      perDecade > 0 &&
      bins > 0 &&
      bins <= 1e6
    )
  )
    throw new SoftfieldError(
      "usage",
      `logarithmic bins from ${low} over ${decades} decades with ${perDecade} a decade cannot be made: ` +
        "all must be positive, the bins a decade a whole number",
      { field: "bins" },
    );
  return { low, perDecade, counts: new Float64Array(bins), below: 0, above: 0, invalid: 0 };
}

/** Lower end of bin k (the upper end of bin k − 1). */
export function logBinEdge({ low, perDecade }: LogHistogram, k: number): number {
  return low * powerOfTen(k / perDecade);
}

/** The bin of a positive magnitude, −1 … bins, such that it agrees with the bins' edges to the last bit. */
function binOf({ low, perDecade, counts }: LogHistogram, edges: Float64Array, magnitude: number): number {
  const bins = counts.length;
  const near = Math.floor(decimalLogarithm(magnitude / low) * perDecade);
  let k = Math.max(-1, Math.min(bins, near));
  if (k >= 0 && magnitude < edges[k]) k--;
  else if (k < bins && magnitude >= edges[k + 1]) k++;
  return k;
}

/** Counts the magnitudes of `values` (read) into `histogram` (overwritten). O(values). */
export function addToLogHistogram(histogram: LogHistogram, values: ArrayLike<number>): void {
  const { counts } = histogram;
  const edges = Float64Array.from({ length: counts.length + 1 }, (_, k) => logBinEdge(histogram, k));
  for (let m = 0; m < values.length; m++) {
    const magnitude = Math.abs(values[m]);
    if (!Number.isFinite(magnitude)) {
      histogram.invalid++;
      continue;
    }
    const k = magnitude === 0 ? -1 : binOf(histogram, edges, magnitude);
    if (k < 0) histogram.below++;
    else if (k >= counts.length) histogram.above++;
    else counts[k] = counts[k] + 1;
  }
}

/** The sum of histograms of the same bins. Throws "usage" where bins differ. O(bins). */
export function mergeLogHistograms(first: LogHistogram, ...others: readonly LogHistogram[]): LogHistogram {
  const sum = { ...first, counts: first.counts.slice() };
  for (const other of others) {
    const same =
      other.low === sum.low && other.perDecade === sum.perDecade && other.counts.length === sum.counts.length;
    if (!same)
      throw new SoftfieldError(
        "usage",
        "histograms of different bins cannot be merged: make both with the same options",
        {
          field: "bins",
        },
      );
    for (let k = 0; k < sum.counts.length; k++) sum.counts[k] = sum.counts[k] + other.counts[k];
    sum.below += other.below;
    sum.above += other.above;
    sum.invalid += other.invalid;
  }
  return sum;
}

/** A probability density in bins: one row each. */
export interface DensityRow {
  /** Middle of the bin: geometric of logarithmic bins, arithmetic of even ones. */
  readonly x: number;
  /** Counts / (all counts · width). */
  readonly density: number;
  /** Density · 1/√count: of independent counts; those of one sample are not, compare a bootstrap over samples. */
  readonly error: number;
  readonly count: number;
}

/** p(|value|) of all that was counted, the bins that hold something. O(bins). */
export function logDensity(histogram: LogHistogram): DensityRow[] {
  const { counts, below, above } = histogram;
  const total = counts.reduce((sum, n) => sum + n, below + above);
  const rows: DensityRow[] = [];
  counts.forEach((count, k) => {
    if (count === 0) return;
    const [a, b] = [logBinEdge(histogram, k), logBinEdge(histogram, k + 1)];
    const density = count / (total * (b - a));
    rows.push({ x: Math.sqrt(a * b), density, error: density / Math.sqrt(count), count });
  });
  return rows;
}

/**
 * p(x) of values in even bins of `width` from 0, e.g. distances of events to their spots (SI Fig. 3, Zylberg 2017);
 * every bin up to the largest value. Negative and invalid values throw "input". O(values).
 */
export function evenDensity(values: ArrayLike<number>, width: number): DensityRow[] {
  if (!(width > 0))
    throw new SoftfieldError("usage", `bins of width ${width}: give a positive one`, { field: "width" });
  const counts: number[] = [];
  for (let m = 0; m < values.length; m++) {
    const value = values[m];
    if (!(value >= 0 && Number.isFinite(value)))
      throw new SoftfieldError(
        "input",
        `value ${m} is ${value}: a distance must be finite and not negative`,
        {
          field: "values",
        },
      );
    const k = Math.floor(value / width);
    while (counts.length <= k) counts.push(0);
    counts[k] = counts[k] + 1;
  }
  return counts.map((count, k) => {
    const density = count / (values.length * width);
    return { x: (k + 0.5) * width, density, error: count === 0 ? 0 : density / Math.sqrt(count), count };
  });
}
