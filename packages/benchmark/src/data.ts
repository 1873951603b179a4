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
  /** To the nearest of the softest spots, bond lengths. */
  readonly distance: number;
  /** The strain at which it was to yield, where the indicator says. */
  readonly foretold?: number;
}

/** What the tables of the benchmark are made from. */
export interface BenchmarkData {
  readonly benchmark: readonly ScoredEvent[];
}

/** Reads the scores that there are, of glasses with such a bond length (λ). */
export async function benchmarkOf(ask: Ask, only: string, bond: number): Promise<BenchmarkData> {
  return { benchmark: await scoredEvents(ask, "benchmark_scores", only, bond) };
}

/** The scores in a table; strains foretold where it has them. */
export async function scoredEvents(
  ask: Ask,
  table: "benchmark_scores" | "benchmark_values",
  only: string,
  bond: number,
): Promise<ScoredEvent[]> {
  const foretold = table === "benchmark_scores" ? "foretold" : "null";
  const { rows } = await ask(
    `select seed, load, ordinal, strain, indicator, softer, "precision", distance, ${foretold} from ${table} ${only} ` +
      "order by seed, load, ordinal, indicator",
  );
  return rows.map(([seed, load, ordinal, strain, indicator, softer, precision, distance, told]) => ({
    seed: Number(seed),
    load: String(load),
    ordinal: Number(ordinal),
    strain: Number(strain),
    indicator: String(indicator),
    softer: Number(softer),
    precision: Number(precision),
    distance: Number(distance) / bond,
    foretold: told === null ? Number.NaN : Number(told),
  }));
}
