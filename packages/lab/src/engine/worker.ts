import { serveJobs, serveTeam, trades } from "softfield/internal";
import type { Emit, Steer } from "./channel.ts";
import { transferOf } from "./handover.ts";
import { type JobRequest, jobs } from "./jobs.ts";
import { READER } from "./names.ts";
import { MEMBER, shareLargeWork } from "./team.ts";

/** The parts of a dedicated worker's global scope that are used here. */
interface WorkerScope {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown, transfer?: Transferable[]): void;
}
/** Milliseconds in which a worker that was started for a job has heard of it. */
const PATIENCE = 300;

const scope = self as unknown as WorkerScope;
const listen = (hear: (message: unknown) => void) => {
  scope.onmessage = ({ data }) => hear(data);
};

if (self.name === MEMBER) serveTeam(listen, trades);
else {
  shareLargeWork();
  // Whatever is asked first, what is found is read.
  const read = jobs.read();
  let asked = false;
  if (self.name === READER) {
    const ahead = async (): Promise<void> => {
      const [{ readAhead }] = await Promise.all([import("./ahead.ts"), read]);
      if (!asked) readAhead();
    };
    setTimeout(() => void (asked || ahead()), PATIENCE);
  }
  serveJobs<JobRequest, unknown, unknown>(
    { post: (message, transfer = []) => scope.postMessage(message, transfer), listen },
    async ({ kind, input }, emit, steer) => {
      asked = true;
      // What is said before the job's code has come waits for it.
      const early: unknown[] = [];
      let hear = (value: unknown): void => {
        early.push(value);
      };
      steer((value) => hear(value));
      const job = (await jobs[kind]()) as (input: unknown, emit: Emit, steer: Steer) => unknown;
      return job(input, emit, (heard) => {
        hear = heard;
        for (const value of early.splice(0)) heard(value);
      });
    },
    transferOf,
  );
}
