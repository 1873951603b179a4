import { type Results, version } from "@softfield/node";
import type { PropensitySums, TableColumn } from "softfield";
import { rounded } from "softfield/internal";
import type { Configuration } from "../shell/load.ts";
import { behind, inHead, temperatureText } from "../shell/units.ts";
import type { EnsemblePlan } from "./ensemble.ts";

/** Many runs, and how they were made. */
export interface Ensemble {
  readonly sums: PropensitySums;
  readonly plan: EnsemblePlan;
}

/** What `softfield propensity` says; printed by --json, written to .json. */
export interface PropensitySummary {
  readonly file: string;
  readonly version: string;
  readonly model: string;
  readonly particles: number;
  readonly temperature: number;
  readonly runs: number;
  readonly seed: number;
  readonly times: readonly number[];
  /** Of all particles, by time, λ. */
  readonly mean: readonly number[];
  readonly seconds: number;
  readonly outputs: readonly string[];
  readonly warnings: readonly string[];
}

export function summarisePropensity(
  { file, model, system, warnings }: Configuration,
  { sums, plan }: Ensemble,
  rest: Pick<PropensitySummary, "seconds" | "outputs">,
): PropensitySummary {
  return {
    ...{ file, version, model: model.name, particles: system.species.length },
    ...{ temperature: plan.temperature, runs: sums.runs, seed: plan.seed, times: plan.times },
    mean: plan.times.map((_, k) => {
      const { mean } = sums.at(k);
      return mean.reduce((sum, x) => sum + x, 0) / mean.length;
    }),
    ...rest,
    warnings,
  };
}

/** A row a particle. */
export function propensityResults(
  { system, model }: Configuration,
  { sums, plan }: Ensemble,
  summary: PropensitySummary,
): Results {
  const { file, particles, temperature, runs, seed } = summary;
  const columns: TableColumn[] = [
    { name: "particle", values: Int32Array.from(system.species.keys()) },
    { name: "species", values: Array.from(system.species, (s) => model.species[s]) },
    ...plan.times.flatMap((time, k): TableColumn[] => {
      const { mean, error } = sums.at(k);
      return [
        {
          name: `propensity_${time}`,
          values: mean,
          unit: "λ",
          description: `mean displacement after ${time}${behind("τ₀", model)}`,
        },
        { name: `error_${time}`, values: error, unit: "λ", description: "its standard error over the runs" },
      ];
    }),
  ];
  const metadata = {
    source: file,
    model: model.name,
    particles,
    temperature,
    runs,
    seed,
    softfield: version,
  };
  return { table: { columns, metadata }, summary };
}

/** The ensemble for people. */
export function propensityText(
  { file, model, particles, runs, temperature, times, mean, seconds, warnings }: PropensitySummary,
  { configuration: { model: own } }: { readonly configuration: Configuration },
): string {
  const head = `time${inHead("τ₀", own)}`;
  const width = Math.max(12, head.length + 2);
  return (
    `${file}: ${model}, N = ${particles}; ${runs} runs at T = ${temperatureText(temperature, own)}, ${seconds.toFixed(1)} s\n` +
    `${head.padEnd(width)}mean displacement${inHead("λ", own)}\n${times.map((t, k) => `${String(rounded(t, 6)).padEnd(width)}${mean[k].toPrecision(5)}\n`).join("")}` +
    warnings.map((warning) => `warning   ${warning}\n`).join("")
  );
}
