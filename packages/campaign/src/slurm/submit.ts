import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { makeFolder, replaceFile } from "@softfield/node";
import { SoftfieldError } from "softfield";
import { nearest } from "softfield/internal";
import type { LoadedCampaign } from "../plan/load.ts";
import { listJobs } from "../run/jobs.ts";
import { sampleState } from "../run/sample.ts";
import { campaignPlaces } from "../stage.ts";
import { Store } from "../store/index.ts";
import { queuedJobs, type Submission } from "./queue.ts";
import { arraySpec, maxArraySize, partitions, slurm } from "./tools.ts";

/** How a campaign is submitted. */
export interface SlurmOptions {
  readonly partition?: string;
  /** As sbatch takes it: 2:00:00. */
  readonly time?: string;
  readonly samplesPerTask: number;
  readonly cpusPerTask: number;
  /** Further options of sbatch, as they are. */
  readonly sbatch: readonly string[];
  /** The command that a task runs, before its arguments. */
  readonly command: readonly string[];
  /** Files of plug-ins that its command line names. */
  readonly plugins: readonly string[];
  /** Submit failed samples, too. */
  readonly retry: boolean;
}

/** What was submitted. */
export interface SubmitSummary {
  readonly jobs: readonly number[];
  readonly tasks: number;
  /** Samples to be made by them. */
  readonly samples: number;
  /** Tasks of earlier submissions that still are in the queue or at work, and were not submitted again. */
  readonly waiting: number;
  /** Samples that failed and are in no task of this submission. */
  readonly failed: number;
}

/**
 * Submits what is missing of a campaign as job arrays: one task a shard of `samplesPerTask` samples, each the same
 * idempotent `softfield run CAMPAIGN --shard K/M`, or `retry`. Tasks that are requeued go on where they were.
 *
 * @throws SoftfieldError where there is no Slurm, no such partition, or sbatch refuses
 */
export function submitCampaign(
  { campaign, file, folder, registry }: LoadedCampaign,
  options: SlurmOptions,
): SubmitSummary {
  const limit = maxArraySize();
  if (options.partition !== undefined) checkPartition(options.partition);
  const store = Store.create(folder, campaign.name, campaignPlaces(campaign, registry.stages));
  const all = listJobs(campaign, registry.stages);
  const shards = Math.max(1, Math.ceil(all.length / options.samplesPerTask));
  const missing = new Map<number, number>();
  const failed = new Map<number, number>();
  all.forEach((job, k) => {
    const state = sampleState(store, job.placed, job);
    if (state === "done") return;
    const counts = state === "failed" && !options.retry ? failed : missing;
    const shard = (k % shards) + 1;
    counts.set(shard, (counts.get(shard) ?? 0) + 1);
  });
  const queued = queuedJobs(store).jobs.filter((job) => job.shards === shards);
  const live = new Set(queued.flatMap((job) => job.live));
  const wanted = [...missing.keys()].filter((shard) => !live.has(shard)).sort((a, b) => a - b);
  const logs = makeFolder(store.root, "slurm", "logs");
  const jobs: number[] = [];
  for (let offset = 0; offset < shards; offset += limit) {
    const tasks = wanted.filter((shard) => shard > offset && shard <= offset + limit);
    if (tasks.length === 0) continue;
    const spec = arraySpec(tasks.map((shard) => shard - offset - 1));
    const script = taskScript(file, { ...options, offset, shards });
    const job = submit(script, { campaign: campaign.name, logs, spec, options });
    remember(store, { job, shards, offset, tasks: spec });
    jobs.push(job);
  }
  return {
    jobs,
    tasks: wanted.length,
    samples: wanted.reduce((sum, shard) => sum + missing.get(shard)!, 0),
    waiting: live.size,
    failed: [...failed.values()].reduce((sum, count) => sum + count, 0),
  };
}

function checkPartition(name: string): void {
  const known = partitions();
  if (known.includes(name)) return;
  const near = nearest(name, known);
  const hint = near === undefined ? `there are ${known.join(", ")}` : `did you mean "${near}"?`;
  throw new SoftfieldError("usage", `--partition ${name}: this cluster has no such partition; ${hint}`, {
    field: "partition",
  });
}

/** What each task of an array runs. */
function taskScript(file: string, task: SlurmOptions & { offset: number; shards: number }): string {
  const verb = task.retry ? "retry" : "run";
  const plugins = task.plugins.flatMap((plugin) => ["--plugin", plugin]);
  const words = [...task.command, verb, file, ...plugins]
    .map((word) => `'${word.replaceAll("'", "'\\''")}'`)
    .join(" ");
  return `#!/bin/sh
exec ${words} --shard "$((${task.offset} + SLURM_ARRAY_TASK_ID + 1))/${task.shards}" --threads ${task.cpusPerTask} --quiet
`;
}

function submit(
  script: string,
  { campaign, logs, spec, options }: { campaign: string; logs: string; spec: string; options: SlurmOptions },
): number {
  const printed = slurm(
    "sbatch",
    [
      "--parsable",
      `--array=${spec}`,
      `--job-name=${campaign}`,
      // sbatch replaces what follows a % in the name of a log; %% stands for itself
      `--output=${join(logs.replaceAll("%", "%%"), "%A_%a.log")}`,
      "--open-mode=append",
      "--requeue",
      `--cpus-per-task=${options.cpusPerTask}`,
      ...(options.partition === undefined ? [] : [`--partition=${options.partition}`]),
      ...(options.time === undefined ? [] : [`--time=${options.time}`]),
      ...options.sbatch,
    ],
    script,
  );
  return Number.parseInt(printed, 10);
}

function remember(store: Store, submission: Submission): void {
  const path = join(store.root, "slurm", `job-${submission.job}.json`);
  replaceFile(path, `${JSON.stringify(submission)}\n`, `${path}.${randomUUID()}`);
}
