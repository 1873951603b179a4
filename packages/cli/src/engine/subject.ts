import { type OpenEngine, openEngine, parseFrameChoice, readSnapshotFile } from "@softfield/node";
import type { Command } from "commander";
import { type EngineMinimum, engineMinimum, SoftfieldError } from "softfield";
import { realNumber, wholeNumber } from "../shell/arguments.ts";
import type { RefineOptions } from "../shell/compute.ts";
import { withFile } from "../shell/errors.ts";
import { type ConfigurationOptions, configuration, fileHints } from "../shell/load.ts";
import { type ShownProgress, showProgress } from "../shell/progress.ts";
import type { Subject } from "../shell/subject.ts";

/** How an engine is asked for, and what is said of its forces. */
export interface EngineOptions extends ConfigurationOptions, Partial<RefineOptions> {
  readonly engine?: string;
  readonly range?: string;
  readonly step?: string;
  readonly secondStep?: string;
  readonly patience?: string;
  readonly json?: boolean;
}

/** A configuration whose energies and forces an engine computes. */
export interface EngineGlass extends OpenEngine {
  /** FILE, or what the engine made it of. */
  readonly file: string;
  /** Name of the engine and what it was given. */
  readonly model: string;
  /** N, where the engine or the file tells them. */
  readonly masses: Float64Array | undefined;
}

/** Adds --engine and what goes with it to a command. */
export function engineOptions(command: Command): Command {
  return command
    .option(
      "--engine <name>",
      "who computes energies and forces of --model: lammps, a running LAMMPS with the input script --model; or of a plug-in (default: softfield)",
    )
    .option(
      "--range <r>",
      "of --engine: how far the force of a displaced particle reaches (default: measured)",
    )
    .option("--step <h>", "of --engine: displacement of first differences (default: measured)")
    .option("--second-step <h>", "of --engine: displacement of second differences (default: measured)")
    .option(
      "--patience <s>",
      "of --engine: seconds without a word from it after which it is given up (default: 600)",
    );
}

/** Options that say something only with --engine. */
const OF_ENGINES = ["range", "step", "secondStep", "patience", "softModes", "seed"] as const;

/** Whether an engine is asked for; refuses what goes with one alone, or with none. @throws SoftfieldError "usage" */
export function byEngine(
  options: EngineOptions & Readonly<Record<string, unknown>>,
  others: readonly string[],
): boolean {
  const asked = (name: string) => {
    const value = options[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
  };
  const flag = (name: string) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  if (options.engine === undefined) {
    const stray = OF_ENGINES.find(asked);
    if (stray === undefined) return false;
    throw new SoftfieldError("usage", `${flag(stray)} is of --engine: give that as well`, { field: stray });
  }
  const other = others.find(asked);
  if (other === undefined) return true;
  throw new SoftfieldError("usage", `--engine and ${flag(other)} exclude each other`, { field: other });
}

/** A configuration with its engine: FILE, or what the script of the engine makes. */
export const engineGlass: Subject<EngineOptions, { readonly glass: EngineGlass }> = {
  declare: configuration.declare,
  files: ([file], { model }) => (file === undefined ? [model] : [file, model]),
  open: async ([file], options) => ({ glass: await openGlass(file, options) }),
};

async function openGlass(file: string | undefined, options: EngineOptions): Promise<EngineGlass> {
  const { engine = "", model, frame, patience } = options;
  const given =
    file === undefined
      ? undefined
      : await readSnapshotFile(file, parseFrameChoice(frame ?? "0"), fileHints(options));
  const opened = await openEngine(engine, {
    model,
    snapshot: given,
    patience: patience === undefined ? 600 : realNumber("patience", patience),
  });
  const { snapshot } = opened;
  for (const warning of opened.warnings) process.stderr.write(`softfield: warning: ${warning}\n`);
  const masses = snapshot.columns.get("mass")?.values;
  return { ...opened, file: file ?? snapshot.source, model: opened.engine.name, masses };
}

/** Works on the minimum of a glass by its engine, which ends with it. */
export async function atEngineMinimum<Result>(
  glass: EngineGlass,
  options: EngineOptions,
  work: (minimum: EngineMinimum, progress: ShownProgress) => Result | Promise<Result>,
): Promise<Result> {
  const progress = showProgress({ quiet: options.json === true });
  const { engine, snapshot } = glass;
  const { box, positions } = snapshot;
  const number = (name: "range" | "step" | "secondStep") => {
    const text = options[name];
    return text === undefined ? undefined : realNumber(name, text);
  };
  try {
    const asked = {
      range: number("range"),
      step: number("step"),
      secondStep: number("secondStep"),
      refine: options.refine !== false && options.polish !== false,
    };
    const minimum = await engineMinimum({ engine, box, positions }, asked, progress);
    return await work(minimum, progress);
  } catch (error) {
    throw withFile(error, glass);
  } finally {
    progress.finish();
    await glass.close?.();
  }
}

/** A count that an option was given. */
export function countOf(name: string, text: string | undefined, least: number): number | undefined {
  return text === undefined ? undefined : wholeNumber(name, text, least);
}
