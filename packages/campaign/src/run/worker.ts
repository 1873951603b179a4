import { serveThread } from "@softfield/node";
import type { Ensemble } from "../plan/campaign.ts";
import { withPlugins } from "../plugins/parts.ts";
import { type Part, registryOf } from "../registry.ts";
import { Store } from "../store/index.ts";
import { runSample, type SampleOutcome } from "./sample.ts";

/** What every worker thread of a run is started with. */
export interface WorkerStart {
  readonly root: string;
  readonly campaign: string;
  /** URLs of modules, each of which exports a `part` of what campaigns can do. */
  readonly modules: readonly string[];
  /** Files of plug-ins. */
  readonly plugins: readonly string[];
  readonly nonce: string;
  readonly ensembles: readonly Ensemble[];
}

/** One sample: an ensemble by its place in the list. */
export interface WorkerTask {
  readonly ensemble: number;
  readonly seed: number;
}

await serveThread(async ({ modules, plugins, ...start }: WorkerStart) => {
  const store = Store.open(start.root, start.campaign);
  const found = await Promise.all(modules.map(async (url) => (await import(url)) as { readonly part: Part }));
  const { stages } = withPlugins(registryOf(...found.map(({ part }) => part)), plugins);
  // makes what is missing of one sample
  return async ({ ensemble, seed }: WorkerTask): Promise<SampleOutcome> =>
    await runSample(
      { store, stages, nonce: start.nonce, control: {} },
      { ensemble: start.ensembles[ensemble], seed },
    );
});
