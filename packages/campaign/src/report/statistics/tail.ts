import { bootstrap, type Estimate, type LogHistogram } from "softfield";
import {
  binnedTailExponent,
  decimalLogarithm,
  hillStability,
  logBinEdge,
  mergeLogHistograms,
  powerOfTen,
} from "softfield/internal";
import type { EnsembleData } from "../collect.ts";
import { ESTIMATE, estimateCells, type ReportTable } from "../tables.ts";

/** Resamples of what is a curve of many estimates. */
const RESAMPLES = 300;
/** Thresholds a decade, from |E| = 1 on. */
const PER_DECADE = 5;
/** A tail of fewer values, or from fewer samples, says nothing: those of one sample come together. */
const MIN_COUNT = 20;
const MIN_SAMPLES = 10;

/** The exponent of the tail of p(|E|) against where the tail begins, by maximum likelihood and by Hill's estimate. */
export function tailStabilityTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap(({ name, energies, largest }) => {
    const likelihood = thresholds(energies).flatMap((from) => {
      const samples = energies.filter((histogram) => reaches(histogram, from)).length;
      const found = binnedTailExponent(energies, from, { resamples: RESAMPLES });
      return found.status === "ok" && samples >= MIN_SAMPLES
        ? [[name, "likelihood", from, found.count, samples, ...estimateCells(found)]]
        : [];
    });
    const hill = hillStability(largest, someOf(total(largest)), { resamples: RESAMPLES });
    return [
      ...likelihood,
      ...hill.toReversed().flatMap((row) => {
        const samples = largest.filter((values) => values.some((x) => x > row.from)).length;
        if (samples < MIN_SAMPLES) return [];
        return [[name, "hill", row.from, row.k, samples, ...estimateCells(row)]];
      }),
    ];
  });
  return {
    name: "tail_stability",
    title:
      "Tail exponent of p(|E|) by where the tail begins; Hill's estimate uses the largest values one by one",
    columns: ["ensemble", "method", "from", "count", "samples", ...ESTIMATE],
    rows,
  };
}

/** Whether a bin from there on holds something. */
function reaches(histogram: LogHistogram, from: number): boolean {
  const last = histogram.counts.findLastIndex((count) => count > 0);
  return histogram.above > 0 || logBinEdge(histogram, last) >= from * (1 - 1e-12);
}

function total(lists: readonly (readonly number[])[]): number {
  return lists.reduce((sum, { length }) => sum + length, 0);
}

/** 1, 10^(1/5), … up to the largest energy. */
function thresholds(energies: readonly LogHistogram[]): number[] {
  const [first, ...others] = energies;
  if (first === undefined) return [];
  const merged = mergeLogHistograms(first, ...others);
  const last = logBinEdge(merged, merged.counts.findLastIndex((count) => count > 0) + 1);
  const steps = Math.max(0, Math.ceil(PER_DECADE * decimalLogarithm(last)));
  return Array.from({ length: steps }, (_, k) => powerOfTen(k / PER_DECADE));
}

/** 20, 28, 40, …, in steps of √2, below `count`. */
function someOf(count: number): number[] {
  const ks: number[] = [];
  for (let k = MIN_COUNT; Math.round(k) < count; k *= Math.SQRT2) ks.push(Math.round(k));
  return ks;
}

/** Points a decade of the distribution of maxima. */
const MAXIMA_PER_DECADE = 10;

/** How many samples have a max|E_α| of at least x. */
export function maximaTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap(({ name, maxima }) => {
    if (maxima.length === 0) return [];
    const step = (x: number) => Math.floor(MAXIMA_PER_DECADE * decimalLogarithm(x));
    const first = step(maxima.reduce((a, b) => Math.min(a, b)));
    const last = step(maxima.reduce((a, b) => Math.max(a, b)));
    const levels = Array.from({ length: last - first + 1 }, (_, k) =>
      powerOfTen((first + k) / MAXIMA_PER_DECADE),
    );
    const survival = (weights: Float64Array) =>
      levels.map((level) => {
        const above = maxima.reduce((sum, x, k) => sum + (x >= level ? weights[k] : 0), 0);
        return above / maxima.length;
      });
    const found = bootstrap(maxima.length, survival, { resamples: RESAMPLES });
    return levels.map((level, k) => {
      const { value, low, high } = found[k] as Estimate;
      return [name, level, value, low, high, Math.round(value * maxima.length)];
    });
  });
  return {
    name: "maxima",
    title: "Fraction of samples whose largest |E| is at least x",
    columns: ["ensemble", "x", "fraction", "low", "high", "samples"],
    rows,
  };
}

/** Of the samples, those with the largest maxima. */
const FRACTIONS = [0.5, 0.2, 0.1, 0.05, 0.02];

/** If p(E) ∼ E^−a, the maxima of samples have a tail of the same exponent: P(max ≥ x) ∼ x^(1−a). */
export function maximaTailTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap(({ name, maxima }) => {
    const ks = FRACTIONS.map((fraction) => Math.round(fraction * maxima.length)).filter(
      (k) => k >= MIN_COUNT,
    );
    const found = hillStability(
      maxima.map((x) => [x]),
      [...new Set(ks)],
    );
    return found.map((row) => [name, row.from, row.k, ...estimateCells(row)]);
  });
  return {
    name: "maxima_tail",
    title:
      "Tail exponent a of the samples' largest |E|, p(max) ~ max^-a, by Hill's estimate: that of p(|E|) is the same",
    columns: ["ensemble", "from", "count", ...ESTIMATE],
    rows,
  };
}
