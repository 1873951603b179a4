import workerAddress from "virtual:softfield-worker";
import { SoftfieldError } from "softfield";
import { JobCaller } from "softfield/internal";
import type { JobRequest, Jobs } from "./jobs.ts";

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

/**
 * A worker that does one job at a time. Kernels run without looking up, so a job is cancelled by ending its
 * worker; a new one starts with the next job. The same way out serves where a worker crashes.
 */
export class Engine {
  readonly #name: string;
  #worker: Worker | undefined;
  #caller: JobCaller<JobRequest, unknown, unknown> | undefined;
  /** Of the job that runs. */
  #running: number | undefined;
  #count = 0;

  /** `name`: of its workers, which may do something of their own by it. */
  constructor(name = "") {
    this.#name = name;
  }

  get busy(): boolean {
    return this.#running !== undefined;
  }

  /** Starts a job; one that still runs is cancelled first. */
  run<K extends keyof Jobs>(
    kind: K,
    input: Input<K>,
    onEvent: (event: unknown) => void = () => undefined,
    transfer: Transferable[] = [],
  ): Running<Result<K>> {
    this.stop();
    const caller = (this.#caller ??= this.#spawn());
    const id = ++this.#count;
    this.#running = id;
    const settled = () => {
      if (this.#running === id) this.#running = undefined;
    };
    const result = caller.run({ kind, input }, onEvent, transfer).then(
      (answer) => {
        settled();
        return answer as Result<K>;
      },
      (error: Error) => {
        settled();
        throw error instanceof SoftfieldError
          ? error
          : new Error(`internal error, please report it: ${error.message}`, { cause: error });
      },
    );
    return {
      result,
      steer: (value) => {
        if (this.#running === id) caller.steer(value);
      },
      cancel: () => {
        if (this.#running === id) this.stop();
      },
    };
  }

  /** Stops the job that runs, if there is one. */
  stop(): void {
    if (this.busy) this.#end(new SoftfieldError("aborted", "stopped on request"));
  }

  /** Starts the worker ahead of its first job. */
  warm(): void {
    this.#caller ??= this.#spawn();
  }

  #spawn(): JobCaller<JobRequest, unknown, unknown> {
    const worker = new Worker(workerAddress, { type: "module", name: this.#name });
    this.#worker = worker;
    const crashed = (event: Event): void => {
      event.preventDefault();
      if (this.#worker !== worker) return;
      const why = event instanceof ErrorEvent && event.message ? ` (${event.message})` : "";
      this.#end(
        new SoftfieldError(
          "resource",
          `the computation stopped unexpectedly${why}; nothing else is lost: try again, with fewer particles if it recurs`,
        ),
      );
    };
    worker.onerror = crashed;
    worker.onmessageerror = crashed;
    return new JobCaller({
      post: (message, transfer = []) => worker.postMessage(message, transfer),
      listen: (hear) => {
        worker.onmessage = ({ data }) => hear(data);
      },
    });
  }

  /** Ends the worker; the job that runs is rejected. */
  #end(error: Error): void {
    const caller = this.#caller;
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#caller = undefined;
    this.#running = undefined;
    caller?.fail(error);
  }
}
