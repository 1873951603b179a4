import { resolve } from "node:path";
import type { Command } from "commander";
import { SoftfieldError } from "softfield";
import {
  interruptible,
  type LoadedCampaign,
  loadCampaign,
  type RunSummary,
  runCampaign,
  type Shard,
  type SlurmOptions,
  type StageTable,
  type SubmitSummary,
  submitCampaign,
} from "../campaign/index.ts";
import { stageTable } from "../campaign/stages/index.ts";
import { duration, showProgress } from "../shell/progress.ts";

/** What `run` and `retry` share. */
export interface RunFlags {
  readonly shard?: string;
  readonly threads?: string;
  readonly verify?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
  readonly lease?: string;
}

/** `softfield run CAMPAIGN`: makes what is missing of a campaign. */
export function registerRun(program: Command, table: StageTable = stageTable): void {
  slurmOptions(runOptions(program.command("run")))
    .summary("make what is missing of a campaign, and nothing twice")
    .description(
      "Makes what is missing of a campaign, on all cores. Stop it as you like: started again it goes on where it was. " +
        "Several runs may share one folder, on one machine or many.",
    )
    .addHelpText(
      "after",
      "\nExamples:\n  softfield run night.yaml\n  softfield run night.yaml --shard 3/16     (under any scheduler)\n" +
        "  softfield run night.yaml --slurm --partition main --time 2:00:00\n",
    )
    .action(async (file: string, flags: RunFlags & SlurmFlags) => {
      const loaded = loadCampaign(file);
      if (flags.slurm) reportSubmitted(submitCampaign(loaded, table, slurmChoices(flags)), flags);
      else report(await runHere(loaded, { flags: withoutSlurm(flags), table, retry: false }), flags);
    });
}

interface SlurmFlags {
  readonly slurm?: boolean;
  readonly partition?: string;
  readonly time?: string;
  readonly samplesPerTask?: string;
  readonly cpusPerTask?: string;
  readonly sbatch: readonly string[];
}

function slurmOptions(command: Command): Command {
  return command
    .option("--slurm", "submit job arrays to Slurm instead; 'softfield status' follows them")
    .option("--partition <name>", "with --slurm: partition")
    .option("--time <limit>", "with --slurm: time limit of a task, such as 2:00:00")
    .option("--samples-per-task <n>", "with --slurm: samples of a task (default: 10)")
    .option("--cpus-per-task <n>", "with --slurm: cores of a task, one sample each (default: 1)")
    .option(
      "--sbatch <option>",
      "with --slurm: any option of sbatch, such as --sbatch=--mem=1G (repeatable)",
      (value: string, all: readonly string[]) => [...all, value],
      [],
    );
}

function slurmChoices(flags: SlurmFlags & RunFlags): SlurmOptions {
  for (const option of ["shard", "threads", "verify"] as const) {
    if (flags[option] !== undefined) {
      throw new SoftfieldError("usage", `--${option} is for runs on this machine, not with --slurm`, {
        field: option,
      });
    }
  }
  return {
    ...(flags.partition === undefined ? {} : { partition: flags.partition }),
    ...(flags.time === undefined ? {} : { time: flags.time }),
    samplesPerTask: positive("samples-per-task", flags.samplesPerTask ?? "10"),
    cpusPerTask: positive("cpus-per-task", flags.cpusPerTask ?? "1"),
    sbatch: flags.sbatch,
    command: [process.execPath, ...process.execArgv, resolve(process.argv[1]!)],
  };
}

function withoutSlurm(flags: RunFlags & SlurmFlags): RunFlags {
  for (const option of ["partition", "time", "samplesPerTask", "cpusPerTask"] as const) {
    if (flags[option] !== undefined) {
      const name = option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      throw new SoftfieldError("usage", `--${name} means something with --slurm only`, { field: option });
    }
  }
  return flags;
}

function reportSubmitted(summary: SubmitSummary, { json }: { readonly json?: boolean }): void {
  const { jobs, tasks, samples, waiting } = summary;
  const others = waiting === 0 ? "" : `; ${waiting} earlier tasks are still in the queue`;
  const words =
    jobs.length === 0
      ? `nothing to submit${others}`
      : `submitted job ${jobs.join(", ")}: ${tasks} tasks for ${samples} samples${others}; 'softfield status' follows`;
  process.stdout.write(`${json ? JSON.stringify(summary) : words}\n`);
}

/** Adds the argument and the options of a run on this machine. */
export function runOptions(command: Command): Command {
  return command
    .argument("<campaign>", "campaign file (YAML or JSON)")
    .option("--shard <K/M>", "only every M-th sample, beginning with the K-th")
    .option("--threads <n>", "samples at a time (default: all cores)")
    .option("--verify", "compare every byte that is there with its checksum first")
    .option(
      "--lease <seconds>",
      "take over samples of other machines' runs that were silent for this long",
      "300",
    )
    .option("--quiet", "no progress")
    .option("--json", "print the outcome as one JSON object on stdout");
}

/** Runs a campaign on this machine's cores, with progress, until it is complete or interrupted. */
export async function runHere(
  { campaign, folder }: LoadedCampaign,
  { flags, table, retry }: { flags: RunFlags; table: StageTable; retry: boolean },
): Promise<RunSummary> {
  return await interruptible(async (signal) => {
    const progress = showProgress({ quiet: flags.quiet === true, unit: "samples", signal });
    try {
      return await runCampaign(campaign, {
        table,
        folder,
        retry,
        control: progress,
        leaseSeconds: positive("lease", flags.lease ?? "300"),
        ...(flags.verify ? { verify: true } : {}),
        ...(flags.shard === undefined ? {} : { shard: parseShard(flags.shard) }),
        ...(flags.threads === undefined ? {} : { threads: positive("threads", flags.threads) }),
        ...(flags.quiet ? {} : { say: (sentence) => process.stderr.write(`${sentence}\n`) }),
      });
    } finally {
      progress.finish();
    }
  });
}

/** Says what a run did; samples that failed make the command fail. */
export function report(summary: RunSummary, { json }: { readonly json?: boolean }): void {
  const { total, done, failed, made, seconds } = summary;
  if (json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  else {
    const words = `${done} of ${total} samples are there, ${made} made now in ${duration(seconds)}`;
    process.stdout.write(
      `${words}${failed === 0 ? "" : `; ${failed} failed: 'softfield status' says why`}\n`,
    );
  }
  if (failed > 0) process.exitCode = 1;
}

/** "3/16" → the third of 16 parts. */
export function parseShard(text: string): Shard {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || index < 1 || index > count) {
    throw new SoftfieldError("usage", `--shard ${text}: give K/M with 1 ≤ K ≤ M, such as 3/16`, {
      field: "shard",
    });
  }
  return { index, count };
}

export function positive(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new SoftfieldError("usage", `--${option} ${text}: give a whole number from 1`, { field: option });
  }
  return value;
}
