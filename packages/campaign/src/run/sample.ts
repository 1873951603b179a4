import { hostname } from "node:os";
import { systemError, version } from "@softfield/node";
import { SoftfieldError, type WorkControl } from "softfield";
import type { Ensemble } from "../plan/campaign.ts";
import { type PlacedStage, placedStages, type SampleStage } from "../stage.ts";
import type { Check, MadeBy, StageFiles, StagePlace, Store } from "../store/index.ts";

/** One sample: an ensemble and a seed. */
export interface Sample {
  readonly ensemble: Ensemble;
  readonly seed: number;
}

/** Where a sample stands: "failed" where a stage failed, and nothing else is left to do. */
export type SampleState = "done" | "failed" | "missing";

/** What `runSample` did. */
export type SampleOutcome =
  | { readonly status: "done" | "failed" }
  /** The store itself failed (full disk, …): nothing more can be done. */
  | { readonly status: "broken"; readonly message: string; readonly code: string };

/** What makes samples. */
export interface RunContext {
  readonly store: Store;
  readonly stages: readonly SampleStage[];
  /** Names the temporary folders of this run. */
  readonly nonce: string;
  readonly control: WorkControl;
}

/** Most often that one sample is begun anew because earlier results turn out damaged. */
const MAX_REPAIRS = 3;

/** Thrown by `StageContext.read` where a stored result is damaged. */
class DamagedResult extends Error {
  readonly place: StagePlace;
  constructor(place: StagePlace) {
    super(`damaged result of ${place.stage}`);
    this.place = place;
  }
}

/** Where a sample stands in the store. */
export function sampleState(
  store: Store,
  placed: readonly PlacedStage[],
  { seed, check = "sizes" }: { seed: number; check?: Check },
): SampleState {
  const failed = new Set<string>();
  for (const { stage, place } of placed) {
    if (stage.inputs.some((input) => failed.has(input))) failed.add(stage.name);
    else if (store.manifest(place, seed, check) !== undefined) continue;
    else if (store.failure(place, seed) !== undefined) failed.add(stage.name);
    else return "missing";
  }
  return failed.size > 0 ? "failed" : "done";
}

/** Runs what is missing of a sample's stages, each published as soon as it is there. */
export async function runSample(context: RunContext, sample: Sample): Promise<SampleOutcome> {
  const placed = placedStages(sample.ensemble, context.stages);
  try {
    for (let repairs = 0; ; repairs++) {
      try {
        return { status: await runStages(context, sample, placed) };
      } catch (error) {
        if (!(error instanceof DamagedResult) || repairs === MAX_REPAIRS) throw error;
        context.store.discard(error.place, sample.seed);
      }
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown";
    return { status: "broken", code, message: (error as Error).message };
  }
}

async function runStages(
  context: RunContext,
  sample: Sample,
  placed: readonly PlacedStage[],
): Promise<"done" | "failed"> {
  const { store, nonce } = context;
  const { seed } = sample;
  const failed = new Set<string>();
  for (const { stage, place } of placed) {
    if (stage.inputs.some((input) => failed.has(input))) failed.add(stage.name);
    else if (store.manifest(place, seed) !== undefined) continue;
    else if (store.failure(place, seed) !== undefined) failed.add(stage.name);
    else {
      const start = performance.now();
      const result = await runStage(context, sample, { stage, placed });
      const made = madeBy((performance.now() - start) / 1000);
      if (result.status === "made") store.publish(place, seed, { files: result.files, made, nonce });
      else {
        const failure = { stage: stage.name, hash: place.hash, seed, reason: result.reason, made };
        store.recordFailure(failure, place, nonce);
        failed.add(stage.name);
      }
    }
  }
  return failed.size > 0 ? "failed" : "done";
}

type StageResult =
  | { readonly status: "made"; readonly files: StageFiles }
  | { readonly status: "failed"; readonly reason: string };

/** Runs one stage; what it throws of itself is a failure of the sample, what the system throws is not. */
async function runStage(
  { store, control }: RunContext,
  { ensemble, seed }: Sample,
  { stage, placed }: { stage: SampleStage; placed: readonly PlacedStage[] },
): Promise<StageResult> {
  const read = (name: string, file: string): Uint8Array => {
    const { place } = placed.find((other) => other.stage.name === name)!;
    const bytes = store.read(place, seed, file);
    if (bytes === undefined) throw new DamagedResult(place);
    return bytes;
  };
  try {
    return { status: "made", files: await stage.run({ ensemble, seed, read, control }) };
  } catch (error) {
    if (error instanceof DamagedResult) throw error;
    if ((error as NodeJS.ErrnoException).code !== undefined && !(error instanceof SoftfieldError))
      throw error;
    const known = systemError(error);
    if (known instanceof SoftfieldError) return { status: "failed", reason: known.message };
    return { status: "failed", reason: `internal error: ${(error as Error).stack ?? error}` };
  }
}

export function madeBy(seconds: number): MadeBy {
  return {
    softfield: version,
    node: process.version,
    host: hostname(),
    seconds,
    finished: new Date().toISOString(),
  };
}
