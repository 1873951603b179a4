import { existsSync } from "node:fs";
import { readFile, unlink } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { writeFileAtomically } from "@softfield/node";
import type { Command } from "commander";
import { SoftfieldError } from "softfield";
import { ensemblePlan, isoconfigurationalEnsemble } from "../propensity/ensemble.ts";
import {
  type Ensemble,
  type PropensitySummary,
  propensityResults,
  propensityText,
  summarisePropensity,
} from "../propensity/results.ts";
import { numberOption, wholeNumber } from "../shell/arguments.ts";
import { type FrameCommand, type FrameOptions, registerFrame } from "../shell/command.ts";
import { inFile } from "../shell/errors.ts";
import type { Configuration } from "../shell/load.ts";
import { showProgress } from "../shell/progress.ts";
import { quantity, timesOf } from "../shell/quantities.ts";

interface PropensityOptions extends FrameOptions {
  readonly temperature: string;
  readonly times: string;
  readonly runs: number;
  readonly seed: number;
  readonly dt?: string;
  readonly relaxation?: string;
  readonly resume?: boolean;
}

const propensity: FrameCommand<PropensityOptions, Ensemble, PropensitySummary> = {
  name: "propensity",
  summary: "how far particles go, over many runs from one configuration",
  description:
    "The isoconfigurational ensemble (Widmer-Cooper, Harrowell & Fynewever 2004): many runs of molecular dynamics from one " +
    "configuration with velocities drawn anew; the mean displacement of every particle at given times is its propensity.",
  help: "Example:\n  softfield propensity liquid.extxyz --model 3dkablj --temperature 0.44 --times 0.1,1,10 --runs 50 -o propensity.tsv\n",
  options: (command) =>
    command
      .requiredOption("--temperature <T>", "of the velocities and the thermostat, e.g. 0.44, or 300K")
      .option("--times <list>", "when displacements are taken, ascending", "0.1,0.3,1,3,10")
      .addOption(numberOption("--runs <n>", "from as many sets of velocities").default(50))
      .addOption(numberOption("--seed <seed>", "of the first run; the others count on").default(1))
      .option("--dt <dt>", "time step at most (default: 0.005, times the root of the lightest mass)")
      .option("--relaxation <time>", "of the thermostat (default: 1, times the root of the lightest mass)")
      .option(
        "--resume",
        "go on from the checkpoint that an interrupted run has left beside its first output",
      ),
  outputs: [
    {
      flags: "-o, --out <file>",
      description: "write a row a particle: .tsv .csv .parquet .h5; the summary: .json",
      results: ({ configuration, found, summary }) => propensityResults(configuration, found, summary),
    },
  ],
  run: ({ configuration }, options, outputs) =>
    inFile(configuration, () => ensemble(configuration, options, outputs[0])),
  summarise: ({ configuration, found, seconds, outputs }) =>
    summarisePropensity(configuration, found, { seconds: seconds.work, outputs }),
  text: propensityText,
  conclude: async ({ outputs }) => {
    const [first] = outputs;
    if (first !== undefined) await unlink(checkpointOf(first)).catch(() => undefined);
  },
};

/** `softfield propensity FILE`: the isoconfigurational ensemble. */
export function registerPropensity(program: Command): void {
  registerFrame(program, propensity);
}

const checkpointOf = (output: string) => `${output}.checkpoint`;

async function ensemble(
  configuration: Configuration,
  options: PropensityOptions,
  output: string | undefined,
): Promise<Ensemble> {
  const { system, model } = configuration;
  const { runs, seed } = options;
  if (!(Number.isInteger(runs) && runs > 1))
    throw new SoftfieldError("usage", `--runs must be a whole number from 2, got ${runs}`, { field: "runs" });
  const plan = ensemblePlan(system, model, {
    ...{ runs, seed },
    temperature: quantity("temperature", options.temperature, "temperature", model),
    times: options.times.split(",").map((text) => quantity("times", text, "time", model)),
    ...timesOf(["dt", "relaxation"], options, model),
  });
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  const progress = showProgress({ quiet: options.json === true, unit: "runs" });
  const saved = output !== undefined && options.resume ? checkpointOf(output) : undefined;
  try {
    const sums = await isoconfigurationalEnsemble(plan, {
      threads:
        options.threads === undefined ? availableParallelism() : wholeNumber("threads", options.threads, 1),
      signal: stop.signal,
      onProgress: progress.onProgress,
      checkpoint: saved !== undefined && existsSync(saved) ? await readFile(saved) : undefined,
      keep: async (bytes) => {
        if (output !== undefined) await writeFileAtomically(checkpointOf(output), bytes);
      },
    });
    return { sums, plan };
  } finally {
    progress.finish();
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}
