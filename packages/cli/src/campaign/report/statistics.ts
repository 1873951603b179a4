import {
  binnedTailExponent,
  bootstrap,
  bootstrapMean,
  type ColumnValues,
  type DensityRow,
  type Estimate,
  evenDensity,
  type LogHistogram,
  logDensity,
  mergeLogHistograms,
  predictionCurve,
  predictionRatio,
} from "softfield";
import { type EnsembleData, FIELDS, type SampleEvents } from "./collect.ts";

/** A table of the report: rows of values under named columns. */
export interface ReportTable {
  readonly name: string;
  /** What it holds, in a sentence. */
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** Δε up to which spots are counted (the paper: 25 on average). */
const SPOT_LIMIT = 2;
/** The tail of p(E_α) is fitted from here on. */
const TAIL_FROM = [2, 5, 10, 20, 50];
/** Width of the bins of distances, λ. */
const DISTANCE_BIN = 0.5;

/** All statistics of a campaign (issue of the paper's §7 numbers), errors by bootstrap over whole samples. */
export function statistics(ensembles: readonly EnsembleData[]): ReportTable[] {
  return [
    ensembleTable(ensembles),
    densityTable(
      "lte_density",
      "p(|E|) of all bonds, logarithmic bins (Fig. 2)",
      ensembles,
      ({ energies }) => energies,
    ),
    tailTable(ensembles),
    densityTable("force_density", "p(|f|) of all pairs (SI Fig. 2)", ensembles, ({ forces }) => forces),
    predictionTable(ensembles),
    ratioTable(ensembles),
    fractionsTable(ensembles),
    distanceTable(ensembles),
    spotsTable(ensembles),
    strainTable(ensembles),
    correlationTable(ensembles),
  ];
}

/** A column of a table as what Parquet and delimited text take. */
export function columnValues({ columns, rows }: ReportTable, name: string): ColumnValues {
  const k = columns.indexOf(name);
  const values = rows.map((row) => row[k]!);
  return values.some((value) => typeof value === "string")
    ? values.map(String)
    : Float64Array.from(values as number[]);
}

const ESTIMATE = ["value", "low", "high", "error"];

function estimateCells({ value, low, high, error }: Estimate): number[] {
  return [value, low, high, error];
}

function ensembleTable(ensembles: readonly EnsembleData[]): ReportTable {
  return {
    name: "ensembles",
    title: "Samples of each ensemble, and the energy per particle of their inherent structures",
    columns: ["ensemble", "model", "particles", "glasses", "responses", "sheared", "bonds", ...ESTIMATE],
    rows: ensembles.map(({ name, model, particles, energyPerParticle, seeds, events, energies }) => [
      name,
      model,
      particles,
      energyPerParticle.length,
      seeds.length,
      events.length,
      energies.reduce((sum, histogram) => sum + total(histogram), 0),
      ...estimateCells(meanOf(energyPerParticle)),
    ]),
  };
}

function total({ counts, below, above }: LogHistogram): number {
  return counts.reduce((sum, count) => sum + count, below + above);
}

function meanOf(values: readonly number[]): Estimate {
  if (values.length > 0) return bootstrapMean(values);
  return { value: Number.NaN, low: Number.NaN, high: Number.NaN, error: Number.NaN };
}

/** A density with the interval of a bootstrap over samples, and the count in each bin. */
function densityTable(
  name: string,
  title: string,
  ensembles: readonly EnsembleData[],
  of: (data: EnsembleData) => readonly LogHistogram[],
): ReportTable {
  const rows = ensembles.flatMap((data) => {
    const all = of(data);
    const [first, ...others] = all;
    if (first === undefined) return [];
    const density = logDensity(mergeLogHistograms(first, ...others));
    const bands = densityBands(all, density);
    return density.map(({ x, density: p, count }, k) => [
      data.name,
      x,
      p,
      bands[k]!.low,
      bands[k]!.high,
      count,
    ]);
  });
  return { name, title, columns: ["ensemble", "x", "density", "low", "high", "count"], rows };
}

/** Intervals of the bins that hold something: fractions of counts, resampled by whole samples. */
function densityBands(all: readonly LogHistogram[], density: readonly DensityRow[]) {
  const merged = mergeLogHistograms(all[0]!, ...all.slice(1));
  const bins = [...merged.counts.keys()].filter((k) => merged.counts[k]! > 0);
  const totals = all.map(total);
  const whole = total(merged);
  const fractions = (weights: Float64Array) => {
    const sum = totals.reduce((count, n, s) => count + weights[s]! * n, 0);
    return bins.map((k) => all.reduce((count, { counts }, s) => count + weights[s]! * counts[k]!, 0) / sum);
  };
  return bootstrap(all.length, fractions, { resamples: 200 }).map(({ low, high }, k) => {
    const perFraction = (density[k]!.density * whole) / density[k]!.count;
    return { low: low * perFraction, high: high * perFraction };
  });
}

function tailTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap(({ name, energies }) =>
    TAIL_FROM.flatMap((from) => {
      const found = binnedTailExponent(energies, from);
      return found.status === "ok" ? [[name, from, found.count, ...estimateCells(found)]] : [];
    }),
  );
  return {
    name: "lte_tail",
    title: "Exponent a of p(|E|) ~ |E|^-a from |E| = from on, by maximum likelihood (the paper: 9/4)",
    columns: ["ensemble", "from", "count", ...ESTIMATE],
    rows,
  };
}

/** Highest ordinal of any event. */
function ordinals(events: readonly SampleEvents[]): number[] {
  const most = events.reduce((max, { strains }) => Math.max(max, strains.length), 0);
  return Array.from({ length: most }, (_, k) => k + 1);
}

/** Δε of the spot nearest to the n-th event, one a sample that has one; NaN where the field has no spots. */
function standardizedOf(events: readonly SampleEvents[], field: string, ordinal: number): number[] {
  return events
    .filter(({ strains }) => strains.length >= ordinal)
    .map(({ scores }) => scores[field]?.[ordinal - 1]?.standardized ?? Number.NaN);
}

function isScored({ events }: EnsembleData, field: string): boolean {
  return events.some(({ scores }) => scores[field] !== undefined);
}

function predictionTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap((data) =>
    FIELDS.filter((field) => isScored(data, field)).flatMap((field) =>
      ordinals(data.events).flatMap((n) =>
        predictionCurve(standardizedOf(data.events, field, n)).map(({ standardized, value, low, high }) => {
          return [data.name, field, n, standardized, value, low, high];
        }),
      ),
    ),
  );
  return {
    name: "prediction",
    title: "F_n: fraction of n-th events whose nearest spot has at most that standardised score (Fig. 4)",
    columns: ["ensemble", "field", "ordinal", "standardized", "value", "low", "high"],
    rows,
  };
}

function ratioTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap((data) => {
    if (!FIELDS.every((field) => isScored(data, field))) return [];
    return ordinals(data.events).flatMap((n) => {
      const of = standardizedOf(data.events, "lte", n);
      const baseline = standardizedOf(data.events, "modes", n);
      return predictionRatio({ of, baseline }).map(({ standardized, value, low, high }) => {
        return [data.name, n, standardized, value, low, high];
      });
    });
  });
  return {
    name: "prediction_ratio",
    title: "delta F_n: F_n of local thermal energies over F_n of normal modes (Fig. 4)",
    columns: ["ensemble", "ordinal", "standardized", "value", "low", "high"],
    rows,
  };
}

/** F_n where the paper quotes it. */
function fractionsTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap((data) =>
    FIELDS.filter((field) => isScored(data, field)).flatMap((field) =>
      ordinals(data.events).flatMap((n) => {
        const values = standardizedOf(data.events, field, n);
        return [1, SPOT_LIMIT].map((limit) => {
          const hits = values.map((value) => (value <= limit ? 1 : 0));
          return [data.name, field, n, limit, values.length, ...estimateCells(meanOf(hits))];
        });
      }),
    ),
  );
  return {
    name: "fractions",
    title: "F_n(1) and F_n(2) with bootstrap errors (the paper: F_1(1) about 0.20, F_1(2) about 0.70)",
    columns: ["ensemble", "field", "ordinal", "standardized", "events", ...ESTIMATE],
    rows,
  };
}

function distanceTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap(({ name, events }) =>
    FIELDS.flatMap((field) => {
      const distances = events.flatMap(({ scores }) =>
        (scores[field] ?? []).flatMap((score) => score?.distance ?? []).filter(Number.isFinite),
      );
      if (distances.length === 0) return [];
      return evenDensity(distances, DISTANCE_BIN).map(({ x, density, error, count }) => {
        return [name, field, x, density, error, count];
      });
    }),
  );
  return {
    name: "distances",
    title: "Distance of events to the nearest spot (SI Fig. 3)",
    columns: ["ensemble", "field", "x", "density", "error", "count"],
    rows,
  };
}

function spotsTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap(({ name, spots }) =>
    FIELDS.flatMap((field) => {
      const samples = spots[field] ?? [];
      if (samples.length === 0) return [];
      return [SPOT_LIMIT, Infinity].map((limit) => {
        const counts = samples.map((list) => list.filter((standardized) => standardized <= limit).length);
        const sorted = counts.toSorted((a, b) => a - b);
        const median = sorted[Math.floor(sorted.length / 2)]!;
        return [name, field, limit, samples.length, median, ...estimateCells(meanOf(counts))];
      });
    }),
  );
  return {
    name: "spot_counts",
    title: "Mean number of spots a sample with at most that standardised score (the paper: 25 up to 2)",
    columns: ["ensemble", "field", "standardized", "samples", "median", ...ESTIMATE],
    rows,
  };
}

function strainTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap(({ name, events }) =>
    ordinals(events).map((n) => {
      const strains = events.flatMap((sample) => sample.strains[n - 1] ?? []);
      return [name, n, strains.length, ...estimateCells(meanOf(strains))];
    }),
  );
  return {
    name: "event_strains",
    title: "Mean strain of the n-th plastic event",
    columns: ["ensemble", "ordinal", "events", ...ESTIMATE],
    rows,
  };
}

function correlationTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap(({ name, events }) =>
    FIELDS.flatMap((field) =>
      ordinals(events).flatMap((n) => {
        const values = events.flatMap(({ scores }) => scores[field]?.[n - 1]?.correlation ?? []);
        return values.length === 0 ? [] : [[name, field, n, values.length, ...estimateCells(meanOf(values))]];
      }),
    ),
  );
  return {
    name: "correlation",
    title: "C = 1 - 2 CDF of the field at the event's particle: 1 if nothing is softer, 0 by chance",
    columns: ["ensemble", "field", "ordinal", "events", ...ESTIMATE],
    rows,
  };
}
