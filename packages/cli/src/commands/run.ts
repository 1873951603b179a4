import {
  interruptible,
  type LoadedCampaign,
  type Registry,
  type RunSummary,
  runCampaign,
  type SubmitSummary,
  submitCampaign,
} from "@softfield/campaign";
import type { Command } from "commander";
import { shardOf, wholeNumber } from "../shell/arguments.ts";
import { campaignOf, type OpenCampaign } from "../shell/campaign.ts";
import { type CommonOptions, registerCommand } from "../shell/command.ts";
import { duration, showProgress } from "../shell/progress.ts";
import { registry as campaignRegistry } from "../shell/registry.ts";
import { type SlurmFlags, slurmChoices, slurmOptions, submittedText, withoutSlurm } from "./slurm.ts";

/** What `run` and `retry` share. */
interface RunFlags extends CommonOptions {
  readonly shard?: string;
  readonly threads?: string;
  readonly verify?: boolean;
  readonly quiet?: boolean;
  readonly lease: string;
}

/** What was done here, or handed to Slurm. */
type Done = { readonly here: RunSummary } | { readonly submitted: SubmitSummary };

/** `softfield run CAMPAIGN`: makes what is missing of a campaign. */
export function registerRun(program: Command, registry: Registry = campaignRegistry): void {
  registerWork(program, registry, {
    name: "run",
    summary: "make what is missing of a campaign, and nothing twice",
    description:
      "Makes what is missing of a campaign, on all cores. Stop it as you like: started again it goes on where it was. " +
      "Several runs may share one folder, on one machine or many. Exits with 1 where samples failed, in this run or before.",
    help:
      "Examples:\n  softfield run night.yaml\n  softfield run night.yaml --shard 3/16     (under any scheduler)\n" +
      "  softfield run night.yaml --slurm --partition main --time 2:00:00\n",
    retry: false,
  });
}

/** `softfield retry CAMPAIGN`: begins failed samples anew, as `run` does missing ones. */
export function registerRetry(program: Command, registry: Registry = campaignRegistry): void {
  registerWork(program, registry, {
    name: "retry",
    summary: "begin the failed samples of a campaign anew",
    description:
      "Forgets that samples failed and makes them again, with whatever else is missing. A sample that failed for " +
      "reasons of its own fails again with the same softfield; try a newer version, or another protocol.",
    help: "Examples:\n  softfield retry night.yaml\n  softfield retry night.yaml --slurm --time 4:00:00\n",
    retry: true,
  });
}

/** Adds one of the two: both work here, or hand the work to Slurm. */
function registerWork(
  program: Command,
  registry: Registry,
  {
    retry,
    ...words
  }: {
    readonly name: string;
    readonly summary: string;
    readonly description: string;
    readonly help: string;
    readonly retry: boolean;
  },
): void {
  registerCommand<RunFlags & SlurmFlags, OpenCampaign, Done, RunSummary | SubmitSummary>(program, {
    ...words,
    subject: campaignOf(registry),
    options: runOptions,
    run: async (loaded, flags) =>
      flags.slurm
        ? { submitted: submitCampaign(loaded, { ...slurmChoices(flags), retry }) }
        : { here: await runHere(loaded, { flags: withoutSlurm(flags), retry }) },
    summarise: ({ found }) => ("here" in found ? found.here : found.submitted),
    text: (_, { found, path }) =>
      "here" in found ? runText(found.here) : submittedText(found.submitted, path),
    conclude: ({ found }) => {
      // samples that failed, now or earlier, make the command fail
      if ("here" in found && found.here.failed > 0) process.exitCode = 1;
    },
  });
}

/** Adds the options of a run on this machine, or of a submission. */
function runOptions(command: Command): Command {
  const own = command
    .option("--shard <K/M>", "only every M-th sample, beginning with the K-th")
    .option("--threads <n>", "samples at a time (default: all cores)")
    .option("--verify", "compare every byte that is there with its checksum first")
    .option(
      "--lease <seconds>",
      "take over samples of other machines' runs that were silent for this long",
      "300",
    )
    .option("--quiet", "no progress");
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
        leaseSeconds: wholeNumber("lease", flags.lease, 1),
        verify: flags.verify,
        shard: flags.shard === undefined ? undefined : shardOf(flags.shard),
        threads: flags.threads === undefined ? undefined : wholeNumber("threads", flags.threads, 1),
        say: flags.quiet ? undefined : (sentence) => process.stderr.write(`${sentence}\n`),
      });
    } finally {
      progress.finish();
    }
  });
}

function runText({ total, done, failed, failedNow, made, seconds }: RunSummary): string {
  const words = `${done} of ${total} samples are there, ${made} made now in ${duration(seconds)}`;
  return `${words}${failed === 0 ? "" : `; ${failedText(failed, failedNow)}`}\n`;
}

function failedText(failed: number, now: number): string {
  const earlier = now === 0 ? " earlier" : now === failed ? "" : `, ${failed - now} of them earlier`;
  const again = now === failed ? "" : ", 'softfield retry' begins them anew";
  return `${failed} failed${earlier}: 'softfield status' says why${again}`;
}
