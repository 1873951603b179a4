/** A thread that makes glasses, one after another, as `pool.ts` asks. */
import { serveThread, useMachine } from "@softfield/node";
import { type Emit, finishedGlass, Preparation } from "softfield/internal";
import { type GlassJob, type MakeAnswer, type MakeEvent, STOP, type WorkerSetup } from "./messages.ts";

/** Seconds of work between two looks at the stop flag, and two reports. */
const PATIENCE = 0.2;

await serveThread((setup: WorkerSetup) => {
  useMachine(setup.share);
  return (job: GlassJob, emit: Emit<MakeEvent>): MakeAnswer => make(job, setup, emit);
});

function make(
  { recipe, checkpoint }: GlassJob,
  { flags, checkpointSeconds }: WorkerSetup,
  emit: Emit<MakeEvent>,
): MakeAnswer {
  const preparation = checkpoint ? Preparation.resume(recipe, checkpoint) : Preparation.start(recipe);
  let steps = 10;
  let saved = performance.now();
  for (let ready = false; !ready; ) {
    if (Atomics.load(flags, STOP) !== 0) return { stopped: preparation.checkpoint() };
    const start = performance.now();
    ready = preparation.advance(steps);
    const seconds = Math.max(1e-4, (performance.now() - start) / 1000);
    steps = Math.ceil(Math.min(10 * steps, (steps * PATIENCE) / seconds));
    emit({ kind: "progress", progress: preparation.progress });
    if (performance.now() - saved > 1000 * checkpointSeconds) {
      emit({ kind: "checkpoint", bytes: preparation.checkpoint() });
      saved = performance.now();
    }
  }
  emit({ kind: "minimising", bytes: preparation.checkpoint() });
  const { minimization, ...glass } = finishedGlass(preparation);
  const { mode: _, ...outcome } = minimization;
  return { glass: { ...glass, minimization: outcome } };
}
