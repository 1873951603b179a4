import { checkOutputPath, type Results, requireColumns, version, writeResults } from "@softfield/node";
import type { Command } from "commander";
import { frameOfSystem, type GlassModes, minimumOf, normalModes, type Table } from "softfield";
import { repeatable, wholeNumber } from "../shell/arguments.ts";
import { compute, minimumOptions, type ResponseOptions, responseOptions } from "../shell/compute.ts";
import {
  type Configuration,
  type ConfigurationOptions,
  configurationOptions,
  loadConfiguration,
} from "../shell/load.ts";

interface ModesOptions extends ConfigurationOptions, ResponseOptions {
  readonly count: string;
  readonly out: string[];
}

/** What `softfield modes` says of a glass; printed by --json, written to .json. */
interface ModesSummary {
  readonly file: string;
  readonly version: string;
  readonly model: string;
  readonly dimension: number;
  readonly particles: number;
  readonly rattlers: readonly number[];
  readonly modes: number;
  readonly frequencies: readonly number[];
  readonly participation: readonly number[];
  /** Largest ‖MΨ − ω²Ψ‖, ε/λ². */
  readonly largestResidual: number;
  readonly seconds: { readonly read: number; readonly modes: number };
  readonly outputs: readonly string[];
  readonly warnings: readonly string[];
}

/** `softfield modes FILE`: the lowest vibrations of a glass. */
export function registerModes(program: Command): void {
  const command = program
    .command("modes")
    .summary("lowest normal modes of a glass")
    .description(
      "Computes the lowest normal modes of a configuration at an energy minimum, translations left out, by " +
        "shift-invert Lanczos on the sparse Cholesky factor: frequency, residual, participation ratio, vector.",
    );
  const given = configurationOptions(command)
    .option("-n, --count <n>", "how many modes", "30")
    .option(
      "-o, --out <file>",
      "write results: .tsv .csv .parquet .json; with vectors .h5 .extxyz (repeatable)",
      repeatable,
      [],
    );
  responseOptions(given)
    .addHelpText(
      "after",
      "\nExample:\n  softfield modes glass.extxyz --model 2dipl -n 30 -o modes.tsv -o modes.extxyz\n",
    )
    .action(run);
}

async function run(file: string, options: ModesOptions): Promise<void> {
  const count = wholeNumber("count", options.count, 1);
  for (const path of options.out) {
    requireColumns(path, "modes");
    await checkOutputPath(path, [file]);
  }
  const start = performance.now();
  const configuration = await loadConfiguration(file, options);
  const read = (performance.now() - start) / 1000;
  const { system, model } = configuration;
  const modes = compute(configuration, options, (progress) =>
    normalModes(minimumOf(system, model, minimumOptions(options), progress), { count }, progress),
  );
  const seconds = { read, modes: (performance.now() - start) / 1000 - read };
  const summary = summarise(configuration, modes, { seconds, outputs: options.out });
  for (const path of options.out)
    await writeResults(path, modesResults(configuration, modes, summary), [file]);
  process.stdout.write(options.json ? `${JSON.stringify(summary)}\n` : summaryText(summary, modes));
}

function summarise(
  { file, model, warnings }: Configuration,
  { system, dimension, rattlers, frequencies, participation, residuals }: GlassModes,
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
    seconds,
    outputs,
    warnings,
  };
}

function modesResults(configuration: Configuration, modes: GlassModes, summary: ModesSummary): Results {
  const metadata = {
    source: summary.file,
    model: summary.model,
    particles: summary.particles,
    softfield: version,
  };
  const table: Table = {
    columns: [
      { name: "mode", values: Int32Array.from(modes.frequencies, (_, k) => k + 1) },
      { name: "frequency", values: modes.frequencies, unit: "1/τ₀", description: "ω" },
      { name: "square", values: modes.squares, unit: "ε/λ²", description: "ω², eigenvalue of the Hessian" },
      { name: "residual", values: modes.residuals, unit: "ε/λ²", description: "‖MΨ − ω²Ψ‖" },
      {
        name: "participation",
        values: modes.participation,
        description: "(Σ|Ψ_i|²)²/(N Σ|Ψ_i|⁴): about 1 for plane waves, 1/N where localised",
      },
    ],
    metadata,
  };
  const size = modes.vectors.length / modes.frequencies.length;
  const vectors = Array.from(modes.frequencies, (_, k) => modes.vectors.subarray(k * size, (k + 1) * size));
  const named = vectors.map((vector, k): [string, Float64Array] => [`mode_${k + 1}`, vector]);
  return {
    table,
    hdf5: { "/modes": table, "/vectors": vectorTable(modes, vectors) },
    frame: frameOfSystem(modes.system, configuration.model, {
      columns: { mode_weight: modes.weights, ...Object.fromEntries(named) },
      ...(configuration.ids ? { ids: configuration.ids } : {}),
      info: new Map(Object.entries(metadata)),
    }),
    summary,
  };
}

/** A column for each component of each mode, a row for each particle. */
function vectorTable({ dimension: d, weights }: GlassModes, vectors: readonly Float64Array[]): Table {
  const axes = ["x", "y", "z"].slice(0, d);
  const columns = vectors.flatMap((vector, k) =>
    axes.map((axis, a) => ({
      name: `mode_${k + 1}_${axis}`,
      values: vector.filter((_, c) => c % d === a),
    })),
  );
  return {
    columns: [{ name: "weight", values: weights, description: "Σ |Ψ_i|² over the modes" }, ...columns],
  };
}

function summaryText(summary: ModesSummary, { residuals }: GlassModes): string {
  const { file, model, particles, dimension, rattlers, seconds } = summary;
  const lines = [
    `${file}: ${model}, N = ${particles} in ${dimension}D, ${summary.modes} lowest modes in ${seconds.modes.toFixed(2)} s`,
  ];
  if (rattlers.length > 0) lines.push(`${rattlers.length} rattlers are left out`);
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
