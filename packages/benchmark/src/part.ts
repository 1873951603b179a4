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
          "C of the best indicators of the glass at rest for the rearrangements of its shear at finite temperature and rate " +
          "(a panel a rate), with 95 % intervals over glasses; at 0 those of athermal quasistatic shear",
        draw: (tables, { style }) => temperatureFigure(someRowsOf(tables, "temperature_curves"), style),
      },
      {
        name: "propensity",
        caption:
          "Pearson’s correlation of the best features of the inherent structure with the propensities of the particles, " +
          "against the time of the displacements, with 95 % intervals over glasses",
        draw: (tables, { style }) => propensityFigure(someRowsOf(tables, "propensity"), style),
      },
    ],
  });
}

/** Indicators of softness against what glasses do: events of loads in many directions, flow at a temperature, motion at rest. */
export const part: Part = benchmarkPart();
