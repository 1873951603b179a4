import { bootstrap, bootstrapMean } from "softfield";
import { predictionCurve, STANDARDIZED_GRID } from "softfield/internal";
import type { EnsembleData, SampleShares } from "../collect.ts";
import { ESTIMATE, estimateCells, type ReportTable } from "../tables.ts";
import { inOrder, ofScored, ordinals, scoredFields, scoresOf } from "./scores.ts";

// F_n(Δε) grows with the area of the spots up to Δε, whether they know anything or not. Here it stands beside that
// area: two indicators whose fields have different ranges can be compared by nothing else.

/** Fractions of the glass at which F_n is given. */
const AREAS: readonly number[] = Array.from({ length: 101 }, (_, k) => k / 100);

/** Where the gain over chance is given: where the paper quotes F_n. */
const QUOTED = [1, 1.5, 2, 3];

/** F_n against area. */
export function areaTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap((data) =>
    ofScored(data, (field, ordinal) =>
      predictionCurve(scoresOf(data.events, "area", { field, ordinal }), AREAS).map(
        ({ standardized: area, value, low, high }) => [data.name, field, ordinal, area, value, low, high],
      ),
    ),
  );
  return {
    name: "prediction_area",
    title:
      "Fraction of n-th events that lie in the softest part of the glass, by its area; by chance they are equal",
    columns: ["ensemble", "field", "ordinal", "area", "value", "low", "high"],
    rows,
  };
}

/** The mean area, for each field and of the difference between the first and each other. */
export function meanAreaTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap((data) => {
    const fields = scoredFields(data);
    return ordinals(data.events).flatMap((ordinal) => {
      // without a spot nothing is known: what chance makes of it
      const areas = fields.map((field) =>
        scoresOf(data.events, "area", { field, ordinal }).map((a) => (a <= 1 ? a : 0.5)),
      );
      const own = fields.map((field, k) => [field, areas[k]] as const);
      const [first, ...others] = own;
      const differences = others.map(
        ([field, areas]) => [`${first[0]} - ${field}`, first[1].map((a, k) => a - areas[k])] as const,
      );
      return [...own, ...differences].map(([field, values]) => {
        return [data.name, field, ordinal, values.length, ...estimateCells(bootstrapMean(values))];
      });
    });
  });
  return {
    name: "mean_area",
    title:
      "Mean area softer than the spot of the n-th event, its own counted half: 1/2 by chance, less is better",
    columns: ["ensemble", "field", "ordinal", "events", ...ESTIMATE],
    rows,
  };
}

/** The fraction of a sample's particles whose nearest spot has at most that Δε. */
function covered({ standardized, share }: SampleShares, limit: number): number {
  return share.reduce((sum, part, k) => (standardized[k] <= limit ? sum + part : sum), 0);
}

/** What chance makes of F_n(Δε): the area of the spots up to Δε. */
export function chanceTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap(({ name, shares }) =>
    inOrder(Object.keys(shares)).flatMap((field) => {
      const samples = shares[field];
      if (samples.length === 0) return [];
      return STANDARDIZED_GRID.map((limit) => {
        const { value, low, high } = bootstrapMean(samples.map((sample) => covered(sample, limit)));
        return [name, field, limit, value, low, high];
      });
    }),
  );
  return {
    name: "prediction_chance",
    title: "F_n by chance: fraction of all particles whose nearest spot has at most that standardised score",
    columns: ["ensemble", "field", "standardized", "value", "low", "high"],
    rows,
  };
}

/** F_n over chance. */
export function gainTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap((data) =>
    ofScored(data, (field, n) =>
      QUOTED.flatMap((limit) => {
        const row = gain(data, { field, n, limit });
        return row ? [[data.name, field, n, limit, ...row]] : [];
      }),
    ),
  );
  return {
    name: "prediction_gain",
    title: "F_n over what chance makes of it",
    columns: ["ensemble", "field", "ordinal", "standardized", "events", "chance", ...ESTIMATE],
    rows,
  };
}

/** Nothing where no sample has a spot up to that Δε: then there is no chance to compare with. */
function gain(
  { events, shares }: EnsembleData,
  { field, n, limit }: { field: string; n: number; limit: number },
): number[] | undefined {
  const parts = new Map((shares[field] ?? []).map((sample) => [sample.seed, covered(sample, limit)]));
  const samples = events.filter(({ strains }) => strains.length >= n);
  const hits = samples.map(({ scores }) =>
    (scores[field]?.[n - 1]?.standardized ?? Infinity) <= limit ? 1 : 0,
  );
  const chances = samples.map(({ seed }) => parts.get(seed) ?? 0);
  if (!chances.some((chance) => chance > 0)) return undefined;
  const total = (values: readonly number[], weights: Float64Array) =>
    values.reduce((sum, value, k) => sum + weights[k] * value, 0);
  const ratio = bootstrap(samples.length, (weights) => [total(hits, weights) / total(chances, weights)])[0];
  return [samples.length, bootstrapMean(chances).value, ...estimateCells(ratio)];
}
