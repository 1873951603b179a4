import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { square } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";

/** How a bootstrap is drawn. */
export interface BootstrapOptions {
  /** Default 1,000. */
  readonly resamples?: number;
  /** Default 1. */
  readonly seed?: number;
  /** Probability that the interval covers, by percentiles; default 0.95. */
  readonly confidence?: number;
}

/** An estimate with its bootstrap interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Standard deviation over the resamples. */
  readonly error: number;
}

/**
 * Estimates with percentile intervals from resampling whole samples with replacement: a few soft samples dominate
 * pooled tails, so bonds or events of one sample must stay together.
 *
 * `statistic` maps how often each of `samples` samples counts (its weights; all 1 for the estimate itself) to one
 * number per quantity; what is not finite in a resample (no events, say) is left out of that quantity's interval.
 * Of a single sample interval and error are NaN: it says nothing of how samples differ.
 * Deterministic for a seed. O(resamples · (samples + cost of the statistic)).
 */
export function bootstrap(
  samples: number,
  statistic: (weights: Float64Array) => ArrayLike<number>,
  options: BootstrapOptions = {},
): Estimate[] {
  const { resamples = 1000, seed = 1, confidence = 0.95 } = options;
  if (!(samples >= 1 && resamples >= 1 && confidence > 0 && confidence < 1))
    throw new SoftfieldError(
      "usage",
      `a bootstrap of ${samples} samples, ${resamples} times, to confidence ${confidence}: give at least one sample ` +
        "and one resample, and a confidence between 0 and 1",
    );
  const generator = xoroshiro128plus(seed);
  const values = Array.from(statistic(new Float64Array(samples).fill(1)));
  const drawn = values.map(() => [] as number[]);
  const weights = new Float64Array(samples);
  for (let n = 0; n < resamples && samples > 1; n++) {
    weights.fill(0);
    for (let k = 0; k < samples; k++) {
      const pick = uniformInt(generator, 0, samples - 1);
      weights[pick] = weights[pick] + 1;
    }
    const result = statistic(weights);
    drawn.forEach((list, q) => {
      if (Number.isFinite(result[q])) list.push(result[q]);
    });
  }
  return values.map((value, q) => ({ value, ...interval(drawn[q] as number[], confidence) }));
}

/** Percentiles and standard deviation of the resampled values; NaN without any. */
function interval(drawn: number[], confidence: number): Omit<Estimate, "value"> {
  if (drawn.length === 0) return { low: Number.NaN, high: Number.NaN, error: Number.NaN };
  const sorted = Float64Array.from(drawn).sort();
  const at = (p: number): number => {
    const place = p * (sorted.length - 1);
    const k = Math.floor(place);
    const next = sorted[Math.min(k + 1, sorted.length - 1)];
    return sorted[k] + (place - k) * (next - sorted[k]);
  };
  const mean = sorted.reduce((sum, x) => sum + x, 0) / sorted.length;
  const variance = sorted.reduce((sum, x) => sum + square(x - mean), 0) / Math.max(1, sorted.length - 1);
  return { low: at((1 - confidence) / 2), high: at((1 + confidence) / 2), error: Math.sqrt(variance) };
}

/** The mean of one number a sample, e.g. its spots with Δε ≤ 2, with its bootstrap interval. */
export function bootstrapMean(values: ArrayLike<number>, options: BootstrapOptions = {}): Estimate {
  const mean = (weights: Float64Array): number[] => {
    let [sum, count] = [0, 0];
    weights.forEach((w, k) => {
      sum += w * values[k];
      count += w;
    });
    return [sum / count];
  };
  return bootstrap(values.length, mean, options)[0] as Estimate;
}
