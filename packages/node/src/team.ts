import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { type Team, useMemory, useTeam } from "softfield/internal";

/**
 * Worker threads beside the one that calls, for `useTeam`. They start when there is first something to share, do not
 * keep the process alive, and end with it.
 */
export class WorkerTeam implements Team {
  readonly size: number;
  readonly #workers: Worker[] = [];

  constructor(size: number) {
    this.size = size;
  }

  post(member: number, task: unknown): void {
    this.wake();
    this.#workers[member - 1].postMessage(task);
  }

  /** Ends the threads; what is posted later starts new ones. */
  async end(): Promise<void> {
    await Promise.all(this.#workers.splice(0).map((worker) => worker.terminate()));
  }

  wake(): void {
    const source = import.meta.url.endsWith(".ts");
    while (this.#workers.length < this.size - 1) {
      const worker = new Worker(new URL(`./teamworker.${source ? "ts" : "js"}`, import.meta.url), {
        ...(source && { execArgv: ["--conditions=softfield-source"] }),
      });
      worker.unref();
      // one that dies is missed by those that wait for it
      worker.on("error", () => undefined);
      this.#workers.push(worker);
    }
  }
}

/**
 * Has large factorisations of this thread use the machine: `threads` of its cores (default: all), and no more memory than
 * is free.
 */
export function useMachine(threads: number = availableParallelism()): WorkerTeam | undefined {
  const team = threads > 1 ? new WorkerTeam(threads) : undefined;
  useTeam(team);
  useMemory(() => process.availableMemory());
  return team;
}
