import {
  inUnitsOf,
  loadingOf,
  measured,
  type RecordTable,
  real,
  recordBytes,
  type SampleStage,
  section,
  storedMinimum,
  text,
  whole,
} from "@softfield/campaign";
import { indicators, type Minimum } from "softfield";
import { Deformation, periodicDistance, SHEAR_PLANES } from "softfield/internal";
import { z } from "zod";
import { indicatorScorer, NEAR, reachIn, type Score } from "../score.ts";
import { indicatorsField, refuseIndicators, scoreColumns, withIndicators } from "../scoring.ts";
import { type FlowConditions, type FlowEvent, type FlowStep, flowOf } from "./flow.ts";

export const deformSection = section(
  "deform",
  {
    temperatures: z
      .array(measured("temperature", z.number().positive()))
      .min(1)
      .describe(
        "Of the flows, in units of the model, or with theirs: 300 K; athermal shear is always beside them.",
      ),
    rates: z
      .array(measured("strain rate", z.number().positive()))
      .min(1)
      .describe("Of the strain, per time, or with its unit: 1e-4/ps."),
    events: z.int().min(1).default(5).describe("A flow ends with this rearrangement."),
    maxStrain: z.number().positive().default(0.1).describe("Or at this strain."),
    every: z.number().positive().default(0.001).describe("Strain between two inherent structures."),
    interval: measured("time", z.number().positive())
      .optional()
      .describe("Time between two inherent structures at most, for slow rates; by default as `every` says."),
    plane: z.enum(SHEAR_PLANES).default("xy").describe("Of flow and gradient."),
    indicators: indicatorsField,
  },
  "Shear at finite temperatures and rates: rearrangements, against the indicators of the glass before it.",
  ({ indicators: asked, plane }, { dimension }) =>
    dimension === 2 && plane !== "xy"
      ? { field: ["plane"], message: `must be xy in two dimensions, got "${plane}"` }
      : refuseIndicators(asked),
);

type Of<Record> = FlowConditions & Record;

const CONDITIONS = {
  temperature: real<FlowConditions>(({ temperature }) => temperature, "of the flow; 0: athermal", "ε/k_B"),
  rate: real<FlowConditions>(({ rate }) => rate, "of the strain; 0: quasistatic", "1/τ₀"),
};

const pathTable: RecordTable<Of<{ readonly step: FlowStep }>> = {
  name: "deform_path",
  columns: {
    ...CONDITIONS,
    strain: real(({ step }) => step.strain, "γ"),
    stress: real(({ step }) => step.stress, "along the plane, with its kinetic part", "ε/λ^d"),
    kinetic: real(({ step }) => step.temperature, "temperature at this moment", "ε/k_B"),
    inherent_energy: real(({ step }) => step.inherentEnergy, "of the inherent structure", "ε"),
    inherent_stress: real(({ step }) => step.inherentStress, "of the inherent structure", "ε/λ^d"),
  },
};

interface Matched extends FlowEvent {
  /** The athermal event at the same place; 0: none. */
  readonly athermal: number;
}

const eventsTable: RecordTable<Of<{ readonly event: Matched }>> = {
  name: "deform_events",
  columns: {
    ...CONDITIONS,
    ordinal: whole(({ event }) => event.ordinal, "1 for the first rearrangement"),
    strain: real(({ event }) => event.strain, "at which it is first seen"),
    particle: whole(({ event }) => event.particle, "zero-based, the one with the largest D²min"),
    drop: real(({ event }) => event.drop, "energy released, at the strain of the rearrangement", "ε"),
    rearranged: whole(
      ({ event }) => event.rearranged,
      "particles with D²min above 0.01 bond lengths² that moved at one strain",
    ),
    participation: real(({ event }) => event.participation, "(Σu²)²/(N Σu⁴) of the displacements"),
    athermal: whole(
      ({ event }) => event.athermal,
      `ordinal of the first athermal event within ${NEAR} bond lengths; 0: none`,
    ),
  },
};

interface ScoreRow extends FlowConditions, Score {
  readonly ordinal: number;
  readonly strain: number;
  readonly indicator: string;
}

const scoresTable: RecordTable<ScoreRow> = {
  name: "deform_scores",
  columns: {
    temperature: CONDITIONS.temperature,
    rate: CONDITIONS.rate,
    ordinal: whole(({ ordinal }) => ordinal, "of the rearrangement"),
    strain: real(({ strain }) => strain, "at which it is first seen"),
    indicator: text(({ indicator }) => indicator, "of the glass at rest, by which the field is made"),
    ...scoreColumns<ScoreRow>("rearrangement"),
  },
};

/** Athermal shear, and flows at every temperature and rate, of the same glass in the same direction. */
export const deform: SampleStage = {
  name: "deform",
  inputs: ["make"],
  version: 4,
  options: (ensemble) => {
    const options = withIndicators(deformSection.of(ensemble));
    return options && { ...options, ...loadingOf(ensemble, {}) };
  },
  tables: [pathTable, eventsTable, scoresTable],
  run: async (context) => {
    const { ensemble, seed, control } = context;
    const { model } = ensemble;
    const asked = withIndicators(deformSection.of(ensemble))!;
    const minimum = storedMinimum(context);
    const { box } = minimum.system;
    const conditions: FlowConditions[] = [
      { temperature: 0, rate: 0 },
      ...asked.temperatures.flatMap((temperature) => asked.rates.map((rate) => ({ temperature, rate }))),
    ];
    const flows = conditions.map((own) => ({
      own,
      flow: flowOf(minimum.system, model, own, asked, seed, control),
    }));
    const athermal = flows[0].flow.events;
    const events = flows.flatMap(({ own, flow }) =>
      flow.events.map((event) => ({
        ...own,
        event: { ...event, athermal: athermalMatch(minimum, event, athermal) },
      })),
    );
    const load = Deformation.of(box, { plane: asked.plane }).at(0).rate;
    const scores = asked.indicators.flatMap((indicator): ScoreRow[] => {
      const score = indicatorScorer(minimum, indicators.get(indicator), { load, seed, control });
      return events.map(({ temperature, rate, event: { ordinal, strain, particle } }) => ({
        ...{ temperature, rate, ordinal, strain, indicator },
        ...score(particle),
      }));
    });
    const path = flows.flatMap(({ own, flow }) => flow.path.map((step) => ({ ...own, step })));
    return {
      "deform_path.parquet": await recordBytes(inUnitsOf(model, pathTable), path),
      "deform_events.parquet": await recordBytes(inUnitsOf(model, eventsTable), events),
      "deform_scores.parquet": await recordBytes(inUnitsOf(model, scoresTable), scores),
    };
  },
};

/** The first athermal event near a rearrangement, by their particles' places in the glass at rest. */
function athermalMatch(
  { system: { box, positions } }: Minimum,
  { particle }: FlowEvent,
  athermal: readonly FlowEvent[],
): number {
  const d = box.dimension;
  const placeOf = (p: number) => positions.subarray(p * d, (p + 1) * d);
  const reach = reachIn({ box, positions });
  const near = athermal.find((event) => {
    return periodicDistance(box, placeOf(event.particle), placeOf(particle)) <= reach;
  });
  return near?.ordinal ?? 0;
}
