import { maxNorm } from "softfield/internal";

/** Averages of a canonical run in units of ½T, with their standard errors. */
export interface Measured {
  readonly mean: Float64Array;
  readonly error: Float64Array;
}

/** How measured energies agree with expected ones. */
export interface Agreement {
  /** Interactions of which difference and standard error both drown in rounding; not in the next two. */
  readonly leftOut: number;
  /** Mean over interactions of ((measured − E)/error)². */
  readonly chiSquarePerBond: number;
  /** Share of interactions within two standard errors. */
  readonly within2Sigma: number;
  /** Median standard error, and median |measured − E|. */
  readonly medianError: number;
  readonly medianDifference: number;
  /** Pearson's, of measured values and E. */
  readonly correlation: number;
}

/**
 * What rounding leaves undecided of [⟨ε⟩ − ε⁰]/(½T): one unit in the last place of the largest energy, as a pair near
 * its cutoff is a difference of numbers of that size. Energies read.
 */
export function energyResolution(energies: Float64Array, temperature: number): number {
  return (Number.EPSILON * maxNorm(energies)) / (0.5 * temperature);
}

/**
 * Compares measured with expected energies (read). Where both the standard error and the difference are below
 * `resolution` their ratio says nothing, and may be 0/0: such interactions, pairs at the cutoff, are counted and left
 * out of χ². One with an error of 0 and a difference that shows stays in.
 */
export function agreement(expected: Float64Array, { mean, error }: Measured, resolution: number): Agreement {
  const differences = expected.map((e, k) => Math.abs(mean[k] - e));
  const scores = Array.from(differences, (difference, k) =>
    difference <= resolution && error[k] <= resolution ? [] : difference / error[k],
  ).flat();
  return {
    leftOut: expected.length - scores.length,
    chiSquarePerBond: scores.reduce((sum, z) => sum + z * z, 0) / scores.length,
    within2Sigma: scores.filter((z) => z <= 2).length / scores.length,
    medianError: median(error),
    medianDifference: median(differences),
    correlation: correlation(mean, expected),
  };
}

function median(values: Float64Array): number {
  return values.slice().sort()[values.length >> 1];
}

function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (v: Float64Array) => v.reduce((sum, x) => sum + x, 0) / v.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((x, k) => {
    ab += (x - ma) * (b[k] - mb);
    aa += (x - ma) ** 2;
    bb += (b[k] - mb) ** 2;
  });
  return ab / Math.sqrt(aa * bb);
}
