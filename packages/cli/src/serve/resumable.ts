import { existsSync } from "node:fs";
import { readFile, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { fileError, writeFileAtomically } from "@softfield/node";
import { SoftfieldError } from "softfield";
import { inFile } from "../shell/errors.ts";
import type { Configuration } from "../shell/load.ts";
import type { ServeControl } from "./methods/method.ts";

/** How work that takes long is stopped, and taken up again. */
export interface Way {
  readonly signal: AbortSignal;
  readonly onProgress: ServeControl["onProgress"];
  readonly checkpoint?: Uint8Array;
  readonly keep: (bytes: Uint8Array) => Promise<void>;
}

/** The client is heard so often while threads are at work. */
const LISTEN_MS = 100;

/**
 * Work that a client stops by a signal, not in its middle: it then leaves its state in the file `checkpoint`, where one is
 * named, from which the same request goes on; work that is done takes the file away.
 */
export async function resumable<Result>(
  configuration: Configuration,
  { control, checkpoint }: { readonly control: ServeControl; readonly checkpoint: string | undefined },
  work: (way: Way) => Promise<Result>,
): Promise<Result> {
  if (checkpoint !== undefined && !existsSync(dirname(checkpoint))) {
    const message = `checkpoint = ${checkpoint}: its folder does not exist`;
    throw new SoftfieldError("usage", message, { field: "checkpoint" });
  }
  const saved =
    checkpoint !== undefined && existsSync(checkpoint)
      ? await readFile(checkpoint).catch((error: unknown) => {
          throw fileError(error, checkpoint, "read");
        })
      : undefined;
  const stop = new AbortController();
  const listen = () => {
    if (control.stopped()) stop.abort();
  };
  const listening = setInterval(listen, LISTEN_MS);
  try {
    return await inFile(configuration, async () => {
      const done = await work({
        signal: stop.signal,
        onProgress: (progress) => {
          listen();
          if (!stop.signal.aborted) control.onProgress(progress);
        },
        ...(saved && { checkpoint: saved }),
        keep: async (bytes) => {
          if (checkpoint !== undefined) await writeFileAtomically(checkpoint, bytes);
        },
      });
      if (checkpoint !== undefined) await unlink(checkpoint).catch(() => undefined);
      return done;
    });
  } finally {
    clearInterval(listening);
  }
}
