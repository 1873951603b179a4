import { serveJobs } from "softfield/internal";
import type { Emit, Steer } from "./channel.ts";
import { type JobRequest, jobs } from "./jobs.ts";

/** The parts of a dedicated worker's global scope that are used here. */
interface WorkerScope {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown, transfer?: Transferable[]): void;
}
const scope = self as unknown as WorkerScope;

serveJobs<JobRequest, unknown, unknown>(
  {
    post: (message, transfer = []) => scope.postMessage(message, transfer),
    listen: (hear) => {
      scope.onmessage = ({ data }) => hear(data);
    },
  },
  ({ kind, input }, emit, steer) => {
    const job = jobs[kind] as (input: unknown, emit: Emit, steer: Steer) => unknown;
    return job(input, emit, steer);
  },
);
