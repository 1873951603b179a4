/** A thread that shears one glass to the end, as `thread.ts` asks. */
import { serveThread, useMachine } from "@softfield/node";
import { cyclicShear, type Emit, type Progress, QuasistaticShear } from "softfield/internal";
import type { ShearEvent, Sheared, ShearStart } from "./messages.ts";

await serveThread(() => shear);

function shear(start: ShearStart, emit: Emit<ShearEvent>): Sheared {
  const { system, model, options, cyclic, checkpoint, threads } = start;
  useMachine(threads);
  if (cyclic) {
    const { events: _events, maxStrain: _maxStrain, ...rest } = options;
    const onProgress = (progress: Progress) => emit({ kind: "progress", progress });
    const onCheckpoint = (bytes: Uint8Array) => emit({ kind: "checkpoint", bytes });
    const result = cyclicShear(
      system,
      model,
      { ...rest, ...cyclic },
      { onProgress, onCheckpoint, checkpoint },
    );
    return { result, settings: result.settings };
  }
  const run = checkpoint
    ? QuasistaticShear.resume(system, model, options, checkpoint)
    : QuasistaticShear.start(system, model, options);
  for (let saved = -1, over = false; !over; ) {
    const done = run.events.length;
    if (done > saved) {
      emit({ kind: "checkpoint", bytes: run.checkpoint() });
      saved = done;
    }
    emit({ kind: "progress", progress: run.progress });
    over = run.advance();
  }
  return { result: run.result(), settings: run.settings };
}
