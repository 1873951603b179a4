import { PieceFolder } from "@softfield/node";
import { type Command, Option } from "commander";
import { type MinimumOptions, SoftfieldError, type WindowedOptions } from "softfield";
import { speciesExchange } from "softfield/internal";
import { realNumber, shardOf, wholeNumber } from "./arguments.ts";
import { withFile, withPlace } from "./errors.ts";
import type { Configuration } from "./load.ts";
import { type ShownProgress, showProgress } from "./progress.ts";

/** How a configuration is brought to its minimum. */
export interface RefineOptions {
  readonly refine: boolean;
  /** --no-polish, the older name. */
  readonly polish: boolean;
}

/** How a configuration is brought to its minimum and factored. */
export interface ResponseOptions extends RefineOptions {
  readonly arithmetic: "fast" | "reproducible";
  /** --no-relaxed, the older name. */
  readonly relaxed: boolean;
}

/** Adds --no-refine, and its older name, to a command. */
export function refineOptions(command: Command): Command {
  return command
    .option("--no-refine", "refuse a configuration that is not at its minimum to full precision")
    .option("--no-polish", "the same as --no-refine");
}

/** Adds --no-refine, --arithmetic, and their older names to a command. */
export function responseOptions(command: Command): Command {
  return refineOptions(command)
    .addOption(
      new Option("--arithmetic <kind>", "reproducible: the same bits on every machine")
        .choices(["fast", "reproducible"])
        .default("fast"),
    )
    .option("--no-relaxed", "the same as --arithmetic reproducible");
}

/** Whether local thermal energies come from windows. */
export interface WindowOptions {
  readonly windows?: string;
  readonly samples?: string;
  readonly pieces?: string;
  readonly shard?: string;
}

/** Adds --windows and what belongs to it to a command. */
export function windowOptions(command: Command): Command {
  return command
    .option(
      "--windows <reach>",
      "glasses too large for an exact inverse: energies with standard errors, by windows that reach so far (λ)",
    )
    .option(
      "--samples <n>",
      "of the fluctuations of the glass, for --windows: a multiple of 16 (default: 96)",
    )
    .option(
      "--pieces <folder>",
      "keep finished pieces of --windows there: the same command goes on from them, and all that see the folder share the work",
    )
    .option(
      "--shard <K/M>",
      "of several that share --pieces: begin with every M-th piece, from the K-th on; all write the same files (--force)",
    );
}

/** How windows are asked for; undefined where they are not. */
export function windowsOf(options: WindowOptions): WindowedOptions | undefined {
  const { windows, samples, pieces, shard } = options;
  const needs = (name: keyof WindowOptions, of: keyof WindowOptions) => {
    if (options[name] === undefined || options[of] !== undefined) return;
    throw new SoftfieldError("usage", `--${name} is of --${of}: give that as well`, { field: name });
  };
  needs("samples", "windows");
  needs("pieces", "windows");
  needs("shard", "pieces");
  if (windows === undefined) return undefined;
  return {
    reach: realNumber("windows", windows),
    ...(samples !== undefined && { samples: wholeNumber("samples", samples, 1) }),
    ...(pieces !== undefined && { pieces: new PieceFolder(pieces, shard ? shardOf(shard) : undefined) }),
  };
}

/** What `minimumOf` is to do by these options. */
export function minimumOptions(options: RefineOptions | ResponseOptions): MinimumOptions {
  const refine = options.refine && options.polish;
  if (!("arithmetic" in options)) return { refine };
  return { refine, arithmetic: options.relaxed ? options.arithmetic : "reproducible" };
}

/**
 * Computes something of a configuration with its progress on stderr, unless --json; errors name the file, and what was
 * doubtful of model and file, most often their cause, is said with them.
 */
export function compute<Result>(
  configuration: Configuration,
  { json }: { readonly json?: boolean },
  work: (progress: ShownProgress) => Result,
): Result {
  const progress = showProgress({ quiet: json === true });
  try {
    return work(progress);
  } catch (error) {
    progress.finish();
    if (error instanceof SoftfieldError && error.code !== "aborted") {
      const exchange = error.code === "not-a-minimum" ? exchangeWarning(configuration) : [];
      for (const warning of [...configuration.warnings, ...exchange])
        process.stderr.write(`softfield: warning: ${warning}\n`);
    }
    throw withNextCommand(withFile(error, configuration), configuration);
  } finally {
    progress.finish();
  }
}

/** A refusal that sends to `softfield minimize`, with the command that does it. */
function withNextCommand(error: unknown, { words }: Configuration): unknown {
  if (!(error instanceof SoftfieldError) || !error.message.includes("'softfield minimize'")) return error;
  const command = `softfield minimize ${words} -o minimum.extxyz`;
  return new SoftfieldError(error.code, `${withPlace(error)}:\n  ${command}`, error.place, { cause: error });
}

/** What is no minimum may be one with its species exchanged: then the map that says so. */
function exchangeWarning({ system, model, snapshot }: Configuration): string[] {
  const found = speciesExchange(system, model);
  if (!found) return [];
  const { types, species: named } = snapshot;
  const label = (a: number) => (types ? String(types[a]) : named ? named.names[named.index[a]] : "*");
  const map = new Map(Array.from(system.species, (s, a) => [label(a), model.species[found.to[s]]]));
  const pairs = [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map((pair) => pair.join("="));
  return [
    `with the species exchanged the residual is ${found.exchanged.toExponential(1)} of the typical pair force instead of ` +
      `${found.residual.toExponential(1)}: if that is what the file means, say --species ${pairs.join(",")}`,
  ];
}
