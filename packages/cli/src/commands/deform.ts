import { existsSync } from "node:fs";
import { readFile, unlink } from "node:fs/promises";
import { writeFileAtomically } from "@softfield/node";
import { type Command, Option } from "commander";
import { type ShearPlane, SoftfieldError } from "softfield";
import { SHEAR_PLANES } from "softfield/internal";
import { type Flowed, followFlow } from "../deform/flow.ts";
import { flowPlan } from "../deform/plan.ts";
import { type FlowSummary, flowFigure, flowResults, flowText, summariseFlow } from "../deform/results.ts";
import { numberOption } from "../shell/arguments.ts";
import { type FrameCommand, type FrameOptions, registerFrame } from "../shell/command.ts";
import { inFile } from "../shell/errors.ts";
import type { Configuration } from "../shell/load.ts";
import { showProgress } from "../shell/progress.ts";
import { quantity, timesOf } from "../shell/quantities.ts";

interface DeformOptions extends FrameOptions {
  readonly rate: string;
  readonly temperature: string;
  readonly plane?: ShearPlane;
  readonly maxStrain: number;
  readonly every: number;
  readonly seed: number;
  readonly dt?: string;
  readonly relaxation?: string;
  readonly inherent?: boolean;
  readonly resume?: boolean;
  readonly style: "paper" | "slides";
}

const deforming: FrameCommand<DeformOptions, Flowed, FlowSummary> = {
  name: "deform",
  summary: "shear a glass at a finite rate and temperature",
  description:
    "Molecular dynamics under steady simple shear (SLLOD, Lees-Edwards boundaries), with a thermostat on the velocities " +
    "relative to the flow: stress over strain, flow stress and viscosity, and with --inherent the minima below, by which " +
    "plastic rearrangements are seen through the thermal noise. One seed gives the same run everywhere.",
  help:
    "Examples:\n  softfield deform glass.extxyz --model 2dipl --rate 1e-4 --temperature 0.1 --max-strain 0.2 -o flow.tsv\n" +
    "  softfield deform glass.extxyz --model 3dkablj --rate 1e-3 --temperature 0.3 --inherent -o flow.tsv --figure flow.svg\n",
  options: (command) =>
    command
      .requiredOption("--rate <rate>", "strain per time, e.g. 1e-4, or 1e9/s; negative: the other way")
      .requiredOption("--temperature <T>", "kept by the thermostat, e.g. 0.1, or 300K")
      .addOption(new Option("--plane <plane>", "of flow and gradient: x += γ·y is xy").choices(SHEAR_PLANES))
      .addOption(
        numberOption(
          "--max-strain <strain>",
          "where it ends, at the multiple of --every nearest to it",
        ).default(0.2),
      )
      .addOption(numberOption("--every <strain>", "between two points of the path").default(0.002))
      .addOption(numberOption("--seed <seed>", "of the velocities and the thermostat").default(1))
      .option(
        "--dt <dt>",
        "time step at most (default: 0.005, times the root of the lightest mass); shorter where --every asks for it",
      )
      .option("--relaxation <time>", "of the thermostat (default: 0.05, times the root of the lightest mass)")
      .option("--inherent", "minimise at every point, and compare with the point before")
      .addOption(new Option("--style <style>", "of the figure").choices(["paper", "slides"]).default("paper"))
      .option("--pixels <width>", "width of a .png figure", "1600")
      .option(
        "--resume",
        "go on from the checkpoint that an interrupted run has left beside its first output",
      ),
  outputs: [
    {
      flags: "-o, --out <file>",
      description: "write results: .json; the path .tsv .csv .parquet .h5; last configuration .extxyz .data",
      results: ({ configuration, found, summary }) => flowResults(configuration, found, summary),
    },
    {
      flags: "--figure <file>",
      description: "draw stress over strain: .svg .png .pdf",
      picture: ({ found, options, configuration }) => flowFigure(found, options.style, configuration),
    },
  ],
  run: ({ configuration }, options, outputs) =>
    inFile(configuration, () => flow(configuration, options, checkpointOf(outputs))),
  summarise: ({ configuration, found, seconds, outputs }) =>
    summariseFlow(configuration, found, { seconds: seconds.work, outputs }),
  text: (summary, { configuration: { model } }) => flowText(summary, model),
  conclude: async ({ outputs }) => {
    const checkpoint = checkpointOf(outputs);
    if (checkpoint !== undefined) await unlink(checkpoint).catch(() => undefined);
  },
};

/** `softfield deform FILE`: shear at a finite rate and temperature. */
export function registerDeform(program: Command): void {
  registerFrame(program, deforming);
}

function checkpointOf([first]: readonly string[]): string | undefined {
  return first === undefined ? undefined : `${first}.checkpoint`;
}

async function flow(
  configuration: Configuration,
  options: DeformOptions,
  checkpoint: string | undefined,
): Promise<Flowed> {
  const { system, model } = configuration;
  const { maxStrain, every, seed, plane = "xy", inherent = false } = options;
  for (const [name, value] of [
    ["max-strain", maxStrain],
    ["every", every],
  ] as const) {
    if (!(value > 0))
      throw new SoftfieldError("usage", `--${name} must be positive, got ${value}`, { field: name });
  }
  const plan = flowPlan(system, model, {
    ...{ maxStrain, every, seed, plane, inherent },
    rate: quantity("rate", options.rate, "strain rate", model),
    temperature: quantity("temperature", options.temperature, "temperature", model),
    ...timesOf(["dt", "relaxation"], options, model),
  });
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  const progress = showProgress({ quiet: options.json === true, unit: "points" });
  try {
    const saved = options.resume && checkpoint !== undefined && existsSync(checkpoint);
    return await followFlow(system, model, plan, {
      signal: stop.signal,
      onProgress: progress.onProgress,
      checkpoint: saved ? await readFile(checkpoint) : undefined,
      keep: async (bytes) => {
        if (checkpoint !== undefined) await writeFileAtomically(checkpoint, bytes);
      },
    });
  } finally {
    progress.finish();
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}
