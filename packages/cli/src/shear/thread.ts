import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { SoftfieldError, type WorkControl } from "softfield";
import type { FromWorker, Sheared, ShearStart } from "./messages.ts";

export interface ShearControl extends WorkControl {
  /** Called at the start and after every event, one call after the other; awaited before the run ends. */
  readonly onCheckpoint: (bytes: Uint8Array) => Promise<void>;
}

/** The thread's module lies beside this one, as source or built. */
const ENDING = extname(import.meta.url);

/**
 * Shears a glass in a thread of its own, so that the signal ends it at once: the way down from an event takes seconds
 * in a large glass, and looks at nothing else.
 *
 * @throws what `QuasistaticShear` throws; SoftfieldError "aborted" where the signal fired
 */
export function shearInThread(
  start: ShearStart,
  { onProgress, signal, onCheckpoint }: ShearControl,
): Promise<Sheared> {
  const worker = new Worker(new URL(`./worker${ENDING}`, import.meta.url), {
    workerData: start,
    ...(ENDING === ".ts" && { execArgv: ["--conditions=softfield-source"] }),
  });
  return new Promise((resolve, reject) => {
    let written: Promise<void> = Promise.resolve();
    const end = (settle: () => void) => {
      worker.removeAllListeners();
      signal?.removeEventListener("abort", stop);
      Promise.all([written, worker.terminate()]).then(settle, reject);
    };
    const fail = (error: unknown) => end(() => reject(error));
    const stop = () => fail(new SoftfieldError("aborted", "the shear was stopped"));
    const hear = (message: FromWorker) => {
      switch (message.kind) {
        case "progress":
          onProgress?.(message.progress);
          return;
        case "checkpoint":
          written = written.then(() => onCheckpoint(message.bytes));
          written.catch(fail);
          return;
        case "done":
          end(() => resolve({ result: message.result, settings: message.settings }));
          return;
        case "failed":
          fail(
            message.code === undefined
              ? new Error(message.message)
              : new SoftfieldError(message.code, message.message, message.place),
          );
      }
    };
    worker.on("message", hear).on("error", fail);
    signal?.addEventListener("abort", stop);
    if (signal?.aborted) stop();
  });
}
