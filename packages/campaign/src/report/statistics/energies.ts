import { bootstrap, type DensityRow, type LogHistogram, logDensity } from "softfield";
import { binnedTailExponent, mergeLogHistograms, powerOfTen } from "softfield/internal";
import type { EnsembleData } from "../collect.ts";
import { ESTIMATE, estimateCells, type ReportTable, withUnit } from "../tables.ts";

/** The tail of p(E_α) is fitted from these bin edges on: 2.0, 5.0, 10, 20, 50. */
const TAIL_FROM = [0.3, 0.7, 1, 1.3, 1.7].map(powerOfTen);

/** All that a histogram counted. */
export function total({ counts, below, above }: LogHistogram): number {
  return counts.reduce((sum, count) => sum + count, below + above);
}

/** Histograms of one curve, one a sample. */
interface Curve {
  readonly name: string;
  readonly histograms: readonly LogHistogram[];
}

/** Every family of terms is a curve of its own: their tails begin at different energies. */
function energyCurves({ name, energies, others }: EnsembleData): Curve[] {
  return [
    { name, histograms: energies },
    ...others
      .filter((other) => other.energies.length > 0)
      .map((other) => ({ name: `${name}, ${other.family}`, histograms: other.energies })),
  ];
}

/** p(|E|) (Fig. 2). */
export function energyDensityTable(ensembles: readonly EnsembleData[]): ReportTable {
  const title = "p(|E|) of all bonds (and triples), logarithmic bins (Fig. 2)";
  return densityTable("lte_density", title, ensembles.flatMap(energyCurves));
}

/** p(|f|) (SI Fig. 2). */
export function forceDensityTable(ensembles: readonly EnsembleData[]): ReportTable {
  const curves = ensembles.map(({ name, forces }) => ({ name, histograms: forces }));
  const table = densityTable("force_density", "p(|f|) of all pairs (SI Fig. 2)", curves);
  return withUnit(table, ensembles, "ε/λ");
}

/** A density with the interval of a bootstrap over samples, and the count in each bin. */
function densityTable(name: string, title: string, curves: readonly Curve[]): ReportTable {
  const rows = curves.flatMap(({ name: label, histograms: all }) => {
    const [first, ...others] = all;
    if (first === undefined) return [];
    const density = logDensity(mergeLogHistograms(first, ...others));
    const bands = densityBands(all, density);
    return density.map(({ x, density: p, count }, k) => [label, x, p, bands[k].low, bands[k].high, count]);
  });
  return { name, title, columns: ["ensemble", "x", "density", "low", "high", "count"], rows };
}

/** Intervals of the bins that hold something: fractions of counts, resampled by whole samples. */
function densityBands(all: readonly LogHistogram[], density: readonly DensityRow[]) {
  const merged = mergeLogHistograms(all[0], ...all.slice(1));
  const bins = [...merged.counts.keys()].filter((k) => merged.counts[k] > 0);
  const totals = all.map(total);
  const whole = total(merged);
  const fractions = (weights: Float64Array) => {
    const sum = totals.reduce((count, n, s) => count + weights[s] * n, 0);
    return bins.map((k) => all.reduce((count, { counts }, s) => count + weights[s] * counts[k], 0) / sum);
  };
  return bootstrap(all.length, fractions, { resamples: 200 }).map(({ low, high }, k) => {
    const perFraction = (density[k].density * whole) / density[k].count;
    return { low: low * perFraction, high: high * perFraction };
  });
}

/** A tail of fewer bonds says nothing. */
const MIN_COUNT = 20;

/** Exponent of the tail of p(|E|), from several |E| on. */
export function tailTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap(energyCurves).flatMap(({ name, histograms }) =>
    TAIL_FROM.flatMap((from) => {
      const found = binnedTailExponent(histograms, from);
      return found.status === "ok" && found.count >= MIN_COUNT
        ? [[name, from, found.count, ...estimateCells(found)]]
        : [];
    }),
  );
  return {
    name: "lte_tail",
    title: "Exponent a of p(|E|) ~ |E|^-a from |E| = from on, by maximum likelihood (the paper: 9/4)",
    columns: ["ensemble", "from", "count", ...ESTIMATE],
    rows,
  };
}
