import { SoftfieldError } from "softfield";
import type { Emit, Steer } from "./channel.ts";
import { type Jobs, jobs } from "./jobs.ts";
import type { ErrorRecord, Reply, Request, Steering } from "./messages.ts";

/** The parts of a dedicated worker's global scope that are used here. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<Request | Steering>) => void) | null;
  postMessage(message: Reply, transfer?: Transferable[]): void;
}
const scope = self as unknown as WorkerScope;

/** Of the job that runs: how the page steers it. */
let running: { readonly id: number; onSteer?: (value: unknown) => void } | undefined;

scope.onmessage = ({ data }) => {
  if ("steer" in data) {
    if (running?.id === data.id) running.onSteer?.(data.steer);
    return;
  }
  void run(data);
};

async function run({ id, kind, input }: Request): Promise<void> {
  const current: typeof running = { id };
  running = current;
  const emit: Emit = (event, transfer = []) => scope.postMessage({ id, type: "event", event }, transfer);
  const steer: Steer = (listener) => {
    current.onSteer = listener;
  };
  try {
    const job = jobs[kind as keyof Jobs] as (input: unknown, emit: Emit, steer: Steer) => unknown;
    scope.postMessage({ id, type: "done", result: await job(input, emit, steer) });
  } catch (error) {
    scope.postMessage({ id, type: "failed", error: recordOf(error) });
  }
}

function recordOf(error: unknown): ErrorRecord {
  if (error instanceof SoftfieldError)
    return { code: error.code, message: error.message, place: error.place };
  return { code: "internal", message: error instanceof Error ? error.message : String(error), place: {} };
}
