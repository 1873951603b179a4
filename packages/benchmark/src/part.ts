import { type Part, partOf, rowsOf, someRowsOf } from "@softfield/campaign";
import { benchmarkOf } from "./data.ts";
import { leagueFigure } from "./figure.ts";
import { type ForecastData, forecastOf } from "./forecast/data.ts";
import { forecastFigure } from "./forecast/figure.ts";
import { forecast, forecastSection } from "./forecast/stage.ts";
import {
  forecastDifferenceTable,
  forecastPointsTable,
  forecastStrainTable,
  forecastTable,
} from "./forecast/tables.ts";
import { withoutSlopes } from "./gaps.ts";
import { curveTable, differenceTable, type LeagueGaps, leagueTable, strainTable } from "./league.ts";
import type { Outsiders } from "./outsiders.ts";
import { overviewTable } from "./overview.ts";
import { stabilityFigure } from "./stability/figure.ts";
import { stabilityTable } from "./stability/table.ts";
import { benchmark, benchmarkGaps, benchmarkSection } from "./stage.ts";
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
import { type ValuesData, valuesOf } from "./values/data.ts";
import { values } from "./values/stage.ts";
import { valuesDifferenceTable, valuesTable } from "./values/tables.ts";

const SCORED = { of: ["benchmark"], least: "one sample with a plastic event" };
const BY_VALUES = {
  of: ["benchmark"],
  least: 'one sample with a plastic event, and "values: true" in the section "benchmark"',
};
const FORETOLD = { of: ["forecast"], least: "one sample with a plastic event" };
const FLOWED = { of: ["deform"], least: "one sample with a rearrangement" };

/** The benchmark with scores of outsiders, if any, in its tables. */
export function benchmarkPart(outsiders: Outsiders = new Map()): Part {
  return partOf<ValuesData & ThermalData & ForecastData & LeagueGaps>({
    module: import.meta.url,
    sections: [benchmarkSection, forecastSection, deformSection, propensitySection],
    stages: [benchmark, values, forecast, deform, propensity],
    collect: async (ask, only, { bond }) => {
      const { benchmark } = await benchmarkOf(ask, only, bond);
      const { byValues } = await valuesOf(ask, only, bond);
      const { rows } = await ask(`select distinct ensemble from benchmark_scores ${only}`);
      const added = rows.flatMap(([ensemble]) => outsiders.get(String(ensemble)) ?? []);
      const beside = { ...(await forecastOf(ask, only)), ...(await thermalOf(ask, only, bond)) };
      return {
        benchmark: [...benchmark, ...added.flatMap((own) => own.benchmark)],
        byValues: byValues.length > 0 ? [...byValues, ...added.flatMap((own) => own.byValues)] : [],
        unstrained: await withoutSlopes(ask, benchmarkGaps, only),
        ...beside,
      };
    },
    tables: [
      { table: overviewTable, ...SCORED },
      { table: leagueTable, ...SCORED },
      { table: differenceTable, ...SCORED },
      { table: strainTable, ...SCORED },
      { table: curveTable, ...SCORED },
      { table: valuesTable, ...BY_VALUES },
      { table: valuesDifferenceTable, ...BY_VALUES },
      { table: forecastTable, ...FORETOLD },
      { table: forecastDifferenceTable, ...FORETOLD },
      { table: forecastStrainTable, ...FORETOLD },
      { table: forecastPointsTable, ...FORETOLD },
      { table: stabilityTable, of: [], least: "glasses of one model quenched from two temperatures" },
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
          "a panel a group (three at most, first all together); dotted: chance.",
        draw: (tables, { style }) => leagueFigure(someRowsOf(tables, "league_curves"), style),
      },
      {
        name: "forecast",
        caption:
          "Plastic events foretold from the unsheared glass. (a) Strain at which the surroundings of the event's place were to yield (discs), and by their excitation to cubic order (rings), " +
          "against the strain *γ*_{c} of the first events of all loads. (b) Share of the first events that lie at the first place that each way names, against their strain in five equal parts; " +
          "bars: 95 % intervals by bootstrap over samples. Of the first group.",
        draw: (tables, options) =>
          forecastFigure(
            rowsOf(tables, "forecast_strains"),
            someRowsOf(tables, "forecast_by_strain"),
            options,
          ),
      },
      {
        name: "stability",
        caption:
          "How stable glasses are against the temperature *T* of the liquid that they were quenched from at once. Energy per particle of the inherent " +
          "structures, a panel a model (three at most); last, where glasses were sheared, the strain of the first plastic event. Bars: 95 % intervals by bootstrap over samples.",
        draw: (tables, options) => stabilityFigure(someRowsOf(tables, "stability"), options),
      },
      {
        name: "temperature",
        caption:
          "Indicators of softness against the rearrangements of flow at finite temperature. *C* (1 − 2 CDF of the field of the glass at rest where a rearrangement happens: 1 if nothing is " +
          "softer, 0 by chance) of the best six indicators against the temperature, a panel a rate (three at most); at 0 that of athermal quasistatic shear. Of the first group whose flows rearranged; bars: 95 % intervals by bootstrap over " +
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
