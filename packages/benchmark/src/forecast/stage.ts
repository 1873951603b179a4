import {
  inUnitsOf,
  loadFault,
  loadingOf,
  type RecordTable,
  real,
  recordBytes,
  type SampleStage,
  section,
  storedMinimum,
  text,
  whole,
} from "@softfield/campaign";
import { indicators, shear } from "softfield";
import { type LocalYield, unitOf } from "softfield/internal";
import { z } from "zod";
import { gapsFile, gapsTable, SLOPES } from "../gaps.ts";
import { loadFields, loadsOf, TOLERANCE } from "../loads.ts";
import { NEAR } from "../score.ts";
import { refuseIndicators } from "../scoring.ts";
import { forecastWays, indicatorWay, type Told } from "./ways.ts";

export const forecastSection = section(
  "forecast",
  {
    ...loadFields(4),
    events: z.int().min(1).default(1).describe("Plastic events of each load."),
    maxStrain: z.number().positive().default(0.1).describe("Where loads, and what is foretold of them, end."),
    places: z
      .int()
      .min(1)
      .default(12)
      .describe(
        "Excitations whose surroundings are followed: those that each load yields first, and the softest.",
      ),
    first: z.int().min(1).default(5).describe("Places that a forecast names for each load."),
    indicators: z
      .array(z.string().min(1))
      .min(1)
      .default(["lte", "softening", "modes", "debye-waller"])
      .describe("Beside it: each names the place where it is largest."),
  },
  "The plastic events of many loads, foretold from the unsheared glass by its excitations: place and strain.",
  ({ indicators: asked, load }) => refuseIndicators(asked) ?? loadFault(load),
);

interface FoldRow {
  readonly load: string;
  readonly rank: number;
  readonly fold: LocalYield;
}

const foldsTable: RecordTable<FoldRow> = {
  name: "forecast_folds",
  columns: {
    load: text(({ load }) => load, "direction of the load, behind its name where it is no simple shear"),
    rank: whole(({ rank }) => rank, "1: the event that is to come first"),
    strain: real(({ fold }) => fold.strain, "at which the surroundings of the place yield"),
    particle: whole(({ fold }) => fold.particle, "zero-based, the one that moves most"),
    radius: real(({ fold }) => fold.radius, "of the critical mode's core", "λ"),
    offset: real(({ fold }) => fold.offset, "of the mode from the middle of its region", "λ"),
  },
};

interface EventRow extends Told {
  readonly load: string;
  readonly ordinal: number;
  readonly strain: number;
  readonly trigger: number;
  readonly way: string;
}

const eventsTable: RecordTable<EventRow> = {
  name: "forecast_events",
  columns: {
    load: text(({ load }) => load, "of the event"),
    ordinal: whole(({ ordinal }) => ordinal, "of the event"),
    strain: real(({ strain }) => strain, "γ_c"),
    trigger: whole(({ trigger }) => trigger, "zero-based, the particle that gives way"),
    way: text(
      ({ way }) => way,
      "forecast: folds of the surroundings; cubic: thresholds to cubic order; or an indicator",
    ),
    rank: whole(
      ({ rank }) => rank,
      `of the first place that the way names within ${NEAR} bond lengths of the trigger; 0: none; an indicator names one`,
    ),
    foretold: real(({ foretold }) => foretold, "strain at which that place was to yield"),
  },
};

/** What the forecasts of a glass had to do without. */
export const forecastGaps = gapsTable("forecast_gaps");

/** What is foretold of the plastic events of many loads from the unsheared glass, beside the events. */
export const forecast: SampleStage = {
  name: "forecast",
  inputs: ["make"],
  version: 2,
  options: (ensemble) => {
    const options = forecastSection.of(ensemble);
    return options && { ...options, ...loadingOf(ensemble, options) };
  },
  tables: [foldsTable, eventsTable, forecastGaps],
  run: async (context) => {
    const { ensemble, control } = context;
    const { model } = ensemble;
    const { indicators: asked, events: most, maxStrain, ...rest } = forecastSection.of(ensemble)!;
    const minimum = storedMinimum(context);
    const loads = loadsOf(minimum.system.box.dimension, rest);
    const units = loads.map(({ options }) => unitOf(minimum, options));
    const { forecasts, ways } = forecastWays(minimum, loads, { ...rest, maxStrain }, control);
    const all = new Map([
      ...ways,
      ...asked.map((name) => [name, indicatorWay(minimum, indicators.get(name), units, control)] as const),
    ]);
    const folds = loads.flatMap(({ name: load }, k) =>
      forecasts[k].folds.map((fold, rank) => ({ load, rank: rank + 1, fold })),
    );
    const events = loads.flatMap(({ name: load, options }, k) => {
      const limits = { events: most, maxStrain, tolerance: TOLERANCE };
      const { events: found } = shear(minimum.system, model, { ...options, ...limits }, control);
      return found.flatMap(({ ordinal, strain, trigger }) =>
        Array.from(
          all,
          ([way, told]): EventRow => ({ load, ordinal, strain, trigger, way, ...told(k, trigger) }),
        ),
      );
    });
    const gaps = forecasts.every(({ slopes }) => slopes) ? [] : [SLOPES];
    return {
      ...(await gapsFile(forecastGaps, gaps)),
      "forecast_folds.parquet": await recordBytes(inUnitsOf(model, foldsTable), folds),
      "forecast_events.parquet": await recordBytes(inUnitsOf(model, eventsTable), events),
    };
  },
};
