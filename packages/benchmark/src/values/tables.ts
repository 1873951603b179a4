import { type EnsembleData, ESTIMATE, estimateCells, type ReportTable } from "@softfield/campaign";
import type { ScoredEvent } from "../data.ts";
import { correlation, keyOf, leagueOf, ordinalsOf, overGlasses } from "../league.ts";
import { pooled } from "../pooled.ts";
import type { ValuesData } from "./data.ts";

type Data = EnsembleData & ValuesData;

/** Of each ensemble, and of all together, the events by values, beside those by fields. */
function leagues(ensembles: readonly Data[]) {
  const own = ensembles.map(({ name, byValues }) => ({ name, benchmark: byValues }));
  return [...own, ...pooled(own)];
}

/** The league by the values of the particles themselves. */
export function valuesTable(ensembles: readonly Data[]): ReportTable {
  const what =
    "Values of indicators at the particles themselves (of interactions the largest of a particle), instead of their fields,";
  return { name: "league_values", ...leagueOf(leagues(ensembles), what) };
}

/** How much better the values of an indicator foretell than its field, on the same events. */
export function valuesDifferenceTable(ensembles: readonly Data[]): ReportTable {
  const fields = ensembles.map(({ name, benchmark }) => ({ name, benchmark }));
  const byField = new Map([...fields, ...pooled(fields)].map(({ name, benchmark }) => [name, benchmark]));
  return {
    name: "league_values_differences",
    title:
      "C of each indicator by the values of the particles less that by its field, on the same events (paired bootstrap over glasses)",
    columns: ["ensemble", "ordinal", "indicator", "events", "by_values", "by_field", ...ESTIMATE],
    rows: leagues(ensembles).flatMap(({ name, benchmark }) => {
      const key = (event: ScoredEvent) => `${event.indicator} ${keyOf(event)}`;
      const fieldOf = new Map(byField.get(name)?.map((event) => [key(event), correlation(event)]));
      const paired = benchmark.filter((event) => fieldOf.has(key(event)));
      return ordinalsOf(paired).flatMap((ordinal) =>
        [...new Set(paired.map(({ indicator }) => indicator))].flatMap((indicator) => {
          const own = paired.filter((event) => event.indicator === indicator && event.ordinal === ordinal);
          if (own.length === 0) return [];
          const of = (value: (event: ScoredEvent) => number) => overGlasses(own, value);
          const field = (event: ScoredEvent) => fieldOf.get(key(event))!;
          const difference = of((event) => correlation(event) - field(event));
          return [
            [
              ...[name, ordinal, indicator, own.length, of(correlation).value, of(field).value],
              ...estimateCells(difference),
            ],
          ];
        }),
      );
    }),
  };
}
