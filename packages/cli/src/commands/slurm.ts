import { resolve } from "node:path";
import type { SlurmOptions, SubmitSummary } from "@softfield/campaign";
import { loadedPlugins } from "@softfield/node";
import type { Command } from "commander";
import { SoftfieldError } from "softfield";
import { repeatable, wholeNumber } from "../shell/arguments.ts";

/** Options of a submission. */
export interface SlurmFlags {
  readonly slurm?: boolean;
  readonly partition?: string;
  readonly time?: string;
  readonly samplesPerTask?: string;
  readonly cpusPerTask?: string;
  readonly sbatch: readonly string[];
}

/** Options of runs on this machine alone. */
interface LocalFlags {
  readonly shard?: string;
  readonly threads?: string;
  readonly verify?: boolean;
}

export function slurmOptions(command: Command): Command {
  return command
    .option("--slurm", "submit job arrays to Slurm instead; 'softfield status' follows them")
    .option("--partition <name>", "with --slurm: partition")
    .option("--time <limit>", "with --slurm: time limit of a task, such as 2:00:00")
    .option("--samples-per-task <n>", "with --slurm: samples of a task (default: 10)")
    .option("--cpus-per-task <n>", "with --slurm: cores of a task, one sample each (default: 1)")
    .option(
      "--sbatch <option>",
      "with --slurm: any option of sbatch, such as --sbatch=--mem=1G (repeatable)",
      repeatable,
      [],
    );
}

/** What a submission is asked to be. @throws SoftfieldError "usage" for options of runs on this machine */
export function slurmChoices(flags: SlurmFlags & LocalFlags): Omit<SlurmOptions, "retry"> {
  for (const option of ["shard", "threads", "verify"] as const) {
    if (flags[option] !== undefined) {
      throw new SoftfieldError("usage", `--${option} is for runs on this machine, not with --slurm`, {
        field: option,
      });
    }
  }
  return {
    partition: flags.partition,
    time: flags.time,
    samplesPerTask: wholeNumber("samples-per-task", flags.samplesPerTask ?? "10", 1),
    cpusPerTask: wholeNumber("cpus-per-task", flags.cpusPerTask ?? "1", 1),
    sbatch: flags.sbatch,
    plugins: loadedPlugins().map(({ path }) => path),
    command: [process.execPath, ...process.execArgv, resolve(process.argv[1])],
  };
}

/** The options of a run on this machine. @throws SoftfieldError "usage" for options of a submission */
export function withoutSlurm<Flags extends SlurmFlags>(flags: Flags): Omit<Flags, keyof SlurmFlags> {
  for (const option of ["partition", "time", "samplesPerTask", "cpusPerTask", "sbatch"] as const) {
    const value = flags[option];
    if (value === undefined || value.length === 0) continue;
    const name = option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new SoftfieldError("usage", `--${name} means something with --slurm only`, { field: option });
  }
  return flags;
}

/** Says what was submitted, what still is in the queue, and what failed and is left alone. */
export function submittedText(
  { jobs, tasks, samples, waiting, failed }: SubmitSummary,
  file: string,
): string {
  const words = [
    jobs.length === 0
      ? "nothing to submit"
      : `submitted job ${jobs.join(", ")}: ${tasks} tasks for ${samples} samples`,
  ];
  if (waiting > 0) words.push(`${waiting} earlier tasks are still in the queue`);
  if (failed > 0) words.push(`${failed} failed: 'softfield retry ${file} --slurm' submits them again`);
  if (jobs.length > 0) words.push("'softfield status' follows");
  return `${words.join("; ")}\n`;
}
