import type { BenchmarkData, ScoredEvent } from "./data.ts";

/** What a league is made of. */
export type League = BenchmarkData & { readonly name: string };

/** What the league of all ensembles together is called. */
const ALL = "all";

/**
 * The events of all ensembles together, by the indicators that each of them has scored, glasses kept apart: one league more
 * where there are several. An ensemble weighs as many as its events.
 */
export function pooled(ensembles: readonly League[]): League[] {
  const scored = ensembles.filter(({ benchmark }) => benchmark.length > 0);
  if (scored.length < 2) return [];
  const names = scored.map(({ benchmark }) => new Set(benchmark.map(({ indicator }) => indicator)));
  const everywhere = (indicator: string) => names.every((own) => own.has(indicator));
  const benchmark = scored.flatMap(({ name, benchmark: events }) =>
    events
      .filter(({ indicator }) => everywhere(indicator))
      .map((event): ScoredEvent => ({ ...event, glass: `${name} ${event.seed}` })),
  );
  return [{ name: ALL, benchmark }];
}
