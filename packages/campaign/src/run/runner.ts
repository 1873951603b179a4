import { join } from "node:path";
import type { Campaign } from "../plan/campaign.ts";
import { campaignPlaces } from "../stage.ts";
import { type Check, Claims, currentOwner, Store } from "../store/index.ts";
import { type Job, listJobs, type Shard } from "./jobs.ts";
import { type PoolOptions, type RunContext, WorkerPool } from "./pool.ts";
import { sampleState } from "./sample.ts";

export interface RunOptions extends PoolOptions {
  /** The store's folder. */
  readonly folder: string;
  readonly shard?: Shard;
  /** Compare every byte of what is there with its checksum first. */
  readonly verify?: boolean;
  /** Begin failed samples anew. */
  readonly retry?: boolean;
  /** After this long without a heartbeat a claim of another machine is stale. */
  readonly leaseSeconds?: number;
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

/**
 * Makes what is missing of a campaign, several samples at a time in worker threads, and nothing twice. Any number
 * of runs may work on one store at once, on any machines.
 *
 * @throws SoftfieldError "aborted" where the signal fired (all that was published stays), "resource" where the
 * store's disk failed
 */
export async function runCampaign(campaign: Campaign, options: RunOptions): Promise<RunSummary> {
  const started = performance.now();
  const places = campaignPlaces(campaign, options.registry.stages);
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
  const all = listJobs(campaign, options.registry.stages, options.shard);
  if (options.retry) clearFailures(store, all);
  const missing = all.filter((job) => isMissing(store, job, options.verify ? "bytes" : "sizes"));
  const { made, failedNow } = await work(
    { store, claims, owner, campaign, options, total: all.length },
    missing,
  );
  const failed = all.filter((job) => sampleState(store, job.placed, job) === "failed").length;
  const seconds = (performance.now() - started) / 1000;
  return { total: all.length, done: all.length - failed, failed, failedNow, made, seconds };
}

async function work(
  context: RunContext,
  missing: readonly Job[],
): Promise<Pick<RunSummary, "made" | "failedNow">> {
  if (missing.length === 0) return { made: 0, failedNow: 0 };
  try {
    return await new WorkerPool(context, missing).work();
  } finally {
    sweep(context.store, context.claims);
  }
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
