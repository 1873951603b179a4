import { extname } from "node:path";
import { JobThread } from "@softfield/node";
import { SoftfieldError, type WorkControl } from "softfield";
import type { ShearEvent, Sheared, ShearStart } from "./messages.ts";

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
export async function shearInThread(
  start: ShearStart,
  { onProgress, signal, onCheckpoint }: ShearControl,
): Promise<Sheared> {
  const thread = new JobThread<ShearStart, ShearEvent, Sheared>(
    new URL(`./shear-worker${ENDING}`, import.meta.url),
  );
  let written: Promise<void> = Promise.resolve();
  const stop = () => void thread.end(new SoftfieldError("aborted", "the shear was stopped"));
  const hear = (event: ShearEvent) => {
    if (event.kind === "progress") {
      onProgress?.(event.progress);
      return;
    }
    written = written.then(() => onCheckpoint(event.bytes));
    written.catch((error) => thread.end(error));
  };
  signal?.addEventListener("abort", stop);
  try {
    const sheared = thread.run(start, hear);
    if (signal?.aborted) stop();
    return await sheared;
  } finally {
    signal?.removeEventListener("abort", stop);
    await Promise.all([written, thread.end()]);
  }
}
