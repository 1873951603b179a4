import { setMaxListeners } from "node:events";
import { availableParallelism } from "node:os";
import { extname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { JobThread } from "@softfield/node";
import { SoftfieldError, type WorkControl } from "softfield";
import type { Campaign } from "../plan/campaign.ts";
import type { Registry } from "../registry.ts";
import { type Claims, HEARTBEAT_SECONDS, type Holder, type Owner, type Store } from "../store/index.ts";
import type { Job } from "./jobs.ts";
import { madeBy, type SampleOutcome, sampleState } from "./sample.ts";
import type { WorkerStart, WorkerTask } from "./worker.ts";

/** Milliseconds between two looks at samples that other runs work on. */
const LOOK_INTERVAL = 1000;

/** Times that a worker thread may die over one sample before the sample counts as failed. */
const MAX_DEATHS = 2;

/** Why a pool stopped: the user's signal, not a fault. */
const INTERRUPTED = Symbol("interrupted");

export interface PoolOptions {
  readonly registry: Registry;
  /** Samples at a time; all cores by default. */
  readonly threads?: number;
  readonly control?: WorkControl;
  /** Called where something is worth saying, with a sentence. */
  readonly say?: (sentence: string) => void;
}

/** What a pool works with. */
export interface RunContext {
  readonly store: Store;
  readonly claims: Claims;
  readonly owner: Owner;
  readonly campaign: Campaign;
  readonly options: PoolOptions;
  /** Samples of the campaign or shard. */
  readonly total: number;
}

type SampleThread = JobThread<WorkerTask, never, SampleOutcome>;

/** The thread's module lies beside this one, as source or built. */
const ENDING = extname(import.meta.url);

/** The worker threads of one run and what they have to do. */
export class WorkerPool {
  readonly #context: RunContext;
  readonly #threads: number;
  readonly #stop = new AbortController();
  readonly #deaths = new Map<Job, number>();
  #queue: Job[];
  /** Samples that other runs work on. */
  #held: Job[] = [];
  /** Runs that hold samples, and how they stand, as the user knows. */
  readonly #announced = new Set<string>();
  /** Samples that are neither there nor failed yet. */
  readonly #open: Set<Job>;
  /** Samples that were there, or had failed, before this pool began. */
  readonly #before: number;
  #made = 0;
  #failed = 0;

  constructor(context: RunContext, missing: readonly Job[]) {
    const { options } = context;
    this.#context = context;
    this.#queue = [...missing];
    this.#open = new Set(missing);
    this.#before = context.total - missing.length;
    // every lane listens
    setMaxListeners(0, this.#stop.signal);
    this.#threads = Math.min(missing.length, options.threads ?? availableParallelism());
  }

  /** Works until nothing is left to do, here or by others. @returns how many samples were made here, and how many failed */
  async work(): Promise<{ made: number; failedNow: number }> {
    const { claims, options } = this.#context;
    const { signal } = options.control ?? {};
    const abort = () => this.#stop.abort(INTERRUPTED);
    signal?.addEventListener("abort", abort);
    if (signal?.aborted) abort();
    const beat = setInterval(() => claims.heartbeat(), HEARTBEAT_SECONDS * 1000);
    try {
      await Promise.all(Array.from({ length: this.#threads }, () => this.#lane()));
    } finally {
      clearInterval(beat);
      signal?.removeEventListener("abort", abort);
      claims.releaseAll();
    }
    if (this.#stop.signal.reason === INTERRUPTED) throw this.#aborted();
    this.#stop.signal.throwIfAborted();
    return { made: this.#made, failedNow: this.#failed };
  }

  /** One of several loops over the samples, each with a thread. */
  async #lane(): Promise<void> {
    let thread: SampleThread | undefined;
    const end = () => void thread?.end();
    this.#stop.signal.addEventListener("abort", end);
    try {
      while (!this.#stop.signal.aborted) {
        const job = this.#queue.shift() ?? (await this.#heldByOthers());
        if (job === undefined || this.#stop.signal.aborted) return;
        thread ??= this.#newThread();
        if (!(await this.#process(job, thread))) thread = undefined;
      }
    } catch (error) {
      this.#stop.abort(error);
    } finally {
      this.#stop.signal.removeEventListener("abort", end);
      await thread?.end();
    }
  }

  #newThread(): SampleThread {
    const { store, owner, campaign, options } = this.#context;
    const start: WorkerStart = {
      root: store.root,
      campaign: campaign.name,
      modules: options.registry.parts.flatMap(({ module }) => module ?? []),
      plugins: options.registry.parts.flatMap(({ plugin }) => plugin ?? []),
      nonce: owner.nonce,
      ensembles: campaign.ensembles,
    };
    return new JobThread(new URL(`./worker${ENDING}`, import.meta.url), start);
  }

  /** A sample that another run claimed, after a pause; nothing where there is none left. */
  async #heldByOthers(): Promise<Job | undefined> {
    if (this.#held.length === 0) return undefined;
    await sleep(LOOK_INTERVAL, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    this.#queue.push(...this.#held.splice(0));
    return this.#queue.shift();
  }

  /** Makes a sample unless another run does or did. @returns whether the thread still lives */
  async #process(job: Job, thread: SampleThread): Promise<boolean> {
    const { store, claims } = this.#context;
    const claim = claims.acquire(job.key);
    if (claim.status === "held") {
      this.#waitFor(job, claim.by);
      return true;
    }
    let lives = true;
    try {
      // another run may have made it between the first look and the claim
      if (sampleState(store, job.placed, job) === "missing") lives = await this.#make(job, thread);
    } finally {
      claims.release(job.key);
    }
    this.#report(job);
    return lives;
  }

  /** @returns whether the thread still lives */
  async #make(job: Job, thread: SampleThread): Promise<boolean> {
    const { ensemble, seed } = job;
    let outcome: SampleOutcome;
    try {
      outcome = await thread.run({ ensemble, seed });
    } catch (error) {
      await thread.end();
      if (!this.#stop.signal.aborted) this.#countDeath(job, error as Error);
      return false;
    }
    if (outcome.status === "broken") {
      if (outcome.code !== "ENOENT") throw this.#broken(outcome);
      // its temporary folder was swept away by a run that held this one to be over
      this.#countDeath(job, new Error(outcome.message));
    } else if (outcome.status === "done") this.#made++;
    else this.#failed++;
    return true;
  }

  /** A thread died (out of memory, say): the sample gets another chance, then counts as failed. */
  #countDeath(job: Job, error: Error): void {
    const deaths = (this.#deaths.get(job) ?? 0) + 1;
    this.#deaths.set(job, deaths);
    if (deaths < MAX_DEATHS) return;
    const { store, owner } = this.#context;
    const next = job.placed.find(({ place }) => store.manifest(place, job.seed) === undefined);
    if (next === undefined) return;
    const { stage, hash } = next.place;
    const reason = `the worker died ${deaths} times: ${error.message}`;
    store.recordFailure({ stage, hash, seed: job.seed, reason, made: madeBy(0) }, next.place, owner.nonce);
    this.#failed++;
  }

  /** Comes back to a sample that another run holds; says so once of each run, and again where its state changes. */
  #waitFor(job: Job, { owner, state, path }: Holder): void {
    const who = `${owner?.nonce ?? path} ${state}`;
    if (!this.#announced.has(who)) {
      this.#announced.add(who);
      this.#context.options.say?.(`seed ${job.seed} ${heldText(owner, state, path)}`);
    }
    this.#held.push(job);
  }

  #report(job: Job): void {
    const { store, campaign, options, total } = this.#context;
    if (this.#stop.signal.aborted) return;
    if (sampleState(store, job.placed, job) === "missing") this.#queue.push(job);
    else this.#open.delete(job);
    // what was there before counts in no rate
    const done = total - this.#before - this.#open.size;
    options.control?.onProgress?.({ stage: campaign.name, done, total: total - this.#before });
  }

  #aborted(): SoftfieldError {
    return new SoftfieldError("aborted", `stopped: ${this.#standing()}; run again to go on`);
  }

  #broken({ code, message }: { code: string; message: string }): SoftfieldError {
    const { root } = this.#context.store;
    const full = code === "ENOSPC" || code === "EDQUOT";
    const words = full ? "the disk is full: free some space" : `${message}: mend that`;
    return new SoftfieldError("resource", `${root}: ${words} and run again; ${this.#standing()}`, {
      file: root,
    });
  }

  /** How many samples are there, and what is kept of the others. Lists the seeds of each of their stages. */
  #standing(): string {
    const { store, campaign, total } = this.#context;
    const seeds = new Map<string, Set<number>>();
    let kept = 0;
    for (const { placed, seed } of this.#open) {
      for (const { place } of placed) {
        const key = `${place.stage}/${place.folder}`;
        const there = seeds.get(key) ?? new Set(store.seeds(place));
        seeds.set(key, there);
        if (there.has(seed)) kept++;
      }
    }
    const whole = `${total - this.#open.size} of ${total} samples of ${campaign.name} are there`;
    return kept === 0 ? whole : `${whole}, and ${kept} finished stages of others are kept`;
  }
}

function heldText(owner: Owner | undefined, state: Holder["state"], path: string): string {
  if (owner === undefined) {
    return `is claimed by a damaged file, ${path}: waiting for a sign of life of who made it, then taking the sample over`;
  }
  const by = `is being made by process ${owner.pid} on ${owner.host}`;
  return state === "suspended" ? `${by} (suspended; taken over after --lease seconds)` : by;
}
