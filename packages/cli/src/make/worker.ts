/** A thread that makes glasses, one after another, as `pool.ts` asks. */
import { parentPort, workerData } from "node:worker_threads";
import { type GlassRecipe, Preparation, SoftfieldError } from "softfield";
import { type FromWorker, STOP, type ToWorker, type WorkerSetup } from "./messages.ts";

/** Seconds of work between two looks at the stop flag, and two reports. */
const PATIENCE = 0.2;

const port = parentPort!;
const { flags, checkpointSeconds } = workerData as WorkerSetup;
const stopped = () => Atomics.load(flags, STOP) !== 0;

port.on("message", ({ job, recipe, checkpoint }: ToWorker) => {
  try {
    make(job, recipe, checkpoint);
  } catch (error) {
    const known = error instanceof SoftfieldError;
    const { message, stack } = error as Error;
    post({ kind: "failed", job, ...(known ? { code: error.code, message } : { message: stack ?? message }) });
  }
});

function make(job: number, recipe: GlassRecipe, checkpoint?: Uint8Array): void {
  const preparation = checkpoint ? Preparation.resume(recipe, checkpoint) : Preparation.start(recipe);
  let steps = 10;
  let saved = performance.now();
  for (let ready = false; !ready; ) {
    if (stopped()) {
      post({ kind: "stopped", job, bytes: preparation.checkpoint() });
      return;
    }
    const start = performance.now();
    ready = preparation.advance(steps);
    const seconds = Math.max(1e-4, (performance.now() - start) / 1000);
    steps = Math.ceil(Math.min(10 * steps, (steps * PATIENCE) / seconds));
    post({ kind: "progress", job, progress: preparation.progress });
    if (performance.now() - saved > 1000 * checkpointSeconds) {
      post({ kind: "checkpoint", job, bytes: preparation.checkpoint() });
      saved = performance.now();
    }
  }
  post({ kind: "minimising", job, bytes: preparation.checkpoint() });
  const { system, minimization, protocol } = preparation.finish();
  const { mode: _, ...outcome } = minimization;
  post({ kind: "done", job, glass: { system, minimization: outcome, protocol } });
}

function post(message: FromWorker): void {
  port.postMessage(message);
}
