import { join } from "node:path";
import {
  type CampaignStatus,
  campaignStatus,
  describeSeeds,
  type QueuedJob,
  type Registry,
} from "@softfield/campaign";
import { grouped } from "@softfield/node";
import type { Command } from "commander";
import { campaignOf, type OpenCampaign } from "../shell/campaign.ts";
import { type CommonOptions, registerCommand } from "../shell/command.ts";
import { duration } from "../shell/progress.ts";
import { registry as campaignRegistry } from "../shell/registry.ts";
import { size } from "../shell/size.ts";

/** Failures, and damaged results, that are printed; all of them are in --json. */
const SHOWN_FAILURES = 10;

interface StatusFlags extends CommonOptions {
  readonly verify?: boolean;
}

/** `softfield status CAMPAIGN`: done, running, failed, rate, time left, disk. */
export function registerStatus(program: Command, given: Registry = campaignRegistry): void {
  registerCommand<StatusFlags, OpenCampaign, CampaignStatus, CampaignStatus>(program, {
    name: "status",
    summary: "say where a campaign stands: done, running, failed, time left, disk",
    description:
      "Says of a campaign how many samples are done, running, failed and to do, what each stage took in time and disk, " +
      "how long the rest will take, what Slurm says of submitted jobs, and why samples failed. It only reads: ask while " +
      "runs are at work, from any machine that sees the folder.",
    help: "Example:\n  softfield status night.yaml\n",
    subject: campaignOf(given),
    options: (command) => command.option("--verify", "compare every byte with its checksum"),
    run: ({ campaign, folder, registry: { stages } }, { verify }) =>
      campaignStatus(campaign, { folder, stages, verify: verify === true }),
    summarise: ({ found }) => found,
    text: statusText,
  });
}

/** A status in words and a small table. */
export function statusText(status: CampaignStatus): string {
  const { campaign, total, done, failed, running, missing } = status;
  const lines = [
    `${campaign}: ${done} of ${total} samples done, ${running.length} running, ${failed} failed, ${missing} to do`,
    ...status.ensembles.flatMap((ensemble) => [
      `  ${ensemble.name} (${ensemble.model}, N = ${ensemble.particles}): ${ensemble.done} of ${ensemble.total}`,
      ...ensemble.stages.map(({ stage, done: there, secondsEach, bytesEach }) => {
        const each = there === 0 ? "" : `, ${secondsEach.toPrecision(3)} s and ${size(bytesEach)} each`;
        return `    ${stage.padEnd(6)} ${there}${each}`;
      }),
    ]),
  ];
  if (status.rate !== undefined) lines.push(`rate: ${rounded(status.rate)} samples an hour`);
  if (status.secondsLeft !== undefined) lines.push(`time left: ${duration(status.secondsLeft)}`);
  const unasked =
    status.bytesUnasked === 0
      ? ""
      : `, of it ${size(status.bytesUnasked)} of options no longer asked for ('softfield clean' lists them)`;
  lines.push(
    `disk: ${size(status.bytes)} used${unasked}, ${size(status.bytesFree)} free in ${status.folder}`,
  );
  const hosts = grouped(running, ({ host }) => host);
  for (const [host, samples] of hosts) {
    const seeds = samples.map(({ seed }) => seed).sort((a, b) => a - b);
    lines.push(`running on ${host}: seeds ${describeSeeds(seeds)}`);
  }
  lines.push(...status.slurm.flatMap((job) => queuedText(job, status.folder)));
  if (status.slurmSilent !== undefined) lines.push(`Slurm: ${status.slurmSilent}`);
  for (const { ensemble, seed, stage, reason } of status.failures.slice(0, SHOWN_FAILURES)) {
    lines.push(`failed: ${ensemble}, seed ${seed}, ${stage}: ${reason.split("\n")[0]}`);
  }
  lines.push(...moreText(status.failures));
  for (const { ensemble, seed, stage, file } of status.damaged.slice(0, SHOWN_FAILURES)) {
    lines.push(`damaged: ${ensemble}, seed ${seed}, ${stage}: ${file}`);
  }
  lines.push(...moreText(status.damaged));
  if (status.damaged.length > 0) lines.push("'softfield run --verify' makes what is damaged anew");
  return `${lines.join("\n")}\n`;
}

/** 4290.1 → "4,290" */
function rounded(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}

function moreText(all: readonly unknown[]): string[] {
  const more = all.length - SHOWN_FAILURES;
  return more > 0 ? [`… and ${more} more: --json lists all`] : [];
}

/** What Slurm says of a submission, and what to do where its tasks wait for somebody or ended badly. */
function queuedText(
  { job, pending, waiting, running, completed, ended, endedFor }: QueuedJob,
  folder: string,
): string[] {
  const others = Object.entries(ended).map(([state, count]) => `, ${count} ${state.toLowerCase()}`);
  const logs = join(folder, "slurm", "logs");
  const hints = [
    ...Object.keys(waiting).map((reason) => waitingHint(reason, job)),
    ...Object.keys(endedFor).map((reason) => endedHint(reason, { job, logs })),
  ];
  return [
    `Slurm job ${job}: ${running} running, ${pending} pending${why(waiting)}, ${completed} completed${others.join("")}${why(endedFor)}`,
    ...new Set(hints.filter((hint) => hint !== undefined)),
  ];
}

function why(reasons: Readonly<Record<string, number>>): string {
  const names = Object.keys(reasons);
  return names.length === 0 ? "" : ` (${names.join("; ")})`;
}

function waitingHint(reason: string, job: number): string | undefined {
  if (/held/i.test(reason)) return `  tasks of it are held: 'scontrol release ${job}' lets them go`;
  if (/\b(down|drain|unavailable|NotAvail)/i.test(reason))
    return "  its nodes are down or drained: 'sinfo -R' says why, and 'scontrol update NodeName=… State=RESUME' brings them back";
  return undefined;
}

function endedHint(reason: string, { job, logs }: { job: number; logs: string }): string | undefined {
  // A task whose log can't be opened ends by signal 53
  if (/LaunchFailure|RaisedSignal:53/i.test(reason))
    return `  Slurm could not start tasks of it or open their logs: each node must see ${logs} and be able to write there`;
  if (/NonZeroExitCode/i.test(reason))
    return `  tasks whose samples failed end so; what each said is in ${join(logs, `${job}_*.log`)}`;
  return undefined;
}
