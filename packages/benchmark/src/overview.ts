import type { ReportTable } from "@softfield/campaign";
import { ranked } from "./league.ts";
import { type League, pooled } from "./pooled.ts";

/** The league of first events at a glance: a row an indicator, a column an ensemble; the best of all together first. */
export function overviewTable(ensembles: readonly League[]): ReportTable {
  const leagues = [...pooled(ensembles), ...ensembles]
    .filter(({ benchmark }) => benchmark.length > 0)
    .map(({ name, benchmark }) => {
      const first = ranked(benchmark.filter(({ ordinal }) => ordinal === 1));
      return { name, estimates: new Map(first.map(({ indicator, estimate }) => [indicator, estimate])) };
    });
  const names = [...new Set(leagues.flatMap(({ estimates }) => [...estimates.keys()]))];
  const mean = (indicator: string) => {
    const known = leagues.flatMap(({ estimates }) => estimates.get(indicator)?.value ?? []);
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  // what not all have scored stands where the mean of those that have puts it
  const height = (indicator: string) => leagues[0].estimates.get(indicator)?.value ?? mean(indicator);
  return {
    name: "league_overview",
    title:
      "League of the indicators: C = 1 - 2 CDF of the first plastic events of all loads, and half the width of its 95 % interval",
    leading: true,
    columns: ["indicator", ...leagues.map(({ name }) => name)],
    rows: names
      .sort((a, b) => height(b) - height(a))
      .map((indicator) => [
        indicator,
        ...leagues.map(({ estimates }) => {
          const found = estimates.get(indicator);
          return found ? `${two(found.value)} ± ${two((found.high - found.low) / 2)}` : "–";
        }),
      ]),
  };
}

const two = (x: number) => x.toFixed(2).replace("-", "−");
