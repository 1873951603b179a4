/**
 * What each reading of SI D (Zylberg 2017) does to F_n: the same sheared glasses of a campaign, their softness fields
 * made in the ways that the text allows, once of the local thermal energies and once of the normal modes. Run:
 *
 *   softfield run docs/reproduction/campaign.yaml
 *   npx --no-install node --conditions=softfield-source validation/field-readings.ts docs/reproduction/campaign.yaml > readings.tsv
 *
 * Columns: spots a sample, those with Δε ≤ 2 (mean, bootstrap error, median); for both fields what chance makes of F(1)
 * and F(2), and F_n(Δε) with its bootstrap error; the largest δF_n over Δε with its 95 % interval. Errors are over whole
 * samples.
 */
import {
  bootstrapMean,
  type FieldOptions,
  fieldOf,
  pairsOf,
  type SoftSpot,
  softnessField,
  softSpots,
} from "softfield";
import { particleSites, predictionRatio } from "softfield/internal";
import {
  chanceAt,
  requireSamples,
  type ShearedSample,
  shearedSamples,
  standardizedAt,
} from "./campaign-samples.ts";
import { scriptArguments } from "./script.ts";

interface Reading extends FieldOptions {
  readonly name: string;
  /** Events with a smaller drop of energy are not counted; 0. */
  readonly leastDrop?: number;
  /** Where an event is: at the particle that moves furthest (SI E), or at the peak of the critical mode. */
  readonly at?: "particle" | "modeParticle";
}

const READINGS: readonly Reading[] = [
  { name: "default: mean of kept bonds, an empty bin is 0, mean over 3x3 bins" },
  { name: "empty bins left out", empty: "skip" },
  { name: "one mean over all bonds of 3x3 bins", smoothing: "pool" },
  { name: "not smoothed", smoothing: "none" },
  { name: "mean over all bonds", aggregate: "mean-of-all" },
  { name: "sum of kept bonds", aggregate: "sum" },
  { name: "mean of bonds without threshold", threshold: 0 },
  { name: "sum of bonds without threshold", aggregate: "sum", threshold: 0 },
  { name: "threshold 2", threshold: 2 },
  { name: "threshold 5", threshold: 5 },
  { name: "bins L/30", bins: 30 },
  { name: "bins L/50", bins: 50 },
  { name: "events of drop below 1e-3 not counted", leastDrop: 1e-3 },
  { name: "events of drop below 1e-2 not counted", leastDrop: 1e-2 },
  { name: "events at the peak of the critical mode", at: "modeParticle" },
];

const FIELDS = ["lte", "modes"] as const;
const QUOTED = [
  [1, 1],
  [1, 2],
  [2, 2],
  [3, 2],
] as const;

/** One sample under one reading. */
interface Scored {
  readonly spots: number;
  readonly soft: number;
  readonly lte: FieldScore;
  readonly modes: FieldScore;
}

interface FieldScore {
  /** Δε of the spot nearest to each event; NaN without spots. */
  readonly standardized: readonly number[];
  /** By chance, F(1) and F(2). */
  readonly chance: readonly number[];
}

/** Where the baseline foretells fewer events than this, its ratio is noise. */
const MIN_HITS = 10;

const [file, ensemble] = scriptArguments("field-readings.ts CAMPAIGN.yaml [ENSEMBLE]", 1) as [
  string,
  string?,
];

const scored = new Map<Reading, Scored[]>(READINGS.map((reading) => [reading, []]));
for await (const sample of shearedSamples(file, ensemble)) {
  for (const [reading, list] of scored) list.push(score(sample, reading));
}
requireSamples(scored.get(READINGS[0])!.length, file);

const heads = FIELDS.flatMap((field) => [
  `${field} chance(1)`,
  "chance(2)",
  ...QUOTED.flatMap(([n, limit]) => [`${field} F${n}(${limit})`, "±"]),
]);
const ratioHeads = [1, 2, 3].flatMap((n) => [`max δF${n}`, "low", "high"]);
process.stdout.write(
  `${["reading", "samples", "spots", "Δε≤2", "±", "median", ...heads, ...ratioHeads].join("\t")}\n`,
);
for (const [{ name }, list] of scored) process.stdout.write(`${[name, ...cells(list)].join("\t")}\n`);

function score(sample: ShearedSample, { name, leastDrop = 0, at = "particle", ...options }: Reading): Scored {
  const { system, interactions, lte, weights, seed } = sample;
  const field = softnessField(
    system.box,
    system.positions,
    [{ sites: pairsOf(interactions).sites(), lte }],
    options,
  );
  const sites = particleSites(weights.length, system.box.dimension);
  const baseline = fieldOf(system.box, system.positions, [{ sites, values: weights }], {
    ...options,
    threshold: 0,
    grid: field,
  });
  const events = sample.events.filter(({ drop }) => drop >= leastDrop).map((event) => event[at]);
  const own = softSpots(field, seed).spots;
  return {
    spots: own.length,
    soft: own.filter(({ standardized }) => standardized <= 2).length,
    lte: scoreOf(sample, own, events),
    modes: scoreOf(sample, softSpots(baseline, seed).spots, events),
  };
}

function scoreOf(
  { system }: ShearedSample,
  spots: readonly SoftSpot[],
  events: readonly number[],
): FieldScore {
  return { standardized: standardizedAt(system, spots, events), chance: chanceAt(system, spots, [1, 2]) };
}

function cells(list: readonly Scored[]): string[] {
  const counts = list.map(({ soft }) => soft);
  const soft = bootstrapMean(counts);
  const spots = bootstrapMean(list.map((one) => one.spots));
  return [
    String(list.length),
    spots.value.toFixed(1),
    soft.value.toFixed(1),
    soft.error.toFixed(1),
    String(counts.toSorted((a, b) => a - b)[counts.length >> 1]),
    ...FIELDS.flatMap((field) => [
      ...[0, 1].map((k) => bootstrapMean(list.map((one) => one[field].chance[k])).value.toFixed(3)),
      ...QUOTED.flatMap(([n, limit]) => fraction(list, { field, n, limit })),
    ]),
    ...[1, 2, 3].flatMap((n) => largestRatio(list, n)),
  ];
}

function fraction(
  list: readonly Scored[],
  { field, n, limit }: { field: (typeof FIELDS)[number]; n: number; limit: number },
): string[] {
  const hits = list
    .map((one) => one[field].standardized)
    .filter(({ length }) => length >= n)
    .map((standardized) => +(standardized[n - 1] <= limit));
  const { value, error } = bootstrapMean(hits);
  return [value.toFixed(3), error.toFixed(3)];
}

function largestRatio(list: readonly Scored[], n: number): string[] {
  const both = list.filter(({ lte }) => lte.standardized.length >= n);
  const of = both.map(({ lte }) => lte.standardized[n - 1]);
  const baseline = both.map(({ modes }) => modes.standardized[n - 1]);
  const rows = predictionRatio({ of, baseline }).filter(
    ({ standardized }) => baseline.filter((x) => x <= standardized).length >= MIN_HITS,
  );
  const largest = rows.reduce((most, row) => (row.value > most.value ? row : most));
  return [largest.value, largest.low, largest.high].map((x) => x.toFixed(2));
}
