import { setMaxListeners } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Piscina } from "piscina";
import { type Campaign, SoftfieldError, type WorkControl } from "softfield";
import {
  type Check,
  Claims,
  currentOwner,
  HEARTBEAT_SECONDS,
  type Holder,
  type Owner,
  Store,
} from "../store/index.ts";
import { type Job, listJobs, type Shard } from "./jobs.ts";
import { madeBy, type SampleOutcome, sampleState } from "./sample.ts";
import { campaignPlaces, type StageTable } from "./stage.ts";
import type { WorkerStart, WorkerTask } from "./worker.ts";

export interface RunOptions {
  readonly table: StageTable;
  /** The store's folder. */
  readonly folder: string;
  readonly shard?: Shard;
  /** Samples at a time; all cores by default. */
  readonly threads?: number;
  /** Compare every byte of what is there with its checksum first. */
  readonly verify?: boolean;
  /** Begin failed samples anew. */
  readonly retry?: boolean;
  /** After this long without a heartbeat a claim of another machine is stale. */
  readonly leaseSeconds?: number;
  readonly control?: WorkControl;
  /** Called where something is worth saying, with a sentence. */
  readonly say?: (sentence: string) => void;
}

/** What a run found and did. */
export interface RunSummary {
  /** Samples of the campaign, or of the shard. */
  readonly total: number;
  /** Done before this run, by this run or others. */
  readonly done: number;
  /** Failed now or earlier. */
  readonly failed: number;
  /** Failed in this run. */
  readonly failedNow: number;
  /** Made by this run, whole. */
  readonly made: number;
  readonly seconds: number;
}

/** Milliseconds between two looks at samples that other runs work on. */
const LOOK_INTERVAL = 1000;

/** Times that a worker thread may die over one sample before the sample counts as failed. */
const MOST_DEATHS = 2;

/** Why a crew stopped: the user's signal, not a fault. */
const INTERRUPTED = Symbol("interrupted");

/**
 * Makes what is missing of a campaign, several samples at a time in worker threads, and nothing twice. Any number
 * of runs may work on one store at once, on any machines.
 *
 * @throws SoftfieldError "aborted" where the signal fired (all that was published stays), "resource" where the
 * store's disk failed
 */
export async function runCampaign(campaign: Campaign, options: RunOptions): Promise<RunSummary> {
  const started = performance.now();
  const places = campaignPlaces(campaign, options.table.stages);
  const store = Store.create(options.folder, campaign.name, places);
  if (store.recovered) {
    options.say?.(
      `${store.root}/store.json was lost: written anew, since results of ${campaign.name} lie beside it`,
    );
  }
  const owner = currentOwner();
  const lease = options.leaseSeconds === undefined ? {} : { leaseSeconds: options.leaseSeconds };
  const claims = new Claims({ folder: join(store.root, "claims"), owner, ...lease });
  sweep(store, claims);
  const all = listJobs(campaign, options.table.stages, options.shard);
  if (options.retry) clearFailures(store, all);
  const missing = all.filter((job) => isMissing(store, job, options.verify ? "bytes" : "sizes"));
  const crew = new Crew({ store, claims, owner, campaign, options, total: all.length }, missing);
  const { made, failedNow } = missing.length === 0 ? { made: 0, failedNow: 0 } : await crew.work();
  const failed = all.filter((job) => sampleState(store, job.placed, job) === "failed").length;
  const seconds = (performance.now() - started) / 1000;
  return { total: all.length, done: all.length - failed, failed, failedNow, made, seconds };
}

/** Removes what runs that are over left behind. */
function sweep(store: Store, claims: Claims): void {
  claims.sweep();
  store.sweep(() => new Set([...claims.live().values()].map(({ nonce }) => nonce)));
}

function clearFailures(store: Store, jobs: readonly Job[]): void {
  for (const { placed, seed } of jobs) for (const { place } of placed) store.clearFailure(place, seed);
}

/** Whether something is left to do for a sample; damaged results are removed. */
function isMissing(store: Store, { placed, seed }: Job, check: Check): boolean {
  if (sampleState(store, placed, { seed, check }) !== "missing") return false;
  if (check === "bytes") {
    for (const { place } of placed) {
      if (store.manifest(place, seed) && !store.manifest(place, seed, "bytes")) store.discard(place, seed);
    }
  }
  return true;
}

/** The worker threads of one run and what they have to do. */
class Crew {
  readonly #site: Site;
  readonly #pool: Piscina<WorkerTask, SampleOutcome>;
  readonly #stop = new AbortController();
  readonly #deaths = new Map<Job, number>();
  #queue: Job[];
  /** Samples that other runs work on. */
  #held: Job[] = [];
  /** Runs that hold samples, and how they stand, as the user was told. */
  readonly #told = new Set<string>();
  /** Samples that are neither there nor failed yet. */
  readonly #open: Set<Job>;
  /** Samples that were there, or had failed, before this crew began. */
  readonly #before: number;
  #made = 0;
  #failed = 0;

  constructor(site: Site, missing: readonly Job[]) {
    const { store, owner, campaign, options } = site;
    this.#site = site;
    this.#queue = [...missing];
    this.#open = new Set(missing);
    this.#before = site.total - missing.length;
    // every sample at work listens
    setMaxListeners(0, this.#stop.signal);
    const source = import.meta.url.endsWith(".ts");
    const start: WorkerStart = {
      root: store.root,
      campaign: campaign.name,
      module: options.table.module,
      nonce: owner.nonce,
      ensembles: campaign.ensembles,
    };
    this.#pool = new Piscina({
      filename: new URL(source ? "./worker.ts" : "./worker.js", import.meta.url).href,
      execArgv: source ? ["--conditions=softfield-source"] : [],
      minThreads: 1,
      maxThreads: Math.min(missing.length || 1, options.threads ?? availableParallelism()),
      workerData: start,
    });
    // of a thread between two tasks; within one, the task's promise tells
    this.#pool.on("error", (error) => this.#stop.abort(error));
  }

  /** Works until nothing is left to do, here or by others. @returns how many samples were made here, and how many failed */
  async work(): Promise<{ made: number; failedNow: number }> {
    const { claims, options } = this.#site;
    const { signal } = options.control ?? {};
    const abort = () => this.#stop.abort(INTERRUPTED);
    signal?.addEventListener("abort", abort);
    if (signal?.aborted) abort();
    const beat = setInterval(() => claims.heartbeat(), HEARTBEAT_SECONDS * 1000);
    try {
      await Promise.all(Array.from({ length: this.#pool.maxThreads }, () => this.#lane()));
    } finally {
      clearInterval(beat);
      signal?.removeEventListener("abort", abort);
      await this.#pool.destroy();
      claims.releaseAll();
      sweep(this.#site.store, claims);
    }
    if (this.#stop.signal.reason === INTERRUPTED) throw this.#aborted();
    this.#stop.signal.throwIfAborted();
    return { made: this.#made, failedNow: this.#failed };
  }

  /** One of several loops over the samples: as many as there are threads. */
  async #lane(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const job = this.#queue.shift() ?? (await this.#heldByOthers());
      if (job === undefined) return;
      try {
        await this.#process(job);
      } catch (error) {
        this.#stop.abort(error);
      }
    }
  }

  /** A sample that another run claimed, after a pause; nothing where there is none left. */
  async #heldByOthers(): Promise<Job | undefined> {
    if (this.#held.length === 0) return undefined;
    await sleep(LOOK_INTERVAL, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    this.#queue.push(...this.#held.splice(0));
    return this.#queue.shift();
  }

  async #process(job: Job): Promise<void> {
    const { store, claims } = this.#site;
    const claim = claims.acquire(job.key);
    if (claim.status === "held") {
      this.#waitFor(job, claim.by);
      return;
    }
    try {
      // another run may have made it between the first look and the claim
      if (sampleState(store, job.placed, job) === "missing") await this.#make(job);
    } finally {
      claims.release(job.key);
    }
    this.#report(job);
  }

  async #make(job: Job): Promise<void> {
    const { ensemble, seed } = job;
    let outcome: SampleOutcome;
    try {
      outcome = await this.#pool.run({ ensemble, seed }, { signal: this.#stop.signal });
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#buryWorker(job, error as Error);
      return;
    }
    if (outcome.status === "broken") {
      if (outcome.code !== "ENOENT") throw this.#broken(outcome);
      // its temporary folder was swept away by a run that took this one for dead
      this.#buryWorker(job, new Error(outcome.message));
    } else if (outcome.status === "done") this.#made++;
    else this.#failed++;
  }

  /** A thread died (out of memory, say): the sample gets another chance, then counts as failed. */
  #buryWorker(job: Job, error: Error): void {
    const deaths = (this.#deaths.get(job) ?? 0) + 1;
    this.#deaths.set(job, deaths);
    if (deaths < MOST_DEATHS) return;
    const { store, owner } = this.#site;
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
    if (!this.#told.has(who)) {
      this.#told.add(who);
      this.#site.options.say?.(`seed ${job.seed} ${heldText(owner, state, path)}`);
    }
    this.#held.push(job);
  }

  #report(job: Job): void {
    const { store, campaign, options, total } = this.#site;
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
    const { root } = this.#site.store;
    const full = code === "ENOSPC" || code === "EDQUOT";
    const words = full ? "the disk is full: free some space" : `${message}: mend that`;
    return new SoftfieldError("resource", `${root}: ${words} and run again; ${this.#standing()}`, {
      file: root,
    });
  }

  /** How many samples are there, and what is kept of the others. Lists the seeds of each of their stages. */
  #standing(): string {
    const { store, campaign, total } = this.#site;
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

/** What a crew works with. */
interface Site {
  readonly store: Store;
  readonly claims: Claims;
  readonly owner: Owner;
  readonly campaign: Campaign;
  readonly options: RunOptions;
  /** Samples of the campaign or shard. */
  readonly total: number;
}
