import { existsSync } from "node:fs";
import { readFile, unlink } from "node:fs/promises";
import { writeFileAtomically } from "@softfield/node";
import { type Command, Option } from "commander";
import { type ShearOptions, type ShearResult, SoftfieldError } from "softfield";
import { RELEASE_METHODS } from "softfield/internal";
import { type FigureOptions, stressStrainFigure } from "../shear/figure.ts";
import {
  displacementTable,
  pathTable,
  type ShearSummary,
  shearResults,
  summarise,
  summaryText,
} from "../shear/results.ts";
import { shearInThread } from "../shear/thread.ts";
import { numberOption } from "../shell/arguments.ts";
import { type FrameCommand, type FrameOptions, registerFrame } from "../shell/command.ts";
import { withFile } from "../shell/errors.ts";
import type { Configuration } from "../shell/load.ts";
import { type LoadCliOptions, loadOf, loadOptions, loadText } from "../shell/loads.ts";
import { showProgress } from "../shell/progress.ts";

type Numbers =
  | "events"
  | "maxStrain"
  | "tolerance"
  | "step"
  | "d2minThreshold"
  | "minDrop"
  | "maxEvaluations";

interface CommandOptions
  extends FrameOptions,
    FigureOptions,
    LoadCliOptions,
    Pick<ShearOptions, Numbers | "minimizer"> {
  readonly displacements: readonly string[];
  readonly amplitude?: number;
  readonly cycles?: number;
  readonly oneSided?: boolean;
  readonly coarse?: boolean;
  readonly resume?: boolean;
}

type Sheared = Awaited<ReturnType<typeof shearInThread>>;

const shearing: FrameCommand<CommandOptions, Sheared, ShearSummary> = {
  name: "shear",
  summary: "plastic events of a glass under quasistatic shear, tension, compression, cycles",
  description:
    "Loads a configuration at an energy minimum, athermally and quasistatically, to its first plastic events " +
    "(Zylberg et al. 2017, SI E). Elastic branches are followed to their very ends, so that small events count. Under " +
    "tension and compression the box follows across, at a stress that stays.",
  help:
    "Examples:\n  softfield shear glass.extxyz --model 2dipl --events 5 -o events.json --figure stress-strain.svg\n" +
    "  softfield shear glass.extxyz --model 3dkablj --plane xz --angle 45 --max-strain 0.05 -o events.tsv\n" +
    "  softfield shear glass.extxyz --model 2dipl --load tension --max-strain 0.05 --path curve.tsv\n" +
    "  softfield shear glass.extxyz --model 2dipl --amplitude 0.04 --cycles 5 -o cycles.json\n",
  options: (command) =>
    loadOptions(
      command
        .addOption(numberOption("-n, --events <n>", "stop after so many (default: 5)"))
        .addOption(numberOption("--max-strain <strain>", "stop at this strain (default: 0.2)"))
        .addOption(numberOption("--amplitude <strain>", "to and fro: 0, A, −A, 0"))
        .addOption(numberOption("--cycles <n>", "of --amplitude (default: 1)"))
        .option("--one-sided", "with --amplitude: 0, A, 0"),
    )
      .addOption(
        numberOption("--tolerance <strain>", "to which the strain of an event is bracketed (default: 1e-8)"),
      )
      .addOption(numberOption("--step <strain>", "longest step (default: 1e-3; of --coarse: 1e-4)"))
      .addOption(new Option("--minimizer <name>", "at events (default: fire)").choices(RELEASE_METHODS))
      .option(
        "--coarse",
        "fixed steps, energies only: misses small events, for comparison with the literature",
      )
      .addOption(
        numberOption("--min-drop <energy>", "do not count smaller drops (default: 0; of --coarse: 1e-5)"),
      )
      .addOption(
        numberOption(
          "--d2min-threshold <d2min>",
          "rearranged particles lie above it (default: 0.01 bond lengths²)",
        ),
      )
      .addOption(numberOption("--max-evaluations <n>", "of the forces in one minimisation (default: 200000)"))
      .addOption(new Option("--style <style>", "of the figure").choices(["paper", "slides"]).default("paper"))
      .option("--pixels <width>", "width of a .png figure", "1600")
      .option(
        "--resume",
        "go on from the checkpoint that an interrupted run has left beside its first output",
      ),
  outputs: [
    {
      flags: "-o, --out <file>",
      description: "write results: .json; events .tsv .csv .parquet .h5; final configuration .extxyz .data",
      results: ({ configuration, found, summary }) => shearResults(configuration, found.result, summary),
    },
    {
      flags: "--path <file>",
      description: "write stress over strain, every minimum on the way: .tsv .csv .parquet .h5",
      results: ({ found, summary }) => ({ table: pathTable(found.result, summary) }),
    },
    {
      flags: "--figure <file>",
      description: "draw stress over strain: .svg .png .pdf",
      picture: ({ found, options, configuration, summary: { load } }) =>
        stressStrainFigure(found.result, options, { glass: configuration, load }),
    },
    {
      flags: "--displacements <file>",
      description: "write the displacement field of every event: .tsv .csv .parquet .h5",
      results: ({ found, summary }) => ({ table: displacementTable(found.result, summary.particles) }),
    },
  ],
  check: cyclicOptions,
  run: ({ configuration }, options, outputs) => shearFile(configuration, options, checkpointOf(outputs)),
  summarise: ({ configuration, found: { result, settings }, options, seconds, outputs }) =>
    summarise(configuration, result, {
      ...{ shear: settings, seconds: seconds.work, outputs },
      load: loadText(
        { ...options, pressure: settings.deformation.pressure },
        configuration.system.box.dimension,
      ),
    }),
  text: (summary, { configuration: { model } }) => summaryText(summary, model),
  conclude: async ({ configuration, found, outputs }) => {
    const checkpoint = checkpointOf(outputs);
    if (checkpoint !== undefined) await unlink(checkpoint).catch(() => undefined);
    conclude(found.result, configuration);
  },
};

/** `softfield shear FILE`: the first plastic events of a glass under athermal quasistatic shear. */
export function registerShear(program: Command): void {
  registerFrame(program, shearing);
}

function checkpointOf([first]: readonly string[]): string | undefined {
  return first === undefined ? undefined : `${first}.checkpoint`;
}

/** Fewer events than asked for within the strain are a result; what is none is an error, after all files are written. */
function conclude(
  { status, message }: Pick<ShearResult, "status" | "message">,
  { file }: Configuration,
): void {
  if (status === "complete" || status === "max-strain") return;
  throw new SoftfieldError("numerics", message, { file });
}

/** Of a configuration that cannot be sheared nothing is written. */
function noMinimum(
  { message }: { readonly message: string },
  { file, words }: Configuration,
): SoftfieldError {
  return new SoftfieldError(
    "not-a-minimum",
    `${file}: ${message}:\n  softfield minimize ${words} -o minimum.extxyz`,
    { file },
  );
}

function shearOptions(options: CommandOptions): ShearOptions {
  const names = [
    "events",
    "maxStrain",
    "tolerance",
    "step",
    "d2minThreshold",
    "minDrop",
    "maxEvaluations",
    "minimizer",
  ] as const;
  const given = names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]);
  return {
    ...Object.fromEntries(given),
    ...loadOf(options),
    strategy: options.coarse ? "coarse" : "branch",
    displacements: options.displacements.length > 0,
  };
}

/** To and fro, where an amplitude is given. */
function cyclicOptions({ amplitude, cycles, oneSided, events, maxStrain }: CommandOptions) {
  const sides = oneSided ? ("one" as const) : undefined;
  const given = { amplitude, cycles, sides };
  if (amplitude === undefined) {
    const without = cycles !== undefined ? "cycles" : sides ? "one-sided" : undefined;
    if (without === undefined) return undefined;
    throw new SoftfieldError("usage", `--${without} needs --amplitude, the strain at which the load turns`, {
      field: "amplitude",
    });
  }
  const beside = { events, "max-strain": maxStrain };
  const excluded = Object.entries(beside).find(([, value]) => value !== undefined);
  if (excluded) {
    const message = `--amplitude and --${excluded[0]} exclude each other: a cyclic load ends with its cycles`;
    throw new SoftfieldError("usage", message, { field: excluded[0] });
  }
  return { ...given, amplitude };
}

async function shearFile(
  configuration: Configuration,
  options: CommandOptions,
  checkpoint: string | undefined,
) {
  const { system, model } = configuration;
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  const progress = showProgress({
    quiet: options.json === true,
    unit: options.amplitude === undefined ? "events" : "cycles",
    signal: stop.signal,
  });
  try {
    const saved = options.resume && checkpoint !== undefined && existsSync(checkpoint);
    const threads = options.threads === undefined ? undefined : Number(options.threads);
    const start = { system, model, options: shearOptions(options), cyclic: cyclicOptions(options), threads };
    const sheared = await shearInThread(
      saved ? { ...start, checkpoint: await readFile(checkpoint) } : start,
      {
        ...progress,
        onCheckpoint: async (bytes) => {
          if (checkpoint !== undefined) await writeFileAtomically(checkpoint, bytes);
        },
      },
    );
    if (sheared.result.status === "not-a-minimum") throw noMinimum(sheared.result, configuration);
    return sheared;
  } catch (error) {
    if (error instanceof SoftfieldError && error.code === "aborted") throw stopped(checkpoint);
    throw withFile(error, configuration);
  } finally {
    progress.finish();
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

/** What an interrupted run leaves, and how to go on. */
function stopped(checkpoint: string | undefined): SoftfieldError {
  const where =
    checkpoint !== undefined && existsSync(checkpoint)
      ? `${checkpoint} holds what was done up to the last event (of a cyclic load: to the last turning point). The same command with --resume goes on`
      : "nothing is kept: with -o FILE a run leaves a checkpoint to go on from";
  return new SoftfieldError("aborted", `stopped; ${where}`);
}
