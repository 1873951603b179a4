import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { type Glass, type GlassRecipe, type Progress, SoftfieldError } from "softfield";
import { type FromWorker, STOP, type ToWorker, type WorkerSetup } from "./messages.ts";

/** A glass to make. */
export interface Job {
  readonly recipe: GlassRecipe;
  readonly checkpoint?: Uint8Array;
}

/** What the pool tells of its jobs, by their place in the list. Promises are awaited before the pool ends. */
export interface PoolEvents {
  readonly onProgress: (job: number, progress: Progress) => void;
  readonly onCheckpoint: (job: number, bytes: Uint8Array) => Promise<void>;
  readonly onGlass: (job: number, glass: Glass) => Promise<void>;
  readonly onFailure: (job: number, error: SoftfieldError) => void;
}

export interface PoolOptions {
  readonly threads: number;
  readonly checkpointSeconds: number;
  /** Where it fires, every running job leaves a checkpoint and none is begun. */
  readonly signal: AbortSignal;
}

/** The thread's module lies beside this one, as source or built. */
const ENDING = extname(import.meta.url);

/**
 * Makes glasses on several threads. The bits of a glass do not depend on how many there are.
 * Ends when all jobs have, or have been stopped; rejects where a file can't be written or a thread dies.
 */
export async function makeGlasses(
  jobs: readonly Job[],
  { threads, checkpointSeconds, signal }: PoolOptions,
  events: PoolEvents,
): Promise<void> {
  const flags = new Int32Array(new SharedArrayBuffer(4));
  const stop = () => Atomics.store(flags, STOP, 1);
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  let next = 0;
  const take = () => (signal.aborted ? undefined : next < jobs.length ? next++ : undefined);
  const one = async () => {
    const setup: WorkerSetup = { flags, checkpointSeconds };
    const worker = new Worker(new URL(`./worker${ENDING}`, import.meta.url), {
      workerData: setup,
      ...(ENDING === ".ts" && { execArgv: ["--conditions=softfield-source"] }),
    });
    try {
      for (let job = take(); job !== undefined; job = take()) {
        await perform(worker, { ...jobs[job], job, signal }, events);
      }
    } finally {
      await worker.terminate();
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(threads, jobs.length) }, one));
  } finally {
    stop();
    signal.removeEventListener("abort", stop);
  }
}

/** Gives a thread one job and sees it through, or to its last checkpoint where the signal fires. */
function perform(
  worker: Worker,
  { job, recipe, checkpoint, signal }: Job & { readonly job: number; readonly signal: AbortSignal },
  events: PoolEvents,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let written: Promise<void> = Promise.resolve();
    let minimising: Uint8Array | undefined;
    const end = (error?: unknown) => {
      worker.off("message", hear).off("error", end);
      signal.removeEventListener("abort", leave);
      written.then(() => (error === undefined ? resolve() : reject(error)), reject);
    };
    const save = (bytes: Uint8Array) => {
      written = written.then(() => events.onCheckpoint(job, bytes));
    };
    /** The pool ends the thread. */
    const leave = () => {
      if (minimising === undefined || !signal.aborted) return;
      save(minimising);
      end();
    };
    const hear = (message: FromWorker) => {
      switch (message.kind) {
        case "progress":
          events.onProgress(job, message.progress);
          return;
        case "checkpoint":
          save(message.bytes);
          written.catch(end);
          return;
        case "stopped":
          save(message.bytes);
          end();
          return;
        case "minimising":
          minimising = message.bytes;
          leave();
          return;
        case "done":
          written = written.then(() => events.onGlass(job, message.glass));
          end();
          return;
        case "failed":
          if (message.code === undefined) {
            end(new Error(message.message));
            return;
          }
          events.onFailure(job, new SoftfieldError(message.code, message.message));
          end();
      }
    };
    worker.on("message", hear).on("error", end);
    signal.addEventListener("abort", leave);
    worker.postMessage({ job, recipe, ...(checkpoint && { checkpoint }) } satisfies ToWorker);
  });
}
