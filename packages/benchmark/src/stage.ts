import {
  inUnitsOf,
  type RecordTable,
  type Refusal,
  real,
  recordBytes,
  type SampleStage,
  section,
  storedMinimum,
  text,
  whole,
} from "@softfield/campaign";
import { type Indicator, indicators, type Minimum, type PlasticEvent, shear } from "softfield";
import { Deformation } from "softfield/internal";
import { z } from "zod";
import { type Load, loadsOf } from "./loads.ts";
import { indicatorScorer, NEAR, type Score, type Scorer, SPOTS } from "./score.ts";

export const benchmarkSection = section(
  "benchmark",
  {
    loads: z.int().min(1).max(36).default(8).describe("Directions of simple shear."),
    events: z.int().min(1).default(2).describe("Plastic events of each load."),
    maxStrain: z.number().positive().default(0.1).describe("Where a load ends that has fewer events."),
    indicators: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe("Those that are scored; all by default."),
  },
  "Every indicator of softness, of the glass before it is sheared, against the first plastic events of many loads.",
  ({ indicators: asked = [] }) => refuseIndicators(asked),
);

/** Names of no indicator. */
export function refuseIndicators(asked: readonly string[]): Refusal | undefined {
  const unknown = asked.findIndex((name) => !indicators.find(name));
  if (unknown < 0) return undefined;
  const message = `there is no indicator "${asked[unknown]}"; there are ${indicators.names.join(", ")}`;
  return { field: ["indicators", String(unknown)], message };
}

interface LoadRow {
  readonly load: string;
  readonly status: string;
  readonly events: number;
  readonly strain: number;
}

const loadsTable: RecordTable<LoadRow> = {
  name: "benchmark_loads",
  columns: {
    load: text(({ load }) => load, "angle of simple shear, in 3D after its plane"),
    status: text(({ status }) => status, "how the load ended: see softfield shear"),
    events: whole(({ events }) => events, "plastic events seen"),
    strain: real(({ strain }) => strain, "reached"),
  },
};

interface EventRow {
  readonly load: string;
  readonly event: PlasticEvent;
}

const eventsTable: RecordTable<EventRow> = {
  name: "benchmark_events",
  columns: {
    load: text(({ load }) => load, "of the event"),
    ordinal: whole(({ event }) => event.ordinal, "1 for the first"),
    strain: real(({ event }) => event.strain, "γ_c"),
    particle: whole(({ event }) => event.particle, "zero-based, the one that moves furthest"),
    drop: real(({ event }) => event.drop, "of the energy", "ε"),
    participation: real(({ event }) => event.participation, "(Σu²)²/(N Σu⁴) of the displacements"),
  },
};

interface ScoreRow extends Score {
  readonly load: string;
  readonly ordinal: number;
  readonly strain: number;
  readonly indicator: string;
}

const scoresTable: RecordTable<ScoreRow> = {
  name: "benchmark_scores",
  columns: {
    load: text(({ load }) => load, "of the event"),
    ordinal: whole(({ ordinal }) => ordinal, "of the event"),
    strain: real(({ strain }) => strain, "γ_c"),
    indicator: text(({ indicator }) => indicator, "by which the field is made"),
    softer: real(
      ({ softer }) => softer,
      "fraction of the particles softer than the event's; C = 1 − 2·softer",
    ),
    precision: real(
      ({ precision }) => precision,
      `average precision for the particles within ${NEAR} λ of the event`,
    ),
    distance: real(({ distance }) => distance, `to the nearest of the ${SPOTS} softest spots`, "λ"),
  },
};

/** All indicators of the unsheared glass against the events of all loads. */
export const benchmark: SampleStage = {
  name: "benchmark",
  inputs: ["make"],
  version: 1,
  options: (ensemble) => {
    const asked = benchmarkSection.of(ensemble);
    // which indicators are "all" belongs to the result
    return asked && { ...asked, indicators: asked.indicators ?? [...indicators.names] };
  },
  tables: [loadsTable, eventsTable, scoresTable],
  run: async (context) => {
    const { ensemble, seed, control } = context;
    const { model } = ensemble;
    const { loads: count, indicators: asked = indicators.names, ...limits } = benchmarkSection.of(ensemble)!;
    const minimum = storedMinimum(context);
    const loads = loadsOf(minimum.system.box.dimension, count);
    const runs = loads.map(({ name, options }) => ({
      load: name,
      result: shear(minimum.system, model, { ...options, ...limits, tolerance: TOLERANCE }, control),
    }));
    const events = runs.flatMap(({ load, result }) => result.events.map((event) => ({ load, event })));
    const scores: ScoreRow[] = [];
    for (const name of asked) {
      const scorers = scorersOf(minimum, indicators.get(name), loads, { seed, control });
      for (const { load, event } of events) {
        const { ordinal, strain, particle } = event;
        scores.push({ load, ordinal, strain, indicator: name, ...scorers[load](particle) });
      }
    }
    const ended = runs.map(({ load, result: { status, events: found, strain } }): LoadRow => {
      return { load, status, strain, events: found.length };
    });
    return {
      "benchmark_loads.parquet": await recordBytes(loadsTable, ended),
      "benchmark_events.parquet": await recordBytes(inUnitsOf(model, eventsTable), events),
      "benchmark_scores.parquet": await recordBytes(inUnitsOf(model, scoresTable), scores),
    };
  },
};

/** Of the strains of events. */
const TOLERANCE = 1e-7;

/** By load: one field for all of them where the indicator knows no direction. */
function scorersOf(
  minimum: Minimum,
  indicator: Indicator,
  loads: readonly Load[],
  options: Pick<Parameters<typeof indicatorScorer>[2], "seed" | "control">,
): Record<string, Scorer> {
  const { box } = minimum.system;
  if (!indicator.directional) {
    const one = indicatorScorer(minimum, indicator, options);
    return Object.fromEntries(loads.map(({ name }) => [name, one]));
  }
  return Object.fromEntries(
    loads.map(({ name, options: direction }) => {
      const load = Deformation.of(box, direction).at(0).rate;
      return [name, indicatorScorer(minimum, indicator, { ...options, load })];
    }),
  );
}
