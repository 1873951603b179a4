import { loads, type PlasticEvent, type ShearResult, SoftfieldError, shear as shearGlass } from "softfield";
import { hasKinks, RELEASE_METHODS, SHEAR_PLANES, spacingUnit } from "softfield/internal";
import { z } from "zod";
import type { Ensemble } from "../plan/campaign.ts";
import { section } from "../plan/section.ts";
import type { SampleStage } from "../stage.ts";
import { inUnitsOf, type RecordTable, real, recordBytes, text, whole } from "../store/index.ts";
import { storedGlass } from "./make.ts";

const events: RecordTable<PlasticEvent> = {
  name: "events",
  columns: {
    ordinal: whole((e) => e.ordinal, "1 for the first"),
    strain: real((e) => e.strain, "γ_c"),
    energy_before: real((e) => e.energyBefore, "U at γ_c before the event", "ε"),
    energy_after: real((e) => e.energyAfter, "U at γ_c after it", "ε"),
    stress_before: real((e) => e.stressBefore, "(1/V) dU/dγ before", "ε/λ^d"),
    stress_after: real((e) => e.stressAfter, "(1/V) dU/dγ after", "ε/λ^d"),
    particle: whole((e) => e.particle, "zero-based, the one that moves furthest"),
    displacement: real((e) => e.displacement, "how far", "λ"),
    trigger: whole(
      (e) => e.trigger,
      "particle at the peak of the critical mode, followed into the instability",
    ),
    mode_particle: whole((e) => e.modeParticle, "particle at the peak of the critical mode at γ_c"),
    participation: real((e) => e.participation, "(Σu²)²/(N Σu⁴) of the displacements"),
    // bond lengths²; descriptions are in the stored bytes, which stay those of then
    rearranged: whole((e) => e.rearranged, "particles with D²min above 0.01"),
    eigenvalue: real((e) => e.eigenvalue, "lowest one of M at the last stable strain", "ε/λ²"),
  },
};

const shears: RecordTable<ShearResult> = {
  name: "shears",
  columns: {
    status: text(({ status }) => status, "complete, or max-strain where there are fewer events"),
    events: whole((result) => result.events.length, "events seen"),
    strain: real(({ strain }) => strain, "reached"),
    evaluations: whole(({ work }) => work.evaluations, "of forces"),
    factorizations: whole(({ work }) => work.factorizations, "of M"),
  },
};

const path: RecordTable<ShearResult["path"][number]> = {
  name: "path",
  columns: {
    strain: real(({ strain }) => strain, "of a minimum on the way"),
    energy: real(({ energy }) => energy, "U", "ε"),
    stress: real(({ stress }) => stress, "(1/V) dU/dγ", "ε/λ^d"),
    events: whole((point) => point.events, "events before it"),
  },
};

export const shearSection = section(
  "shear",
  {
    events: z.int().min(1).default(5).describe("Stop after this many plastic events."),
    maxStrain: z.number().positive().default(0.2).describe("Stop at this strain."),
    tolerance: z.number().min(1e-10).max(1e-3).default(1e-8).describe("Width of the bracket around γ_c."),
    minimizer: z
      .enum(RELEASE_METHODS)
      .default("fire")
      .describe("How the glass goes down at an event; the paper's is cg."),
    angle: z.number().optional().describe("Degrees that turn the direction of the load from the x axis; 0."),
    load: z
      .string()
      .min(1)
      .optional()
      .describe("A load by its name, as softfield shear --load takes it; simple."),
    plane: z.enum(SHEAR_PLANES).optional().describe("Of the load, in 3D; xy."),
    backwards: z.boolean().optional().describe("The other way."),
    pressure: z.number().optional().describe("Which the box keeps by what of it is free."),
  },
  "Athermal quasistatic load to the first plastic events (SI E), scored by the spots where they are computed.",
  ({ load }) => loadFault(load),
);

/** A load that there is none of. */
export function loadFault(name: string | undefined): { field: string[]; message: string } | undefined {
  if (name === undefined || loads.find(name)) return undefined;
  return { field: ["load"], message: loads.unknown(name) };
}

/**
 * What the identity of a stage that loads glasses says of models and loads whose results have changed since the stage's
 * version: lengths that are watched were those of the model's unit before they were bond lengths, and in three dimensions
 * both directions across tension were brought to one stress before each kept its own.
 */
export function loadingOf(
  { model, glasses }: Pick<Ensemble, "model" | "glasses">,
  { load, pressure }: { readonly load?: string | undefined; readonly pressure?: number | undefined },
): { readonly [field: string]: string } {
  const { units, dimension, glass } = model;
  const d = glasses?.dimension ?? dimension ?? 3;
  const spaced = glass && spacingUnit(1 / glass.density, d) !== 1;
  const across = d === 3 && pressure === undefined && load !== undefined && loads.find(load)?.free;
  return {
    ...((units !== undefined || spaced) && { lengths: "bond lengths" }),
    ...(across && { across: "each its own" }),
  };
}

/** Athermal quasistatic shear to the first plastic events (SI E). */
export const shear: SampleStage = {
  name: "shear",
  inputs: ["make"],
  version: 2,
  options: (ensemble) => {
    const options = shearSection.of(ensemble);
    // Results of such models are new since branches are followed through kinks.
    const kinks = hasKinks(ensemble.model) && { kinks: "followed" };
    return options && { ...options, ...kinks, ...loadingOf(ensemble, options) };
  },
  tables: [events, shears, path],
  run: async (context) => {
    const { ensemble, control } = context;
    const { load: kind, backwards, ...others } = shearSection.of(ensemble)!;
    const options = { ...others, kind, direction: backwards ? (-1 as const) : (1 as const) };
    const result = shearGlass(storedGlass(context), ensemble.model, options, control);
    if (result.status !== "complete" && result.status !== "max-strain") {
      const after = `after ${result.events.length} events, at the strain ${result.strain.toPrecision(4)}`;
      throw new SoftfieldError("numerics", `the shear ended ${result.status} ${after}: ${result.message}`);
    }
    return {
      "events.parquet": await recordBytes(inUnitsOf(ensemble.model, events), result.events),
      "shears.parquet": await recordBytes(inUnitsOf(ensemble.model, shears), [result]),
      "path.parquet": await recordBytes(inUnitsOf(ensemble.model, path), result.path),
    };
  },
};
