import { predictionCurve, predictionRatio } from "softfield/internal";
import type { EnsembleData } from "../collect.ts";
import { ESTIMATE, estimateCells, meanOf, type ReportTable } from "../tables.ts";
import { inOrder, ofScored, ordinals, scoredFields, scoresOf } from "./scores.ts";

/** Δε up to which spots are counted (the paper: 25 on average). */
const SPOT_LIMIT = 2;

/** F_n (Fig. 4). */
export function predictionTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap((data) =>
    ofScored(data, (field, ordinal) =>
      predictionCurve(scoresOf(data.events, "standardized", { field, ordinal })).map(
        ({ standardized, value, low, high }) => [data.name, field, ordinal, standardized, value, low, high],
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

/** Whose F_n the paper divides by whose. */
const [PAPERS, BASELINE] = ["lte", "modes"];

/** δF_n (Fig. 4). */
export function ratioTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap((data) => {
    const scored = scoredFields(data);
    if (!scored.includes(PAPERS) || !scored.includes(BASELINE)) return [];
    return ordinals(data.events).flatMap((ordinal) => {
      const of = scoresOf(data.events, "standardized", { field: PAPERS, ordinal });
      const baseline = scoresOf(data.events, "standardized", { field: BASELINE, ordinal });
      return predictionRatio({ of, baseline }).map(({ standardized, value, low, high }) => {
        return [data.name, ordinal, standardized, value, low, high];
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
export function fractionsTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap((data) =>
    ofScored(data, (field, ordinal) => {
      const values = scoresOf(data.events, "standardized", { field, ordinal });
      return [1, SPOT_LIMIT].map((limit) => {
        const hits = values.map((value) => (value <= limit ? 1 : 0));
        return [data.name, field, ordinal, limit, values.length, ...estimateCells(meanOf(hits))];
      });
    }),
  );
  return {
    name: "fractions",
    title: "F_n(1) and F_n(2) with bootstrap errors (the paper: F_1(1) about 0.20, F_1(2) about 0.70)",
    columns: ["ensemble", "field", "ordinal", "standardized", "events", ...ESTIMATE],
    rows,
  };
}

/** Soft spots a sample. */
export function spotsTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap(({ name, spots }) =>
    inOrder(Object.keys(spots)).flatMap((field) => {
      const samples = spots[field];
      if (samples.length === 0) return [];
      return [SPOT_LIMIT, Infinity].map((limit) => {
        const counts = samples.map((list) => list.filter((standardized) => standardized <= limit).length);
        const sorted = counts.toSorted((a, b) => a - b);
        const median = sorted[Math.floor(sorted.length / 2)];
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
