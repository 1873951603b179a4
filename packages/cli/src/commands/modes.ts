import { type Results, requireColumns, version } from "@softfield/node";
import type { Command } from "commander";
import { frameOfSystem, type GlassModes, minimumOf, normalModes, type PairModel } from "softfield";
import { modelUnits, unitNamed } from "softfield/internal";
import { modesByEngine } from "../engine/modes.ts";
import { byEngine, type EngineOptions, engineOptions } from "../engine/subject.ts";
import { type ModesSaid, modesContent } from "../modes/results.ts";
import { wholeNumber } from "../shell/arguments.ts";
import { type FrameCommand, type FrameOptions, perform, registerFrame } from "../shell/command.ts";
import { compute, minimumOptions, type ResponseOptions, responseOptions } from "../shell/compute.ts";
import { fileExtras } from "../shell/filebox.ts";
import type { Configuration } from "../shell/load.ts";
import { massesText } from "../shell/units.ts";

interface ModesOptions
  extends FrameOptions,
    ResponseOptions,
    Omit<EngineOptions, keyof FrameOptions | keyof ResponseOptions> {
  readonly count: string;
}

/** What `softfield modes` says of a glass; printed by --json, written to .json. */
interface ModesSummary extends ModesSaid {
  readonly rattlers: readonly number[];
  /** Largest ‖MΨ − ω²Ψ‖, ε/λ². */
  readonly largestResidual: number;
  readonly seconds: { readonly read: number; readonly modes: number };
}

const modes: FrameCommand<ModesOptions, GlassModes, ModesSummary> = {
  name: "modes",
  summary: "lowest normal modes of a glass",
  description:
    "Computes the lowest normal modes of a configuration at an energy minimum, translations left out, by " +
    "shift-invert Lanczos on the sparse Cholesky factor: frequency, residual, participation ratio, vector.",
  help: "Example:\n  softfield modes glass.extxyz --model 2dipl -n 30 -o modes.tsv -o modes.extxyz\n",
  options: (command) =>
    engineOptions(responseOptions(command.option("-n, --count <n>", "how many modes", "30"))),
  outputs: [
    {
      flags: "-o, --out <file>",
      description: "write results: .tsv .csv .parquet .json; with vectors .h5 .extxyz",
      check: (path) => requireColumns(path, "modes"),
      results: ({ configuration, found, summary }) => modesResults(configuration, found, summary),
    },
  ],
  check: countOf,
  instead: (options) => {
    if (!byEngine({ ...options }, ["species", "diameters"])) return undefined;
    countOf(options);
    return (args, given) => perform(modesByEngine, args, given);
  },
  run: ({ configuration }, options) =>
    compute(configuration, options, (progress) => {
      const { system, model } = configuration;
      const minimum = minimumOf(system, model, minimumOptions(options), progress);
      return normalModes(minimum, { count: countOf(options) }, progress);
    }),
  summarise: ({ configuration, found, seconds: { read, work }, outputs }) =>
    summariseModes(configuration, found, { seconds: { read, modes: work }, outputs }),
  text: (summary, { found, configuration: { model } }) => summaryText(summary, found, model),
};

/** `softfield modes FILE`: the lowest vibrations of a glass. */
export function registerModes(program: Command): void {
  registerFrame(program, modes);
}

function countOf({ count }: ModesOptions): number {
  return wholeNumber("count", count, 1);
}

export function summariseModes(
  { file, model, warnings }: Configuration,
  { system, dimension, rattlers, frequencies, participation, residuals, masses }: GlassModes,
  { seconds, outputs }: Pick<ModesSummary, "seconds" | "outputs">,
): ModesSummary {
  return {
    file,
    version,
    model: model.name,
    dimension,
    particles: system.species.length,
    rattlers: Array.from(rattlers),
    modes: frequencies.length,
    frequencies: Array.from(frequencies),
    participation: Array.from(participation),
    largestResidual: Math.max(...residuals),
    masses: massesText(masses, system.masses === undefined ? "model" : "file"),
    seconds,
    outputs,
    warnings,
  };
}

/** The modes in the shapes that output formats take. */
export function modesResults(
  configuration: Configuration,
  modes: GlassModes,
  summary: ModesSummary,
): Results {
  const metadata = {
    source: summary.file,
    model: summary.model,
    particles: summary.particles,
    masses: summary.masses,
    softfield: version,
  };
  const square = modes.masses ? "ε/(m λ²)" : "ε/λ²";
  const { table, hdf5, columns } = modesContent(modes, square, metadata);
  return {
    ...{ table, hdf5 },
    frame: frameOfSystem(modes.system, configuration.model, {
      columns,
      ...fileExtras(configuration, modes.system),
      info: new Map(Object.entries(metadata)),
    }),
    summary,
  };
}

function summaryText(summary: ModesSummary, { residuals }: GlassModes, units: PairModel): string {
  const { file, model, particles, dimension, rattlers, seconds } = summary;
  const lines = [
    `${file}: ${model}, N = ${particles} in ${dimension}D, ${summary.modes} lowest modes in ${seconds.modes.toFixed(2)} s`,
  ];
  if (rattlers.length > 0) lines.push(`${rattlers.length} rattlers are left out`);
  lines.push(`masses ${summary.masses}`);
  const { seconds: unit } = modelUnits(units);
  const hertz =
    unit === undefined ? "" : `, 1 = ${(1e-12 / (2 * Math.PI * unit)).toPrecision(6)} THz of ω/2π`;
  if (units.definition.units !== undefined)
    lines.push(`frequencies ω in ${unitNamed("1/τ₀", units)}${hertz}`);
  lines.push("mode  frequency    participation  residual");
  summary.frequencies.forEach((omega, k) => {
    const ratio = summary.participation[k].toPrecision(4);
    const residual = residuals[k].toExponential(1);
    lines.push(`${String(k + 1).padEnd(6)}${omega.toPrecision(8).padEnd(13)}${ratio.padEnd(15)}${residual}`);
  });
  for (const warning of summary.warnings) lines.push(`warning: ${warning}`);
  for (const output of summary.outputs) lines.push(`wrote ${output}`);
  return `${lines.join("\n")}\n`;
}
