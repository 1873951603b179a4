import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readJson } from "@softfield/node";
import { SoftfieldError } from "softfield";
import type { Store } from "../store/index.ts";
import { parseArraySpec, slurm } from "./tools.ts";

/** A job array as it was submitted; kept in the store's `slurm` folder. */
export interface Submission {
  /** Slurm's id of the array. */
  readonly job: number;
  /** Shards into which the campaign was cut. */
  readonly shards: number;
  /** The array's task t makes shard offset + t + 1. */
  readonly offset: number;
  /** Tasks, as sbatch's --array took them. */
  readonly tasks: string;
}

/** What became of the tasks of one submission; those that Slurm has forgotten are in no count. */
export interface QueuedJob extends Submission {
  readonly pending: number;
  /** Why pending ones wait, in Slurm's words, where it gives a reason. */
  readonly waiting: Readonly<Record<string, number>>;
  readonly running: number;
  readonly completed: number;
  /** Failed, cancelled, out of time or memory, … by Slurm's words. */
  readonly ended: Readonly<Record<string, number>>;
  /** Why those ended, in Slurm's words, where it gives a reason. */
  readonly endedFor: Readonly<Record<string, number>>;
  /** Shards that tasks in the queue or at work will make. */
  readonly live: readonly number[];
}

/** Numbers of newer versions come as objects. */
type SlurmNumber = number | null | { readonly set?: boolean; readonly number?: number };

interface SqueueJob {
  readonly job_id: SlurmNumber;
  readonly array_job_id: SlurmNumber;
  readonly array_task_id: SlurmNumber;
  readonly array_task_string?: string;
  /** A list in newer versions. */
  readonly job_state: string | readonly string[];
  readonly state_reason?: string;
  /** Longer than the reason, and often empty. */
  readonly state_description?: string;
}

const WAITING = new Set(["PENDING", "REQUEUED", "REQUEUE_HOLD", "REQUEUE_FED", "RESV_DEL_HOLD"]);
const WORKING = new Set([
  "RUNNING",
  "CONFIGURING",
  "COMPLETING",
  "SUSPENDED",
  "RESIZING",
  "SIGNALING",
  "STAGE_OUT",
]);

/** The submissions of a campaign, oldest first. */
export function submissions(store: Store): Submission[] {
  const folder = join(store.root, "slurm");
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .flatMap((name) => (/^job-\d+\.json$/.test(name) ? name : []))
    .flatMap((name) => readJson<Submission>(join(folder, name), ({ job }) => job !== undefined) ?? [])
    .sort((a, b) => a.job - b.job);
}

/** What Slurm knows of a campaign's submissions, or in words why it can't be asked. */
export function queuedJobs(store: Store): { jobs: QueuedJob[]; silent?: string } {
  const known = submissions(store);
  if (known.length === 0) return { jobs: [] };
  try {
    const text = slurm("squeue", ["--json", "--states=all", "--me"]);
    const { jobs, errors = [] } = JSON.parse(text) as {
      jobs: SqueueJob[];
      errors?: { description?: string }[];
    };
    // squeue ends well even where slurmctld doesn't answer
    if (errors.length > 0) return { jobs: [], silent: `squeue: ${errors[0].description ?? "no answer"}` };
    return { jobs: known.map((submission) => followed(submission, jobs)) };
  } catch (error) {
    if (!(error instanceof SoftfieldError)) throw error;
    return { jobs: [], silent: error.message };
  }
}

function followed(submission: Submission, jobs: readonly SqueueJob[]): QueuedJob {
  const counts = { pending: 0, running: 0, completed: 0 };
  const ended: Record<string, number> = {};
  const endedFor: Record<string, number> = {};
  const waiting: Record<string, number> = {};
  const live: number[] = [];
  for (const job of jobs) {
    if ((plain(job.array_job_id) || plain(job.job_id)) !== submission.job) continue;
    const state = [job.job_state].flat()[0] ?? "UNKNOWN";
    const single = plain(job.array_task_id);
    const tasks = job.array_task_string ? parseArraySpec(job.array_task_string) : [single ?? 0];
    if (WAITING.has(state)) {
      counts.pending += tasks.length;
      add(waiting, reasonOf(job), tasks.length);
    } else if (WORKING.has(state)) counts.running += tasks.length;
    else if (state === "COMPLETED") counts.completed += tasks.length;
    else {
      add(ended, state, tasks.length);
      add(endedFor, reasonOf(job), tasks.length);
    }
    if (WAITING.has(state) || WORKING.has(state))
      live.push(...tasks.map((task) => submission.offset + task + 1));
  }
  return { ...submission, ...counts, waiting, ended, endedFor, live };
}

/** Counts under a name; what has no name is in no count. */
function add(counts: Record<string, number>, name: string, more: number): void {
  if (name !== "") counts[name] = (counts[name] ?? 0) + more;
}

/** Why a task waits or ended, in Slurm's words; "" where it says nothing. */
function reasonOf({ state_reason: reason = "None", state_description: words = "" }: SqueueJob): string {
  if (reason === "None" || words.includes(reason)) return words;
  // Of a held task the description is of before
  return words === "" || /held/i.test(reason) ? reason : words;
}

function plain(value: SlurmNumber): number | undefined {
  if (typeof value === "number") return value;
  return value?.set === false ? undefined : value?.number;
}
