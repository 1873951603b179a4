import { type Results, requireColumns, version } from "@softfield/node";
import type { Command } from "commander";
import { frameOfSystem, indicators, type Minimum, minimumOf, pairsOf, SoftfieldError } from "softfield";
import type { Table } from "softfield/formats";
import { type IndicatorChoice, type IndicatorColumns, indicatorColumns, unitOf } from "softfield/internal";
import { wholeNumber } from "../shell/arguments.ts";
import { type FrameCommand, type FrameOptions, registerFrame } from "../shell/command.ts";
import { compute, minimumOptions, type ResponseOptions, responseOptions } from "../shell/compute.ts";
import { fileExtras } from "../shell/filebox.ts";
import type { Configuration } from "../shell/load.ts";
import { type LoadCliOptions, loadOf, loadOptions, loadText, underLoad } from "../shell/loads.ts";
import { indicatorsText } from "../softness/options.ts";
import { placeColumns } from "../softness/particles.ts";

interface IndicatorsOptions extends FrameOptions, ResponseOptions, LoadCliOptions {
  readonly only?: string;
  readonly without?: string;
  readonly modes: string;
}

interface Found extends IndicatorColumns {
  readonly minimum: Minimum;
}

/** What `softfield indicators` says of a glass. */
interface IndicatorsSummary {
  readonly file: string;
  readonly version: string;
  readonly model: string;
  readonly particles: number;
  /** The load that directional indicators look at, in words. */
  readonly load: string;
  /** Mean and largest of every column of the particles. */
  readonly columns: readonly {
    readonly name: string;
    readonly unit: string;
    readonly mean: number;
    readonly largest: number;
  }[];
  /** Left out, with the reason. */
  readonly refused: Readonly<Record<string, string>>;
  readonly seconds: { readonly read: number; readonly work: number };
  readonly outputs: readonly string[];
  readonly warnings: readonly string[];
}

const command: FrameCommand<IndicatorsOptions, Found, IndicatorsSummary> = {
  name: "indicators",
  summary: "every measure of softness of a glass in one pass",
  description:
    "Computes all indicators (docs/indicators.md) of a configuration at an energy minimum, of every particle and of every " +
    "interaction, from one factor of its Hessian.",
  get help() {
    return `${indicatorsText()}\nExample:\n  softfield indicators glass.extxyz --model 2dipl -o all.parquet\n`;
  },
  options: (given) =>
    loadOptions(responseOptions(given))
      .option("--only <names>", "these indicators alone, separated by commas")
      .option(
        "--without <names>",
        "all but these, e.g. local-yield-strain,local-yield-stress, which take the longest by far",
      )
      .option("--modes <n>", "lowest normal modes that the indicator modes sums", "30"),
  outputs: [
    {
      flags: "-o, --out <file>",
      description:
        "write particles: .tsv .csv .parquet .extxyz .dump .gsd (interactions: NAME.bonds.parquet, …); both: .h5 .npz",
      check: (path) => requireColumns(path, "indicators"),
      results: ({ configuration, found, summary }) => indicatorResults(configuration, found, summary),
    },
  ],
  check: (options) => {
    choiceOf(options);
    wholeNumber("modes", options.modes, 1);
  },
  run: ({ configuration }, options) =>
    compute(configuration, options, (progress) => {
      const { system, model } = configuration;
      const minimum = minimumOf(system, model, minimumOptions(options), progress);
      const load = unitOf(minimum, loadOf(options));
      const modes = Math.min(wholeNumber("modes", options.modes, 1), system.positions.length);
      return { minimum, ...indicatorColumns(minimum, choiceOf(options), { modes, load }, progress) };
    }),
  summarise: ({ configuration, options, found, seconds, outputs }) => ({
    file: configuration.file,
    version,
    model: configuration.model.name,
    particles: configuration.system.species.length,
    load: loadText(options, configuration.system.box.dimension),
    columns: found.particles.map(({ name, unit = "1", values }) => ({
      name,
      unit,
      ...meanAndLargest(Float64Array.from(values, Number)),
    })),
    refused: Object.fromEntries(found.refused),
    seconds,
    outputs,
    warnings: underLoad(configuration, loadOf(options)).warnings,
  }),
  text: ({ file, model, particles, load, columns, refused, seconds, warnings, outputs }) =>
    [
      `glass     ${file}: ${model}, N = ${particles}; ${load}; ${seconds.work.toFixed(2)} s`,
      `${"indicator".padEnd(28)}${"mean".padStart(12)}${"largest".padStart(12)}  unit`,
      ...columns.map(
        ({ name, unit, mean, largest }) =>
          `${name.padEnd(28)}${mean.toPrecision(5).padStart(12)}${largest.toPrecision(5).padStart(12)}  ${unit}`,
      ),
      ...Object.entries(refused).map(([name, why]) => `left out  ${name}: ${why}`),
      ...warnings.map((warning) => `warning   ${warning}`),
      ...outputs.map((path) => `wrote     ${path}`),
      "",
    ].join("\n"),
};

/** `softfield indicators FILE`: all measures of softness. */
export function registerIndicators(program: Command): void {
  registerFrame(program, command);
}

function choiceOf({ only, without }: IndicatorsOptions): IndicatorChoice {
  if (only !== undefined && without !== undefined)
    throw new SoftfieldError("usage", "--only or --without, not both", { field: "without" });
  return { only: listOf("only", only), without: listOf("without", without) };
}

/** Names of indicators, separated by commas. */
function listOf(option: string, text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const names = [...new Set(text.split(",").map((name) => name.trim()))].filter((name) => name !== "");
  if (names.length === 0)
    throw new SoftfieldError("usage", `--${option} names no indicator`, { field: option });
  for (const name of names) indicators.get(name);
  return names;
}

function meanAndLargest(values: Float64Array): { mean: number; largest: number } {
  const there = values.filter((value) => !Number.isNaN(value));
  return {
    mean: there.reduce((sum, value) => sum + value, 0) / there.length,
    largest: there.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0),
  };
}

/** The indicators in the shapes that output formats take. */
export function indicatorResults(
  configuration: Configuration,
  found: Found,
  summary: Pick<IndicatorsSummary, "file" | "model" | "particles" | "load">,
): Results {
  const { minimum, particles, terms } = found;
  const { system, interactions } = minimum;
  const metadata = {
    source: summary.file,
    model: summary.model,
    particles: summary.particles,
    load: summary.load,
    softfield: version,
  };
  const table: Table = { metadata, columns: [...placeColumns(configuration, system), ...particles] };
  const tables = interactions.families.flatMap((family, f): [string, Table][] => {
    const { kind } = family;
    if (terms[f].length === 0) return [];
    const { members } = family.sites();
    const roles = kind.roles.map(({ name, description }, k) => ({ name, values: members[k], description }));
    const r =
      f === 0 ? [{ name: "r", values: pairsOf(interactions).r, unit: "λ", description: "distance" }] : [];
    return [[kind.name, { metadata, columns: [...roles, ...r, ...terms[f]] }]];
  });
  return {
    table,
    beside: Object.fromEntries(tables),
    hdf5: { "/particles": table, ...Object.fromEntries(tables.map(([name, own]) => [`/${name}`, own])) },
    frame: frameOfSystem(system, configuration.model, {
      columns: Object.fromEntries(
        particles.map(({ name, values }) => [name, Float64Array.from(values, Number)]),
      ),
      ...fileExtras(configuration, system),
      info: new Map(Object.entries(metadata)),
    }),
    summary,
  };
}
