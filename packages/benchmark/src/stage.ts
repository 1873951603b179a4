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
import {
  fieldAt,
  type Indicator,
  indicators,
  type Minimum,
  type PairModel,
  type PlasticEvent,
  shear,
} from "softfield";
import { unitOf } from "softfield/internal";
import { z } from "zod";
import { foretellingBy } from "./foretold.ts";
import { gapsFile, gapsTable, SLOPES } from "./gaps.ts";
import { type Load, loadFields, loadsOf, TOLERANCE } from "./loads.ts";
import { Ranks } from "./ranks.ts";
import { indicatorField, type indicatorScorer, type Score, type Scorer, scorerOf } from "./score.ts";
import { indicatorsField, refuseIndicators, scoreColumns, withIndicators } from "./scoring.ts";

export const benchmarkSection = section(
  "benchmark",
  {
    ...loadFields(8),
    events: z.int().min(1).default(2).describe("Plastic events of each load."),
    maxStrain: z.number().positive().default(0.1).describe("Where a load ends that has fewer events."),
    indicators: indicatorsField,
    values: z
      .boolean()
      .optional()
      .describe(
        "Scores them by their values at the particles, too, which fields average; costs them once more.",
      ),
  },
  "Every indicator of softness, of the glass before it is sheared, against the first plastic events of many loads.",
  ({ indicators: asked, load }) => refuseIndicators(asked) ?? loadFault(load),
);

interface LoadRow {
  readonly load: string;
  readonly status: string;
  readonly events: number;
  readonly strain: number;
}

const loadsTable: RecordTable<LoadRow> = {
  name: "benchmark_loads",
  columns: {
    load: text(
      ({ load }) => load,
      "angle of the load, in 3D after its plane, behind its name where it is no simple shear",
    ),
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
    ...scoreColumns<ScoreRow>("event"),
    foretold: real(({ foretold }) => foretold, "strain at which the indicator says that the place yields"),
  },
};

/** What the strains that indicators foretell had to do without. */
export const benchmarkGaps = gapsTable("benchmark_gaps");

/** All indicators of the unsheared glass against the events of all loads. */
export const benchmark: SampleStage = {
  name: "benchmark",
  inputs: ["make"],
  version: 2,
  options: (ensemble) => {
    const own = withIndicators(benchmarkSection.of(ensemble));
    if (own === undefined) return undefined;
    // scores by values are of another stage
    const { values: _, ...options } = own;
    const changed = { ...radiiOf(ensemble.model), ...localYieldOf(options.indicators) };
    return { ...options, ...changed, ...loadingOf(ensemble, options) };
  },
  tables: [loadsTable, eventsTable, scoresTable, benchmarkGaps],
  run: async (context) => {
    const { ensemble, seed, control } = context;
    const { model } = ensemble;
    const options = withIndicators(benchmarkSection.of(ensemble))!;
    const { indicators: asked, events: most, maxStrain } = options;
    const limits = { events: most, maxStrain };
    const minimum = storedMinimum(context);
    const loads = loadsOf(minimum.system.box.dimension, options).map((load) => ({
      ...load,
      unit: unitOf(minimum, load.options),
    }));
    const runs = loads.map(({ name, options }) => ({
      load: name,
      result: shear(minimum.system, model, { ...options, ...limits, tolerance: TOLERANCE }, control),
    }));
    const events = runs.flatMap(({ load, result }) => result.events.map((event) => ({ load, event })));
    const scores: ScoreRow[] = [];
    const ranks = new Ranks(minimum.system.species.length);
    const gaps = new Set<string>();
    const onGap = () => void gaps.add(SLOPES);
    for (const name of asked) {
      const scorers = scorersOf(minimum, indicators.get(name), loads, { seed, control, ranks, onGap });
      for (const { load, event } of events) {
        const { ordinal, strain, particle } = event;
        scores.push({ load, ordinal, strain, indicator: name, ...scorers[load](particle) });
      }
    }
    const ended = runs.map(({ load, result: { status, events: found, strain } }): LoadRow => {
      return { load, status, strain, events: found.length };
    });
    return {
      ...(await gapsFile(benchmarkGaps, gaps)),
      "benchmark_loads.parquet": await recordBytes(loadsTable, ended),
      "benchmark_events.parquet": await recordBytes(inUnitsOf(model, eventsTable), events),
      "benchmark_scores.parquet": await recordBytes(inUnitsOf(model, scoresTable), scores),
      ...(await ranks.files()),
    };
  },
};

/** Models that name a unit of length had radii of as many of it, such as Å, before they were bond lengths. */
const radiiOf = ({ units }: PairModel) => (units === undefined ? {} : { radii: "bond lengths" });

/** Local yield was that of the load alone before it was the least of projected thresholds; scores by others are as they were. */
const localYieldOf = (asked: readonly string[]) =>
  asked.some((name) => name.startsWith("local-yield")) ? { localYield: "projected" } : {};

/** By load: one field for all of them where the indicator knows no direction. */
function scorersOf(
  minimum: Minimum,
  indicator: Indicator,
  loads: readonly (Load & { readonly unit: Float64Array })[],
  { seed, control, ranks, onGap }: ScorersOptions,
): Record<string, Scorer> {
  const { system } = minimum;
  const fieldUnder = (unit: Float64Array, name: string) => {
    const field = indicatorField(minimum, indicator, { load: unit, control });
    ranks.add(indicator.name, fieldAt(field, system.positions), name);
    return field;
  };
  const one = indicator.directional ? undefined : fieldUnder(loads[0].unit, "");
  const common = one && scorerOf(one, system, seed);
  return Object.fromEntries(
    loads.map(({ name, unit }): [string, Scorer] => {
      const field = one ?? fieldUnder(unit, name);
      const scorer = common ?? scorerOf(field, system, seed);
      const foretold = foretellingBy(minimum, indicator, { field, load: unit, seed, control, onGap });
      return [name, (particle) => ({ ...scorer(particle), foretold: foretold(particle) })];
    }),
  );
}

interface ScorersOptions extends Pick<Parameters<typeof indicatorScorer>[2], "seed" | "control"> {
  readonly ranks: Ranks;
  readonly onGap: () => void;
}
