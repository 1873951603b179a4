import { type Results, requireColumns, version } from "@softfield/node";
import type { Command } from "commander";
import { averageEnergy, minimumOf, type ObservedGlass, observeGlass } from "softfield";
import { elasticSummary, moduliText } from "../observe/elastic.ts";
import { observeResults } from "../observe/results.ts";
import { type FrameCommand, type FrameOptions, registerFrame } from "../shell/command.ts";
import { compute, minimumOptions, type ResponseOptions, responseOptions } from "../shell/compute.ts";
import type { Configuration } from "../shell/load.ts";
import { behind, stressOf } from "../shell/units.ts";

interface ObserveOptions extends FrameOptions, ResponseOptions {}

interface Observed {
  readonly summary: Summary;
  readonly results: Results;
}

const observe: FrameCommand<ObserveOptions, Observed, Summary> = {
  name: "observe",
  summary: "thermal averages at low temperature (Eq. 1)",
  description:
    "Computes (⟨A⟩ − A⁰)/(½kT) as T → 0 (Eq. 1 of Zylberg et al. 2017) of every particle's energy and stress " +
    "and of every bond's length, with Debye–Waller factors, thermal displacements, thermal expansion and elastic " +
    "constants.",
  help:
    "Columns: debye_waller is ⟨|x|²⟩ per kT; energy, pressure and shear_stress are (⟨A⟩ − A⁰) per ½kT (Eq. 1 of the\n" +
    "paper); thermal_displacement is X, ⟨x⟩ per ½kT. --json has all elastic constants, dσ/de at the minimum.\n" +
    "\nExample:\n  softfield observe glass.extxyz --model 2dipl -o particles.tsv -o all.h5\n",
  options: responseOptions,
  outputs: [
    {
      flags: "-o, --out <file>",
      description: "write results: particles to .tsv .csv .parquet .extxyz, bonds also to .h5",
      check: (path) => requireColumns(path, "thermal averages"),
      results: ({ found }) => found.results,
    },
  ],
  run: ({ configuration }, options, outputs) =>
    compute(configuration, options, (control) => {
      const { system, model } = configuration;
      const glass = observeGlass(minimumOf(system, model, minimumOptions(options), control), control);
      const summary = summariseAverages(configuration, glass, outputs);
      // averages of every particle and bond are made for files alone
      const results = outputs.length === 0 ? {} : observeResults(configuration, glass, { summary, control });
      return { summary, results };
    }),
  summarise: ({ found }) => found.summary,
  text: summaryText,
};

/** `softfield observe FILE`: low-temperature averages of the observables of Eq. 1. */
export function registerObserve(program: Command): void {
  registerFrame(program, observe);
}

export function summariseAverages(
  { file, model, warnings }: Configuration,
  glass: ObservedGlass,
  outputs: readonly string[],
) {
  const { minimum, response, expansion, elastic } = glass;
  const { backbone, rattlers } = minimum;
  const total = averageEnergy(glass);
  const { dimension: d } = response;
  let trace = 0;
  response.variances.forEach((v, k) => {
    if ((k % (d * d)) % (d + 1) === 0) trace += v;
  });
  return {
    file,
    version,
    model: model.name,
    dimension: d,
    particles: minimum.system.species.length,
    rattlers: Array.from(rattlers),
    energy: total.value,
    /** Σ over interactions of (⟨ε⟩ − ε⁰)/(½k_BT): the number of non-zero modes. */
    energyCoefficient: total.coefficient,
    /** ⟨|x|²⟩/(k_BT) over all particles. */
    meanDebyeWaller: trace / backbone.particles.length,
    /** d ln L/d(k_BT) at constant pressure. */
    linearExpansion: expansion.linear,
    ...elasticSummary(elastic, d),
    outputs,
    warnings,
  };
}

type Summary = ReturnType<typeof summariseAverages>;

function summaryText(
  summary: Summary,
  { configuration: { model } }: { configuration: Configuration },
): string {
  const unit = (name: string) => behind(name, model);
  const rows: [string, string][] = [
    ["glass", `${summary.file}: ${summary.model}, N = ${summary.particles} in ${summary.dimension}D`],
    [
      "energy",
      `${summary.energy.toPrecision(10)}${unit("ε")} + ½kT·${summary.energyCoefficient.toPrecision(10)}`,
    ],
    [
      "vibration",
      `⟨|x|²⟩ = ${summary.meanDebyeWaller.toPrecision(6)}${unit("λ²/ε")} kT, mean over particles`,
    ],
    ["expansion", `d ln L/d(kT) = ${summary.linearExpansion.toPrecision(6)}${unit("1/ε")}`],
    ["elasticity", moduliText(summary, 1, unit(stressOf(summary.dimension)))],
  ];
  if (summary.rattlers.length > 0) rows.push(["rattlers", `${summary.rattlers.length} are left out`]);
  for (const warning of summary.warnings) rows.push(["warning", warning]);
  for (const output of summary.outputs) rows.push(["wrote", output]);
  return rows.map(([name, text]) => `${name.padEnd(11)}${text}\n`).join("");
}
