import { checkOutputPath, type Results, requireColumns, version, writeResults } from "@softfield/node";
import type { Command } from "commander";
import { minimumOf, type ObservedGlass, observeGlass, potentialEnergy, thermalAverage } from "softfield";
import { elasticSummary, moduliText } from "../observe/elastic.ts";
import { observeResults } from "../observe/results.ts";
import { repeatable } from "../shell/arguments.ts";
import { compute, minimumOptions, type ResponseOptions, responseOptions } from "../shell/compute.ts";
import {
  type Configuration,
  type ConfigurationOptions,
  configurationOptions,
  loadConfiguration,
} from "../shell/load.ts";

interface ObserveOptions extends ConfigurationOptions, ResponseOptions {
  readonly out: string[];
}

/** `softfield observe FILE`: low-temperature averages of the observables of Eq. 1. */
export function registerObserve(program: Command): void {
  const command = program
    .command("observe")
    .summary("thermal averages at low temperature (Eq. 1)")
    .description(
      "Computes (⟨A⟩ − A⁰)/(½kT) as T → 0 (Eq. 1 of Zylberg et al. 2017) of every particle's energy and stress " +
        "and of every bond's length, with Debye–Waller factors, thermal displacements, thermal expansion and elastic " +
        "constants.",
    );
  const given = configurationOptions(command).option(
    "-o, --out <file>",
    "write results: particles to .tsv .csv .parquet .extxyz, bonds also to .h5 (repeatable)",
    repeatable,
    [],
  );
  responseOptions(given)
    .addHelpText(
      "after",
      "\nColumns: debye_waller is ⟨|x|²⟩ per kT; energy, pressure and shear_stress are (⟨A⟩ − A⁰) per ½kT (Eq. 1 of the\n" +
        "paper); thermal_displacement is X, ⟨x⟩ per ½kT. --json has all elastic constants, dσ/de at the minimum.\n" +
        "\nExample:\n  softfield observe glass.extxyz --model 2dipl -o particles.tsv -o all.h5\n",
    )
    .action(run);
}

async function run(file: string, options: ObserveOptions): Promise<void> {
  for (const path of options.out) {
    requireColumns(path, "thermal averages");
    await checkOutputPath(path, [file]);
  }
  const configuration = await loadConfiguration(file, options);
  const { summary, results } = observe(configuration, options);
  for (const path of options.out) await writeResults(path, results, [file]);
  process.stdout.write(options.json ? `${JSON.stringify(summary)}\n` : summaryText(summary));
}

function observe(
  configuration: Configuration,
  options: ObserveOptions,
): { readonly summary: Summary; readonly results: Results } {
  const { system, model } = configuration;
  const { json, out } = options;
  return compute(configuration, { json: json === true }, (control) => {
    const glass = observeGlass(minimumOf(system, model, minimumOptions(options), control), control);
    const summary = summarise(configuration, glass, out);
    // averages of every particle and bond are made for files alone
    const results = out.length === 0 ? {} : observeResults(configuration, glass, { summary, control });
    return { summary, results };
  });
}

function summarise(
  { file, model, warnings }: Configuration,
  { minimum, response, expansion, elastic }: ObservedGlass,
  outputs: readonly string[],
) {
  const { backbone, rattlers } = minimum;
  const total = thermalAverage(potentialEnergy(backbone.interactions), response);
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

type Summary = ReturnType<typeof summarise>;

function summaryText(summary: Summary): string {
  const rows: [string, string][] = [
    ["glass", `${summary.file}: ${summary.model}, N = ${summary.particles} in ${summary.dimension}D`],
    ["energy", `${summary.energy.toPrecision(10)} + ½kT·${summary.energyCoefficient.toPrecision(10)}`],
    ["vibration", `⟨|x|²⟩ = ${summary.meanDebyeWaller.toPrecision(6)} kT, mean over particles`],
    ["expansion", `d ln L/d(kT) = ${summary.linearExpansion.toPrecision(6)}`],
    ["elasticity", moduliText(summary)],
  ];
  if (summary.rattlers.length > 0) rows.push(["rattlers", `${summary.rattlers.length} are left out`]);
  for (const warning of summary.warnings) rows.push(["warning", warning]);
  for (const output of summary.outputs) rows.push(["wrote", output]);
  return rows.map(([name, text]) => `${name.padEnd(11)}${text}\n`).join("");
}
