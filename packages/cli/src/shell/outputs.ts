import {
  checkOutputPath,
  outputFormat,
  type Results,
  writeFileAtomically,
  writeResults,
} from "@softfield/node";
import { type Command, Option } from "commander";
import { type PairModel, SoftfieldError } from "softfield";
import { repeatable } from "./arguments.ts";
import { inFormat, pictureFormat } from "./pictures.ts";
import { inUnitsOf } from "./units.ts";

/** What an option such as -o FILE writes; it may be given several times, and each file is written. */
export type Output<Outcome> = ResultsOutput<Outcome> | PictureOutput<Outcome>;

interface NamedOutput {
  /** As commander takes them: "-o, --out <file>". */
  readonly flags: string;
  readonly description: string;
}

interface ResultsOutput<Outcome> extends NamedOutput {
  /** Refuses a path beyond what its ending says. */
  readonly check?: (path: string) => void;
  readonly results: (outcome: Outcome) => Results;
}

interface PictureOutput<Outcome> extends NamedOutput {
  /** SVG text. */
  readonly picture: (outcome: Outcome) => string;
}

/** A file to be written, by which option. */
export interface OutputFile<Outcome> {
  readonly path: string;
  readonly output: Output<Outcome>;
}

/** Adds --force to a command. */
export function forceOption(command: Command): Command {
  return command.option("--force", "overwrite output files that are there already");
}

/** Adds the options of outputs, and --force, to a command. */
export function outputOptions(command: Command, outputs: readonly NamedOutput[]): Command {
  for (const { flags, description } of outputs)
    command.option(flags, `${description} (repeatable)`, repeatable, []);
  return forceOption(command);
}

/** The files that a command line asks for, in the order of `outputs`. @throws SoftfieldError "usage" for unknown endings */
export function filesOf<Outcome>(
  outputs: readonly Output<Outcome>[],
  options: object,
): OutputFile<Outcome>[] {
  return outputs.flatMap((output) => {
    const name = new Option(output.flags).attributeName();
    const paths = (options as Readonly<Record<string, readonly string[]>>)[name];
    for (const path of paths) {
      if ("picture" in output) pictureFormat(path);
      else {
        outputFormat(path);
        output.check?.(path);
      }
    }
    return paths.map((path) => ({ path, output }));
  });
}

/** What is asked of all outputs of a command. */
export interface OutputRule {
  /** Files that the outputs come from: never overwritten. */
  readonly inputs?: readonly string[];
  readonly force?: boolean | undefined;
}

/**
 * Refuses, before any work, files that can't be written, that are there already unless --force is given, or that two
 * outputs would go into. @throws SoftfieldError "usage" or "resource"
 */
export async function checkOutputs(paths: readonly string[], { inputs, force }: OutputRule): Promise<void> {
  const twice = paths.find((path, k) => paths.indexOf(path) !== k);
  if (twice !== undefined) {
    throw new SoftfieldError("usage", `${twice}: is named twice; give each output a file of its own`, {
      file: twice,
    });
  }
  for (const path of paths) await checkOutputPath(path, { inputs: inputs ?? [], force: force === true });
}

interface WritingOptions {
  readonly inputs?: readonly string[];
  readonly pixels?: string;
  /** Whose units the tables are in. */
  readonly model?: PairModel | undefined;
}

/** Writes what a command found into its files. */
export async function writeOutputs<Outcome>(
  files: readonly OutputFile<Outcome>[],
  outcome: Outcome,
  { inputs = [], pixels = "1600", model }: WritingOptions,
): Promise<void> {
  for (const { path, output } of files) {
    if ("picture" in output)
      await writeFileAtomically(path, inFormat(path, output.picture(outcome), { pixels }), inputs);
    else {
      const results = output.results(outcome);
      await writeResults(path, model ? inUnitsOf(model, results) : results, inputs);
    }
  }
}
