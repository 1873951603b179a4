import { ForceField, minimize, SoftfieldError, zeroModeWords } from "softfield/internal";
import type { Emit } from "./channel.ts";
import type { JobEvent, MinimizedSystem, MinimizeInput } from "./messages.ts";
import { wrapped } from "./pace.ts";

const FRAME_MS = 50;

/** Brings a configuration to its minimum as `softfield minimize` does. */
export function minimizeJob({ system, model, corner }: MinimizeInput, send: Emit): MinimizedSystem {
  const emit = (event: JobEvent, transfer?: Transferable[]) => send(event, transfer);
  const field = ForceField.create(system, model);
  let last = performance.now();
  const minimization = minimize(
    field,
    {},
    {
      onProgress: (progress) => {
        emit({ type: "progress", progress });
        if (performance.now() - last < FRAME_MS) return;
        last = performance.now();
        const positions = wrapped(field.box, field.wrappedPositions(), corner);
        const energy = field.energy / field.count;
        const frame = { box: field.box, positions, stage: "minimise", time: 0, temperature: 0, energy };
        emit({ type: "frame", frame }, [positions.buffer]);
      },
    },
  );
  const { free } = minimization;
  if (free)
    throw new SoftfieldError("not-a-minimum", zeroModeWords(free, field.count), { particle: free[0] });
  if (minimization.status !== "converged") {
    throw new SoftfieldError(
      "not-a-minimum",
      minimization.status === "unjammed"
        ? "no overlap is left at this density: the particles are not jammed"
        : `the minimisation ended ${minimization.status === "saddle" ? "at a saddle" : "stalled"} ` +
            `(residual ${minimization.residual.toExponential(2)})`,
    );
  }
  return { system: field.system(), minimization };
}
