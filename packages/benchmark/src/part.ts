import { type Part, partOf, someRowsOf } from "@softfield/campaign";
import { type BenchmarkData, benchmarkOf } from "./data.ts";
import { leagueFigure } from "./figure.ts";
import { curveTable, differenceTable, leagueTable, strainTable } from "./league.ts";
import type { Outsiders } from "./outsiders.ts";
import { benchmark, benchmarkSection } from "./stage.ts";

const SCORED = { of: ["benchmark"], least: "one sample with a plastic event" };

/** The benchmark with scores of outsiders, if any, in its tables. */
export function benchmarkPart(outsiders: Outsiders = new Map()): Part {
  return partOf<BenchmarkData>({
    module: import.meta.url,
    sections: [benchmarkSection],
    stages: [benchmark],
    collect: async (ask, only) => {
      const { benchmark } = await benchmarkOf(ask, only);
      const { rows } = await ask(`select distinct ensemble from benchmark_scores ${only}`);
      const added = rows.flatMap(([ensemble]) => outsiders.get(String(ensemble)) ?? []);
      return { benchmark: [...benchmark, ...added] };
    },
    tables: [
      { table: leagueTable, ...SCORED },
      { table: differenceTable, ...SCORED },
      { table: strainTable, ...SCORED },
      { table: curveTable, ...SCORED },
    ],
    figures: [
      {
        name: "league",
        caption:
          "How large a part of the glass, the softest by each indicator, holds the first plastic events of all loads; the " +
          "dotted line is chance",
        draw: (tables, { style }) => leagueFigure(someRowsOf(tables, "league_curves"), style),
      },
    ],
  });
}

/** Every indicator of softness against the first plastic events of loads in many directions. */
export const part: Part = benchmarkPart();
