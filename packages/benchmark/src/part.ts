import { type Part, partOf, someRowsOf } from "@softfield/campaign";
import { type BenchmarkData, benchmarkOf } from "./data.ts";
import { leagueFigure } from "./figure.ts";
import { curveTable, differenceTable, leagueTable, strainTable } from "./league.ts";
import type { Outsiders } from "./outsiders.ts";
import { benchmark, benchmarkSection } from "./stage.ts";
import { type ThermalData, thermalOf } from "./thermal/data.ts";
import { deform, deformSection } from "./thermal/deform.ts";
import { propensityFigure, temperatureFigure } from "./thermal/figures.ts";
import { propensity, propensitySection } from "./thermal/propensity.ts";
import {
  propensityTable,
  rearrangementTable,
  temperatureCurveTable,
  temperatureDifferenceTable,
  temperatureTable,
} from "./thermal/tables.ts";

const SCORED = { of: ["benchmark"], least: "one sample with a plastic event" };
const FLOWED = { of: ["deform"], least: "one sample with a rearrangement" };

/** The benchmark with scores of outsiders, if any, in its tables. */
export function benchmarkPart(outsiders: Outsiders = new Map()): Part {
  return partOf<BenchmarkData & ThermalData>({
    module: import.meta.url,
    sections: [benchmarkSection, deformSection, propensitySection],
    stages: [benchmark, deform, propensity],
    collect: async (ask, only) => {
      const { benchmark } = await benchmarkOf(ask, only);
      const { rows } = await ask(`select distinct ensemble from benchmark_scores ${only}`);
      const added = rows.flatMap(([ensemble]) => outsiders.get(String(ensemble)) ?? []);
      return { benchmark: [...benchmark, ...added], ...(await thermalOf(ask, only)) };
    },
    tables: [
      { table: leagueTable, ...SCORED },
      { table: differenceTable, ...SCORED },
      { table: strainTable, ...SCORED },
      { table: curveTable, ...SCORED },
      { table: temperatureTable, ...FLOWED },
      { table: temperatureDifferenceTable, ...FLOWED },
      { table: temperatureCurveTable, ...FLOWED },
      { table: rearrangementTable, ...FLOWED },
      { table: propensityTable, of: ["propensity"], least: "one sample" },
    ],
    figures: [
      {
        name: "league",
        caption:
          "Indicators of softness against plastic events. Share of the first events of all loads whose particle is among the softest part of the glass by each indicator, the best six, " +
          "a panel a group (three at most); dotted: chance.",
        draw: (tables, { style }) => leagueFigure(someRowsOf(tables, "league_curves"), style),
      },
      {
        name: "temperature",
        caption:
          "Indicators of softness against the rearrangements of flow at finite temperature. *C* (1 − 2 CDF of the field of the glass at rest where a rearrangement happens: 1 if nothing is " +
          "softer, 0 by chance) of the best six indicators against the temperature, a panel a rate (three at most); at 0 that of athermal quasistatic shear. Of the first group; bars: 95 % intervals by bootstrap over " +
          "samples.",
        draw: (tables, options) => temperatureFigure(someRowsOf(tables, "temperature_curves"), options),
      },
      {
        name: "propensity",
        caption:
          "Structure against motion at rest. Pearson's correlation *r* of the best six features of the inherent structure with the propensities of the particles, against the time of the " +
          "displacements, a panel a species (three at most). Of the first group; bars: 95 % intervals by bootstrap over samples.",
        draw: (tables, options) => propensityFigure(someRowsOf(tables, "propensity"), options),
      },
    ],
  });
}

/** Indicators of softness against what glasses do: events of loads in many directions, flow at a temperature, motion at rest. */
export const part: Part = benchmarkPart();
