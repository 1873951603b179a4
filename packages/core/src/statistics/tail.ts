import { logarithm } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";
import { type BootstrapOptions, bootstrap, type Estimate } from "./bootstrap.ts";
import { type LogHistogram, logBinEdge } from "./loghistogram.ts";

/**
 * All that maximum likelihood needs of the tail of one sample; two add up to that of both.
 * `from` is x_min, `count` the number n of |value| ≥ x_min, `logSum` Σ ln(|value|/x_min).
 */
export interface TailStatistics {
  readonly from: number;
  readonly count: number;
  readonly logSum: number;
}

/** A tail exponent a of p(x) ∼ x^−a, or the reason why there is none. */
export type TailExponent =
  | ({
      readonly status: "ok";
      readonly count: number;
      /** Where the tail begins. */
      readonly from: number;
    } & Estimate)
  | { readonly status: "no-tail"; readonly count: number; readonly reason: string };

/** The tail of one sample's values (read), for `tailExponent`. O(values). */
export function tailStatistics(values: ArrayLike<number>, from: number): TailStatistics {
  if (!(from > 0))
    throw new SoftfieldError("usage", `a tail from ${from}: its lower end must be positive`, {
      field: "from",
    });
  let [count, logSum] = [0, 0];
  for (let m = 0; m < values.length; m++) {
    const magnitude = Math.abs(values[m]);
    if (!(magnitude >= from && magnitude < Infinity)) continue;
    count++;
    logSum += logarithm(magnitude / from);
  }
  return { from, count, logSum };
}

/**
 * Exponent of p(x) ∼ x^−a for x ≥ x_min by maximum likelihood, a = 1 + n/Σ ln(x/x_min), with a bootstrap over whole
 * samples (Eq. 6, Zylberg 2017, expects 9/4). O(resamples · samples).
 */
export function tailExponent(
  samples: readonly TailStatistics[],
  options: BootstrapOptions = {},
): TailExponent {
  if (samples.length === 0) return { status: "no-tail", count: 0, reason: "no samples" };
  const from = samples[0]?.from;
  if (samples.some((sample) => sample.from !== from))
    throw new SoftfieldError(
      "usage",
      "tails of different lower ends cannot be joined: use one for all samples",
      {
        field: "from",
      },
    );
  const count = samples.reduce((sum, sample) => sum + sample.count, 0);
  const logSum = samples.reduce((sum, sample) => sum + sample.logSum, 0);
  if (!(logSum > 0)) return { status: "no-tail", count, reason: `no two different values from ${from} on` };
  const statistic = (weights: Float64Array): number[] => {
    let [n, logs] = [0, 0];
    weights.forEach((w, k) => {
      n += w * (samples[k] as TailStatistics).count;
      logs += w * (samples[k] as TailStatistics).logSum;
    });
    return [1 + n / logs];
  };
  return {
    status: "ok",
    count,
    from: from as number,
    ...(bootstrap(samples.length, statistic, options)[0] as Estimate),
  };
}

/**
 * The same from logarithmic bins, one histogram a sample, the tail beginning at the first bin edge ≥ `from`,
 * which the result names.
 *
 * A power law in bins of ratio q is a geometric distribution of the bin number k, P(k) = (1 − f) f^k with
 * f = q^(1−a), so that the likelihood has its maximum at f = Σk/(Σk + n), exactly; counts above the last bin K
 * are known to lie at k ≥ K and add K each to Σk only. O(resamples · samples + samples · bins).
 */
export function binnedTailExponent(
  samples: readonly LogHistogram[],
  from: number,
  options: BootstrapOptions = {},
): TailExponent {
  const model = samples[0];
  if (model === undefined) return { status: "no-tail", count: 0, reason: "no samples" };
  const first = model.counts.findIndex((_, k) => logBinEdge(model, k) >= from * (1 - 1e-12));
  if (first < 0) return { status: "no-tail", count: 0, reason: `the bins end below ${from}` };
  const rows = samples.map(({ low, perDecade, counts, above }) => {
    if (low !== model.low || perDecade !== model.perDecade || counts.length !== model.counts.length)
      throw new SoftfieldError("usage", "histograms of different bins cannot be joined", { field: "bins" });
    let [inside, steps] = [0, above * (counts.length - first)];
    for (let k = first; k < counts.length; k++) {
      inside += counts[k];
      steps += counts[k] * (k - first);
    }
    return { inside, steps, count: inside + above };
  });
  const count = rows.reduce((sum, row) => sum + row.count, 0);
  const exponent = (weights: Float64Array): number[] => {
    let [inside, steps] = [0, 0];
    weights.forEach((w, k) => {
      inside += w * (rows[k] as (typeof rows)[number]).inside;
      steps += w * (rows[k] as (typeof rows)[number]).steps;
    });
    return [1 - (logarithm(steps / (steps + inside)) * model.perDecade) / Math.LN10];
  };
  const [estimate] = bootstrap(rows.length, exponent, options) as [Estimate];
  if (!Number.isFinite(estimate.value) || estimate.value <= 1)
    return {
      status: "no-tail",
      count,
      reason: `the counts from ${from} on lie in a single bin or above all`,
    };
  return { status: "ok", count, from: logBinEdge(model, first), ...estimate };
}

/**
 * Hill's estimate from the k largest magnitudes, a = 1 + k/Σ ln(x_(i)/x_(k+1)), i = 1 … k, at each k asked for: a
 * plateau over k shows a power law. k outside 1 … values − 1 and values that are not finite throw "usage".
 * O(values · log values).
 */
export function hillExponents(values: ArrayLike<number>, ks: readonly number[]): Float64Array {
  requireFinite(values);
  const sorted = Float64Array.from(values, Math.abs).sort().reverse();
  for (const k of ks)
    if (!(Number.isInteger(k) && k >= 1 && k < sorted.length && sorted[k] > 0))
      throw new SoftfieldError(
        "usage",
        `Hill's estimate from the ${k} largest of ${sorted.length} values: choose 1 to ${sorted.length - 1}, ` +
          "with a positive value below them",
        { field: "k" },
      );
  const logs = new Float64Array(sorted.length + 1);
  for (let k = 0; k < sorted.length; k++) logs[k + 1] = logs[k] + logarithm(sorted[k]);
  return Float64Array.from(ks, (k) => 1 + k / (logs[k] - k * logarithm(sorted[k])));
}

function requireFinite(values: ArrayLike<number>, of = ""): void {
  const bad = Array.prototype.findIndex.call(values, (x) => !Number.isFinite(x));
  if (bad < 0) return;
  const message = `Hill's estimate${of}: value ${bad} is ${values[bad]}; all must be finite`;
  throw new SoftfieldError("usage", message, { field: "values" });
}

/** Hill's estimate from the k largest values, with a bootstrap interval. */
export interface HillRow extends Estimate {
  readonly k: number;
  /** x_(k+1), above which the k values lie. */
  readonly from: number;
}

/**
 * Hill's estimates from the k largest magnitudes of all samples (values, read) at each k, with a bootstrap over
 * samples at the threshold x_(k+1), which is held. ks beyond what there is are left out, values
 * that are not finite throw "usage". O(values · log values + ks · (values + resamples · samples)).
 */
export function hillStability(
  samples: readonly ArrayLike<number>[],
  ks: readonly number[],
  options: BootstrapOptions = {},
): HillRow[] {
  samples.forEach((values, k) => {
    requireFinite(values, ` of sample ${k}`);
  });
  const all = Float64Array.from(samples.flatMap((values) => Array.from(values, Math.abs)))
    .sort()
    .reverse();
  const possible = ks.filter((k) => k < all.length && all[k - 1] > all[k]);
  const values = hillExponents(all, possible);
  return possible.flatMap((k, n) => {
    const from = all[k];
    // the value at the threshold itself is not one of the k
    const above = samples.map((own) => Array.from(own, Math.abs).filter((x) => x > from));
    const found = tailExponent(
      above.map((own) => tailStatistics(own, from)),
      options,
    );
    return found.status === "ok" ? [{ ...found, k, from, value: values[n] }] : [];
  });
}
