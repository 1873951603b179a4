import {
  inUnitsOf,
  measured,
  type RecordTable,
  real,
  recordBytes,
  type SampleStage,
  section,
  storedGlass,
  text,
  whole,
} from "@softfield/campaign";
import {
  frameOfSystem,
  isoconfigurationalRun,
  PropensitySums,
  particleFeatures,
  SoftfieldError,
  type System,
} from "softfield";
import { extxyzText, parquetBytes, type TableColumn } from "softfield/formats";
import { pearson, spearman } from "softfield/internal";
import { z } from "zod";
import { thermalConfiguration } from "./configuration.ts";

export const propensitySection = section(
  "propensity",
  {
    temperature: measured("temperature", z.number().positive()).describe(
      "Of the runs, in units of the model, or with its unit: 300 K.",
    ),
    times: z
      .array(measured("time", z.number().positive()))
      .min(1)
      .describe("When displacements are taken, ascending, in units of the model, or with theirs: 1 ps."),
    runs: z.int().min(2).default(50).describe("From as many sets of velocities."),
    heating: measured("time", z.number().nonnegative())
      .default(10)
      .describe("Time at that temperature from the glass to the configuration where all runs begin."),
    widths: z
      .array(z.number().positive())
      .optional()
      .describe("Of the features' Gaussian means; 1 and 2 where the box holds them."),
  },
  "The isoconfigurational ensemble of every glass, and what exact quantities of its inherent structure know of it.",
  ({ times }) =>
    times.some((time, k) => k > 0 && time <= times[k - 1])
      ? { field: ["times"], message: `must ascend, got ${times.join(", ")}` }
      : undefined,
);

interface MeanRow {
  readonly time: number;
  readonly species: string;
  readonly particles: number;
  readonly mean: number;
  readonly spread: number;
  readonly noise: number;
}

const meansTable: RecordTable<MeanRow> = {
  name: "propensities",
  columns: {
    time: real(({ time }) => time, "of the displacements", "τ₀"),
    species: text(({ species }) => species, "of the particles; all of them"),
    particles: whole(({ particles }) => particles, "of it"),
    mean: real(({ mean }) => mean, "of their propensities", "λ"),
    spread: real(({ spread }) => spread, "standard deviation among the particles", "λ"),
    noise: real(({ noise }) => noise, "root mean square of their standard errors over the runs", "λ"),
  },
};

interface ScoreRow {
  readonly time: number;
  readonly species: string;
  readonly feature: string;
  readonly pearson: number;
  readonly spearman: number;
}

const scoresTable: RecordTable<ScoreRow> = {
  name: "propensity_scores",
  columns: {
    time: real(({ time }) => time, "of the displacements", "τ₀"),
    species: text(({ species }) => species, "of the particles; all of them"),
    feature: text(({ feature }) => feature, "of the inherent structure: see softfield features"),
    pearson: real((row) => row.pearson, "Pearson's r with the propensity, over the particles"),
    spearman: real((row) => row.spearman, "Spearman's ρ"),
  },
};

/** Seeds of the runs of one sample lie in a range of their own. */
const SEEDS = 1_000_000;

/** Propensities of one sample, and their correlations with features of its inherent structure. */
export const propensity: SampleStage = {
  name: "propensity",
  inputs: ["make"],
  version: 2,
  options: (ensemble) => propensitySection.of(ensemble),
  tables: [meansTable, scoresTable],
  run: async (context) => {
    const { ensemble, seed, control } = context;
    const { model } = ensemble;
    const { temperature, times, runs, heating, widths } = propensitySection.of(ensemble)!;
    const glass = storedGlass(context);
    const { system, inherent } = thermalConfiguration(
      glass,
      model,
      { temperature, time: heating, seed: seed * SEEDS },
      control,
    );
    const sums = new PropensitySums(times.length, system.species.length);
    for (let run = 1; run <= runs; run++) {
      if (control.signal?.aborted) throw new SoftfieldError("aborted", "the runs were stopped");
      sums.add(isoconfigurationalRun(system, model, { temperature, times, seed: seed * SEEDS + run }));
      control.onProgress?.({ stage: "runs", done: run, total: runs });
    }
    const features = particleFeatures(inherent, { widths }, control);
    const found = times.map((time, k) => ({ time, ...sums.at(k) }));
    const groups = groupsOf(system, model.species);
    const scores = found.flatMap(({ time, mean }) =>
      groups.flatMap(({ species, particles }) =>
        features.map((feature): ScoreRow => {
          const pick = (values: ArrayLike<number>) => particles.map((p) => values[p]);
          const [x, y] = [pick(feature.values as Float64Array), pick(mean)];
          return { time, species, feature: feature.name, pearson: pearson(x, y), spearman: spearman(x, y) };
        }),
      ),
    );
    const means = found.flatMap(({ time, mean, error }) =>
      groups.map(({ species, particles }) => ({
        ...{ time, species, particles: particles.length },
        ...spreadOf(particles, mean, error),
      })),
    );
    const rows: TableColumn[] = [
      { name: "particle", values: Int32Array.from(system.species.keys()) },
      { name: "species", values: Array.from(system.species, (s) => model.species[s]) },
      ...found.flatMap(({ time, mean, error }) => [
        { name: `propensity_${time}`, values: mean },
        { name: `error_${time}`, values: error },
      ]),
    ];
    const text = [...extxyzText(frameOfSystem(inherent.system, model))].join("");
    return {
      "propensities.parquet": await recordBytes(inUnitsOf(model, meansTable), means),
      "propensity_scores.parquet": await recordBytes(inUnitsOf(model, scoresTable), scores),
      // for anybody's own regression: softfield features inherent.extxyz … --table particles.parquet … --fit propensity_…
      "inherent.extxyz": new TextEncoder().encode(text),
      "particles.parquet": await parquetBytes({ columns: rows }),
    };
  },
};

/** All particles, and those of each species where there are several. */
function groupsOf({ species }: System, names: readonly string[]) {
  const all = Array.from(species.keys());
  const each = names.map((name, s) => ({ species: name, particles: all.filter((p) => species[p] === s) }));
  const there = each.filter(({ particles }) => particles.length > 0);
  return [{ species: "all", particles: all }, ...(there.length > 1 ? there : [])];
}

function spreadOf(particles: readonly number[], mean: Float64Array, error: Float64Array) {
  const n = particles.length;
  const average = particles.reduce((sum, p) => sum + mean[p], 0) / n;
  const square = particles.reduce((sum, p) => sum + (mean[p] - average) * (mean[p] - average), 0) / n;
  const noise = particles.reduce((sum, p) => sum + error[p] * error[p], 0) / n;
  return { mean: average, spread: Math.sqrt(square), noise: Math.sqrt(noise) };
}
