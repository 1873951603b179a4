import { extname } from "node:path";
import { JobThread } from "@softfield/node";
import { type Glass, type Progress, SoftfieldError } from "softfield";
import { type GlassJob, type MakeAnswer, type MakeEvent, STOP, type WorkerSetup } from "./messages.ts";

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

type MakeThread = JobThread<GlassJob, MakeEvent, MakeAnswer>;

/** The thread's module lies beside this one, as source or built. */
const ENDING = extname(import.meta.url);

/**
 * Makes glasses on several threads. The bits of a glass do not depend on how many there are.
 * Ends when all jobs have, or have been stopped; rejects where a file can't be written or a thread dies.
 */
export async function makeGlasses(
  jobs: readonly GlassJob[],
  { threads, checkpointSeconds, signal }: PoolOptions,
  events: PoolEvents,
): Promise<void> {
  const flags = new Int32Array(new SharedArrayBuffer(4));
  const stop = () => Atomics.store(flags, STOP, 1);
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  const lanes = Math.min(threads, jobs.length);
  const share = Math.max(1, Math.floor(threads / Math.max(1, lanes)));
  let next = 0;
  const take = () => (signal.aborted ? undefined : next < jobs.length ? next++ : undefined);
  const one = async () => {
    const setup: WorkerSetup = { flags, checkpointSeconds, share };
    const thread: MakeThread = new JobThread(new URL(`./make-worker${ENDING}`, import.meta.url), setup);
    try {
      for (let job = take(); job !== undefined; job = take())
        await perform(thread, { ...jobs[job], job, signal }, events);
    } finally {
      await thread.end();
    }
  };
  try {
    await Promise.all(Array.from({ length: lanes }, one));
  } finally {
    stop();
    signal.removeEventListener("abort", stop);
  }
}

/** Gives a thread one job and sees it through, or to its last checkpoint where the signal fires. */
async function perform(
  thread: MakeThread,
  { job, signal, ...request }: GlassJob & { readonly job: number; readonly signal: AbortSignal },
  events: PoolEvents,
): Promise<void> {
  let minimising: Uint8Array | undefined;
  let leave: () => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  // where nothing answers: the signal fires while the thread minimises (the pool ends it then), or a disk is full
  const left = new Promise<undefined>((resolve, reject) => {
    leave = () => {
      if (minimising !== undefined && signal.aborted) resolve(undefined);
    };
    fail = reject;
  });
  let written: Promise<void> = Promise.resolve();
  const save = (bytes: Uint8Array) => {
    written = written.then(() => events.onCheckpoint(job, bytes));
    written.catch(fail);
  };
  const hear = (event: MakeEvent) => {
    if (event.kind === "progress") events.onProgress(job, event.progress);
    else if (event.kind === "checkpoint") save(event.bytes);
    else {
      minimising = event.bytes;
      leave();
    }
  };
  signal.addEventListener("abort", leave);
  try {
    const answer = await Promise.race([thread.run(request, hear), left]);
    if (answer === undefined) save(minimising!);
    else if ("stopped" in answer) save(answer.stopped);
    await written;
    if (answer !== undefined && "glass" in answer) await events.onGlass(job, answer.glass);
  } catch (error) {
    await written;
    if (!(error instanceof SoftfieldError)) throw error;
    events.onFailure(job, error);
  } finally {
    signal.removeEventListener("abort", leave);
  }
}
