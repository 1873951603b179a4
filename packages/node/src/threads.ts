import { parentPort, Worker, workerData } from "node:worker_threads";
import { type Emit, JobCaller, type Steer, serveJobs } from "softfield/internal";
import { loadedPlugins, loadPlugin } from "./plugins/load.ts";

/** What every thread is started with. */
interface ThreadStart<Setup> {
  readonly setup: Setup;
  /** Files of the plug-ins in use. */
  readonly plugins: readonly string[];
}

/** A worker thread that does jobs, one at a time; its module calls `serveThread`. */
export class JobThread<Request, Event, Answer> {
  readonly #worker: Worker;
  readonly #caller: JobCaller<Request, Event, Answer>;
  #alive = true;

  /** @param module as source (.ts) or built (.js); `setup` goes to its `serveThread` */
  constructor(module: URL, setup?: unknown) {
    const start: ThreadStart<unknown> = { setup, plugins: loadedPlugins().map(({ path }) => path) };
    this.#worker = new Worker(module, {
      workerData: start,
      ...(module.pathname.endsWith(".ts") && { execArgv: ["--conditions=softfield-source"] }),
    });
    this.#caller = new JobCaller({
      post: (message) => this.#worker.postMessage(message),
      listen: (hear) => this.#worker.on("message", hear),
    });
    this.#worker.on("error", (error) => this.#fail(error));
    this.#worker.on("exit", (code) => this.#fail(new Error(`worker exited with code: ${code}`)));
  }

  /** False once it was ended, or died: it does no more jobs. */
  get alive(): boolean {
    return this.#alive;
  }

  #fail(reason: unknown): void {
    this.#alive = false;
    this.#caller.fail(reason);
  }

  /** Rejects with what the job threw, or where the thread died over it. */
  run(request: Request, onEvent?: (event: Event) => void): Promise<Answer> {
    return this.#caller.run(request, onEvent);
  }

  /** Tells the job that runs something. */
  steer(value: unknown): void {
    this.#caller.steer(value);
  }

  /** Ends the thread wherever it is; a job that runs is rejected with `reason`. */
  async end(reason: unknown = new Error("the thread was ended")): Promise<void> {
    this.#fail(reason);
    await this.#worker.terminate();
  }
}

/** Does a job of a thread; `steer` registers who hears what it is told meanwhile. */
type Perform<Request, Event, Answer> = (
  request: Request,
  emit: Emit<Event>,
  steer: Steer,
) => Answer | Promise<Answer>;

/** In a thread: loads the plug-ins of the one that started it, then does its jobs. */
export async function serveThread<Setup, Request, Event, Answer>(
  prepare: (setup: Setup) => Perform<Request, Event, Answer> | Promise<Perform<Request, Event, Answer>>,
): Promise<void> {
  const { setup, plugins } = workerData as ThreadStart<Setup>;
  for (const plugin of plugins) loadPlugin(plugin);
  const perform = await prepare(setup);
  serveJobs<Request, Event, Answer>(
    {
      post: (message, transfer) => parentPort!.postMessage(message, transfer as never),
      listen: (hear) => parentPort!.on("message", hear),
    },
    perform,
  );
}
