import { SoftfieldError } from "../errors.ts";
import { type BootstrapOptions, bootstrap, type Estimate } from "./bootstrap.ts";
import { addToLogHistogram, createLogHistogram, logBinEdge } from "./loghistogram.ts";
import { type TailExponent, tailExponent, tailStatistics } from "./tail.ts";

/** D(ω) in one bin. */
export interface ModeDensityRow {
  /** Geometric middle of the bin, 1/τ₀. */
  readonly x: number;
  /** Fraction of all vibrations per unit of ω, τ₀. */
  readonly density: number;
  /** Bootstrap interval. */
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** The vibrational density of states of an ensemble, as far as it is known. */
export interface ModeDensity {
  /** Below this ω every sample's modes are all there: the smallest of their highest frequencies, 1/τ₀. */
  readonly complete: number;
  /** Bins below `complete` that hold a mode. */
  readonly rows: readonly ModeDensityRow[];
}

/** Of `modeDensity`: the vibrations of a sample in all, and the bins. */
export interface ModeDensityOptions extends BootstrapOptions {
  /** Vibrations of a sample in all, (N − 1)d. */
  readonly degreesOfFreedom: number;
  /** Bins a decade; default 10. */
  readonly perDecade?: number;
  /** Modes that are counted, by sample and mode; default all. Completeness is judged by all. */
  readonly select?: (sample: number, mode: number) => boolean;
}

/** Bins from ω = 10⁻³ over 6 decades. */
const BINS = { low: 1e-3, decades: 6 };

/** Below this ω the lowest modes of all samples (frequencies ascending, read) are complete; Infinity without samples. */
export function completeBelow(samples: readonly ArrayLike<number>[]): number {
  return samples.reduce((least, modes) => Math.min(least, modes[modes.length - 1] ?? 0), Infinity);
}

/**
 * D(ω) from the lowest modes of each sample (frequencies ascending, read), in logarithmic bins, with a bootstrap over
 * samples; D_G ∼ ω⁴ of quasilocalised modes leads to Eq. 6, Zylberg 2017. Each sample holds only so many modes:
 * bins that end above the lowest of the samples' highest frequencies would be short of modes and are left out.
 * O(modes + resamples · samples · bins).
 */
export function modeDensity(samples: readonly ArrayLike<number>[], options: ModeDensityOptions): ModeDensity {
  const { degreesOfFreedom, perDecade = 10, select = () => true } = options;
  if (!(degreesOfFreedom > 0)) {
    throw new SoftfieldError("usage", `${degreesOfFreedom} vibrations a sample: give a positive number`, {
      field: "degreesOfFreedom",
    });
  }
  const complete = completeBelow(samples);
  const histograms = samples.map((modes, sample) => {
    const histogram = createLogHistogram({ ...BINS, perDecade });
    addToLogHistogram(
      histogram,
      Array.from(modes).filter((_, mode) => select(sample, mode)),
    );
    return histogram;
  });
  const [first] = histograms;
  if (first === undefined) return { complete: 0, rows: [] };
  const bins = [...first.counts.keys()].filter(
    (k) => logBinEdge(first, k + 1) <= complete && histograms.some(({ counts }) => counts[k] > 0),
  );
  const densities = (weights: Float64Array) =>
    bins.map((k) => {
      const width = logBinEdge(first, k + 1) - logBinEdge(first, k);
      const count = histograms.reduce((sum, { counts }, s) => sum + weights[s] * counts[k], 0);
      return count / (samples.length * degreesOfFreedom * width);
    });
  const estimates = bootstrap(samples.length, densities, options);
  const rows = bins.map((k, n) => {
    const { value, low, high } = estimates[n] as Estimate;
    const x = Math.sqrt(logBinEdge(first, k) * logBinEdge(first, k + 1));
    const count = histograms.reduce((sum, { counts }) => sum + counts[k], 0);
    return { x, density: value, low, high, count };
  });
  return { complete, rows };
}

/**
 * Exponent β of D(ω) ∼ ω^β below ω_c (`upTo`) by maximum likelihood, β + 1 = n/Σ ln(ω_c/ω), with a bootstrap over
 * samples (frequencies, read). 1/ω then has the tail exponent β + 2. Only meaningful below `complete`.
 * O(modes + resamples · samples).
 */
export function modeExponent(
  samples: readonly ArrayLike<number>[],
  upTo: number,
  options: BootstrapOptions = {},
): TailExponent {
  if (!(upTo > 0)) {
    throw new SoftfieldError("usage", `modes up to ω = ${upTo}: give a positive frequency`, {
      field: "upTo",
    });
  }
  const tails = samples.map((modes) =>
    tailStatistics(
      Array.from(modes, (frequency) => 1 / frequency),
      1 / upTo,
    ),
  );
  const found = tailExponent(tails, options);
  if (found.status !== "ok") return { ...found, reason: `no two different frequencies up to ${upTo}` };
  const { value, low, high } = found;
  return { ...found, value: value - 2, low: low - 2, high: high - 2 };
}

/** The exponent a = (5 + β)/4 of p(E) ∼ E^−a that D(ω) ∼ ω^β and E ∼ ω⁻⁴ give (Eq. 6, Zylberg 2017). */
export function predictedTail({ value, low, high, error }: Estimate): Estimate {
  const of = (beta: number) => (5 + beta) / 4;
  return { value: of(value), low: of(low), high: of(high), error: error / 4 };
}
