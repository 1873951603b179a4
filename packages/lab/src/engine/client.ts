import { SoftfieldError } from "softfield";
import type { Jobs } from "./jobs.ts";
import type { ErrorRecord, Reply } from "./messages.ts";

type Input<K extends keyof Jobs> = Parameters<Jobs[K]>[0];
type Result<K extends keyof Jobs> = Awaited<ReturnType<Jobs[K]>>;

/** A job under way. */
export interface Running<Result> {
  readonly result: Promise<Result>;
  /** Tells the job something while it runs. */
  readonly steer: (value: unknown) => void;
  /** Stops it at once; `result` rejects with code "aborted". */
  readonly cancel: () => void;
}

interface Pending {
  readonly id: number;
  readonly onEvent: (event: unknown) => void;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A worker that does one job at a time. Kernels run without looking up, so a job is cancelled by ending its
 * worker; a new one starts with the next job. The same way out serves where a worker crashes.
 */
export class Engine {
  #worker: Worker | undefined;
  #pending: Pending | undefined;
  #count = 0;

  get busy(): boolean {
    return this.#pending !== undefined;
  }

  /** Starts a job; one that still runs is cancelled first. */
  run<K extends keyof Jobs>(
    kind: K,
    input: Input<K>,
    onEvent: (event: unknown) => void = () => undefined,
    transfer: Transferable[] = [],
  ): Running<Result<K>> {
    this.stop();
    const worker = (this.#worker ??= this.#spawn());
    const id = ++this.#count;
    const result = new Promise<Result<K>>((resolve, reject) => {
      this.#pending = { id, onEvent, resolve: resolve as (value: unknown) => void, reject };
    });
    worker.postMessage({ id, kind, input }, transfer);
    return {
      result,
      steer: (value) => {
        if (this.#pending?.id === id) this.#worker?.postMessage({ id, steer: value });
      },
      cancel: () => {
        if (this.#pending?.id === id) this.#stop(new SoftfieldError("aborted", "stopped on request"));
      },
    };
  }

  /** Stops the job that runs, if there is one. */
  stop(): void {
    this.#stop(new SoftfieldError("aborted", "stopped on request"));
  }

  /** Starts the worker ahead of its first job. */
  warm(): void {
    this.#worker ??= this.#spawn();
  }

  #spawn(): Worker {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<Reply>) => this.#receive(data);
    const crashed = (event: Event): void => {
      event.preventDefault();
      if (this.#worker !== worker) return;
      const why = event instanceof ErrorEvent && event.message ? ` (${event.message})` : "";
      this.#stop(
        new SoftfieldError(
          "resource",
          `the computation stopped unexpectedly${why}; nothing else is lost: try again, with fewer particles if it recurs`,
        ),
        true,
      );
    };
    worker.onerror = crashed;
    worker.onmessageerror = crashed;
    return worker;
  }

  #receive(reply: Reply): void {
    const pending = this.#pending;
    if (pending?.id !== reply.id) return;
    if (reply.type === "event") {
      pending.onEvent(reply.event);
      return;
    }
    this.#pending = undefined;
    if (reply.type === "done") pending.resolve(reply.result);
    else pending.reject(errorOf(reply.error));
  }

  #stop(error: Error, always = false): void {
    const pending = this.#pending;
    if (!pending && !always) return;
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#pending = undefined;
    pending?.reject(error);
  }
}

function errorOf({ code, message, place }: ErrorRecord): Error {
  if (code !== "internal") return new SoftfieldError(code, message, place);
  return new Error(`internal error, please report it: ${message}`);
}
