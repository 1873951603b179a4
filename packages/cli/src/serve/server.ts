import { writeSync } from "node:fs";
import { extname } from "node:path";
import type { Readable } from "node:stream";
import { JobThread, version } from "@softfield/node";
import { SoftfieldError } from "softfield";
import { failureOf } from "softfield/internal";
import { BrokenPipe, encoded, type Message, MessageReader } from "./frames.ts";
import {
  type Answer,
  type ForcesReply,
  type NumberedRequest,
  PROTOCOL,
  type Reply,
  type SessionEvent,
  type SessionSetup,
} from "./messages.ts";

/** The thread's module lies beside this one, as source or built. */
const ENDING = extname(import.meta.url);
/** A request that was told to stop, and does not within this time, is ended with its thread; not one that has a checkpoint to write. */
const PATIENCE_MS = 2000;

type Thread = JobThread<NumberedRequest, SessionEvent, Answer>;

/** How a session computes. */
type ServeOptions = Pick<SessionSetup, "threads">;

/**
 * Serves one client over a pair of pipes until it closes them: requests are worked off one after the other, in a thread
 * of their own, so that this one always hears what comes, and above all that nothing will come any more. Resolves when
 * the client is gone, whatever is still at work.
 */
export async function servePipe(input: Readable, output: number, options: ServeOptions): Promise<void> {
  const session = new Session(options, (reply, arrays = {}) => send(output, { head: { ...reply }, arrays }));
  const reader = new MessageReader((message) => session.hear(message));
  session.greet();
  try {
    await heard(input, reader);
  } finally {
    input.destroy();
    await session.end();
  }
}

/** Resolves when the pipe ends. */
async function heard(input: Readable, reader: MessageReader): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    input.on("data", (bytes: Uint8Array) => {
      try {
        reader.push(bytes);
      } catch (error) {
        const understood = !(error instanceof BrokenPipe);
        reject(understood ? error : new SoftfieldError("usage", `${error.message}; see docs/python.md`));
      }
    });
    input.on("end", resolve);
    input.on("error", () => resolve());
  });
}

/** Writes at once, from this thread, so that nothing gathers; a reader that is gone ends the session by its other pipe. */
function send(output: number, message: Message): void {
  try {
    for (const piece of encoded(message))
      for (let at = 0; at < piece.length; ) at += writeSome(output, piece.subarray(at));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
  }
}

function writeSome(output: number, bytes: Uint8Array): number {
  try {
    return writeSync(output, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    // a pipe that does not block is full: look again in a millisecond
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    return 0;
  }
}

class Session {
  readonly #send: (reply: Reply, arrays?: Answer["arrays"]) => void;
  readonly #stop = new Int32Array(new SharedArrayBuffer(4));
  readonly #queue: NumberedRequest[] = [];
  #running: { readonly request: NumberedRequest; impatience?: NodeJS.Timeout } | undefined;
  readonly #options: ServeOptions;
  #count = 0;
  #over = false;
  #thread: Thread;

  constructor(options: ServeOptions, send: (reply: Reply, arrays?: Answer["arrays"]) => void) {
    this.#options = options;
    this.#send = send;
    this.#thread = this.#newThread();
  }

  greet(): void {
    this.#send({ type: "hello", protocol: PROTOCOL, softfield: version });
  }

  async end(): Promise<void> {
    this.#over = true;
    await this.#thread.end();
  }

  hear({ head, arrays }: Message): void {
    const {
      id,
      method,
      params = {},
      cancel,
      forces,
      energy,
      fault,
    } = head as {
      id?: unknown;
      method?: unknown;
      params?: Record<string, unknown>;
      cancel?: unknown;
      forces?: unknown;
      energy?: number;
      fault?: string;
    };
    if (typeof forces === "number") {
      this.#thread.steer({ call: forces, energy, fault, arrays } satisfies ForcesReply);
      return;
    }
    if (typeof cancel === "number") {
      this.#cancel(cancel);
      return;
    }
    if (typeof id !== "number" || !Number.isSafeInteger(id) || id < 1 || typeof method !== "string")
      throw new BrokenPipe("a request has a number from 1 as id, and a method");
    this.#queue.push({ id, method, params, arrays });
    this.#next();
  }

  #newThread(): Thread {
    const setup: SessionSetup = { stop: this.#stop.buffer, thread: this.#count++, ...this.#options };
    return new JobThread(new URL(`./serve-worker${ENDING}`, import.meta.url), setup);
  }

  #next(): void {
    if (this.#running) return;
    const request = this.#queue.shift();
    if (request) void this.#perform(request);
  }

  async #perform(request: NumberedRequest): Promise<void> {
    const { id } = request;
    this.#running = { request };
    try {
      const { value, arrays } = await this.#thread.run(request, (event) => {
        if (event.kind === "progress") this.#send({ type: "progress", id, ...event.progress });
        else this.#send({ type: "forces", id, call: event.call }, event.arrays);
      });
      this.#send({ type: "answer", id, value }, arrays);
    } catch (error) {
      if (this.#over) return;
      const lost = !this.#thread.alive;
      if (lost) this.#thread = this.#newThread();
      this.#send({ type: "failure", id, failure: failureOf(error) });
    } finally {
      clearTimeout(this.#running?.impatience);
      this.#running = undefined;
      if (!this.#over) this.#next();
    }
  }

  #cancel(id: number): void {
    const waiting = this.#queue.findIndex((request) => request.id === id);
    if (waiting >= 0) {
      this.#queue.splice(waiting, 1);
      const failure = { code: "aborted", message: "stopped on request" } as const;
      this.#send({ type: "failure", id, failure });
      return;
    }
    const running = this.#running;
    if (running?.request.id !== id || running.impatience) return;
    Atomics.store(this.#stop, 0, id);
    if (running.request.params.checkpoint !== undefined) return;
    running.impatience = setTimeout(() => {
      const why = "stopped on request; what the process held is gone with it";
      void this.#thread.end(new SoftfieldError("aborted", why));
    }, PATIENCE_MS);
  }
}
