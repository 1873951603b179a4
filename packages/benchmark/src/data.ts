import type { Ask } from "@softfield/campaign";

/** One event by one indicator. */
export interface ScoredEvent {
  readonly seed: number;
  /** What tells its glass from others, where seeds alone do not. */
  readonly glass?: string;
  readonly load: string;
  readonly ordinal: number;
  readonly strain: number;
  readonly indicator: string;
  readonly softer: number;
  readonly precision: number;
  readonly distance: number;
  /** The strain at which it was to yield, where the indicator says. */
  readonly foretold?: number;
}

/** What the tables of the benchmark are made from. */
export interface BenchmarkData {
  readonly benchmark: readonly ScoredEvent[];
}

/** Reads the scores that there are. */
export async function benchmarkOf(ask: Ask, only: string): Promise<BenchmarkData> {
  const { rows } = await ask(
    `select seed, load, ordinal, strain, indicator, softer, "precision", distance, foretold from benchmark_scores ${only} ` +
      "order by seed, load, ordinal, indicator",
  );
  return {
    benchmark: rows.map(
      ([seed, load, ordinal, strain, indicator, softer, precision, distance, foretold]) => ({
        seed: Number(seed),
        load: String(load),
        ordinal: Number(ordinal),
        strain: Number(strain),
        indicator: String(indicator),
        softer: Number(softer),
        precision: Number(precision),
        distance: Number(distance),
        foretold: foretold === null ? Number.NaN : Number(foretold),
      }),
    ),
  };
}
