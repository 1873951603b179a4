import type { Ask } from "@softfield/campaign";
import { type BenchmarkData, type ScoredEvent, scoredEvents } from "../data.ts";

/** The events of the benchmark, scored by the values of particles and by fields. */
export interface ValuesData extends BenchmarkData {
  readonly byValues: readonly ScoredEvent[];
}

/** Reads the scores by values that there are, of glasses with such a bond length (λ). */
export async function valuesOf(ask: Ask, only: string, bond: number): Promise<Pick<ValuesData, "byValues">> {
  return { byValues: await scoredEvents(ask, "benchmark_values", only, bond) };
}
