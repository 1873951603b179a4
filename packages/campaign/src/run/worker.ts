import { workerData } from "piscina";
import type { Ensemble } from "../plan/campaign.ts";
import { type Part, registryOf } from "../registry.ts";
import { Store } from "../store/index.ts";
import { runSample, type SampleOutcome } from "./sample.ts";

/** What every worker thread of a run is started with. */
export interface WorkerStart {
  readonly root: string;
  readonly campaign: string;
  /** URLs of modules, each of which exports a `part` of what campaigns can do. */
  readonly modules: readonly string[];
  readonly nonce: string;
  readonly ensembles: readonly Ensemble[];
}

/** One sample: an ensemble by its place in the list. */
export interface WorkerTask {
  readonly ensemble: number;
  readonly seed: number;
}

const start = workerData as WorkerStart;
const store = Store.open(start.root, start.campaign);
const modules = await Promise.all(
  start.modules.map(async (url) => (await import(url)) as { readonly part: Part }),
);
const { stages } = registryOf(...modules.map(({ part }) => part));

/** Makes what is missing of one sample: called by the pool, in a thread of its own. */
export default async function work({ ensemble, seed }: WorkerTask): Promise<SampleOutcome> {
  return await runSample(
    { store, stages, nonce: start.nonce, control: {} },
    { ensemble: start.ensembles[ensemble], seed },
  );
}
