import {
  interruptible,
  type LoadedCampaign,
  loadCampaign,
  type Registry,
  type RunSummary,
  runCampaign,
  type Shard,
  submitCampaign,
} from "@softfield/campaign";
import type { Command } from "commander";
import { SoftfieldError } from "softfield";
import { wholeNumber } from "../shell/arguments.ts";
import { duration, showProgress } from "../shell/progress.ts";
import { registry as campaignRegistry } from "../shell/registry.ts";
import { reportSubmitted, type SlurmFlags, slurmChoices, slurmOptions, withoutSlurm } from "./slurm.ts";

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
export function registerRun(program: Command, registry: Registry = campaignRegistry): void {
  runOptions(program.command("run"))
    .summary("make what is missing of a campaign, and nothing twice")
    .description(
      "Makes what is missing of a campaign, on all cores. Stop it as you like: started again it goes on where it was. " +
        "Several runs may share one folder, on one machine or many. Exits with 1 where samples failed, in this run or before.",
    )
    .addHelpText(
      "after",
      "\nExamples:\n  softfield run night.yaml\n  softfield run night.yaml --shard 3/16     (under any scheduler)\n" +
        "  softfield run night.yaml --slurm --partition main --time 2:00:00\n",
    )
    .action(async (file: string, flags: RunFlags & SlurmFlags) => {
      await runOrSubmit(file, { flags, registry, retry: false });
    });
}

/** What `run` and `retry` do: work here, or hand the work to Slurm. */
export async function runOrSubmit(
  file: string,
  { flags, registry, retry }: { flags: RunFlags & SlurmFlags; registry: Registry; retry: boolean },
): Promise<void> {
  const loaded = loadCampaign(file, registry);
  if (flags.slurm) {
    const summary = submitCampaign(loaded, { ...slurmChoices(flags), retry });
    reportSubmitted(summary, { ...flags, file });
  } else report(await runHere(loaded, { flags: withoutSlurm(flags), retry }), flags);
}

/** Adds the argument and the options of a run on this machine, or of a submission. */
export function runOptions(command: Command): Command {
  const own = command
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
  return slurmOptions(own);
}

/** Runs a campaign on this machine's cores, with progress, until it is complete or interrupted. */
async function runHere(
  { campaign, folder, registry }: LoadedCampaign,
  { flags, retry }: { flags: RunFlags; retry: boolean },
): Promise<RunSummary> {
  return await interruptible(async (signal) => {
    const progress = showProgress({ quiet: flags.quiet === true, unit: "samples", signal });
    try {
      return await runCampaign(campaign, {
        registry,
        folder,
        retry,
        control: progress,
        leaseSeconds: wholeNumber("lease", flags.lease ?? "300", 1),
        ...(flags.verify ? { verify: true } : {}),
        ...(flags.shard === undefined ? {} : { shard: parseShard(flags.shard) }),
        ...(flags.threads === undefined ? {} : { threads: wholeNumber("threads", flags.threads, 1) }),
        ...(flags.quiet ? {} : { say: (sentence) => process.stderr.write(`${sentence}\n`) }),
      });
    } finally {
      progress.finish();
    }
  });
}

/** Says what a run did; samples that failed, now or earlier, make the command fail. */
function report(summary: RunSummary, { json }: { readonly json?: boolean }): void {
  const { total, done, failed, failedNow, made, seconds } = summary;
  if (json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  else {
    const words = `${done} of ${total} samples are there, ${made} made now in ${duration(seconds)}`;
    process.stdout.write(`${words}${failed === 0 ? "" : `; ${failedText(failed, failedNow)}`}\n`);
  }
  if (failed > 0) process.exitCode = 1;
}

function failedText(failed: number, now: number): string {
  const earlier = now === 0 ? " earlier" : now === failed ? "" : `, ${failed - now} of them earlier`;
  const again = now === failed ? "" : ", 'softfield retry' begins them anew";
  return `${failed} failed${earlier}: 'softfield status' says why${again}`;
}

/** "3/16" → the third of 16 parts. */
function parseShard(text: string): Shard {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || index < 1 || index > count) {
    throw new SoftfieldError("usage", `--shard ${text}: give K/M with 1 ≤ K ≤ M, such as 3/16`, {
      field: "shard",
    });
  }
  return { index, count };
}
