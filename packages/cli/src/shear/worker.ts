/** A thread that shears one glass to the end, as `thread.ts` asks. */
import { parentPort, workerData } from "node:worker_threads";
import { QuasistaticShear, SoftfieldError } from "softfield";
import type { FromWorker, ShearStart } from "./messages.ts";

try {
  work(workerData as ShearStart);
} catch (error) {
  const { message, stack } = error as Error;
  if (error instanceof SoftfieldError)
    post({ kind: "failed", code: error.code, message, place: error.place });
  else post({ kind: "failed", message: stack ?? message });
}

function work({ system, model, options, checkpoint }: ShearStart): void {
  const shear = checkpoint
    ? QuasistaticShear.resume(system, model, options, checkpoint)
    : QuasistaticShear.start(system, model, options);
  for (let saved = -1, over = false; !over; ) {
    const done = shear.events.length;
    if (done > saved) {
      post({ kind: "checkpoint", bytes: shear.checkpoint() });
      saved = done;
    }
    post({ kind: "progress", progress: shear.progress });
    over = shear.advance();
  }
  post({ kind: "done", result: shear.result(), settings: shear.settings });
}

function post(message: FromWorker): void {
  parentPort!.postMessage(message);
}
