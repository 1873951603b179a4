import {
  extxyzText,
  finishedGlass,
  type Glass,
  glassFrame,
  Preparation,
  SoftfieldError,
  sha256Hex,
} from "softfield/internal";
import type { Emit } from "./channel.ts";
import type { Frame, JobEvent, MadeGlass, MakeInput } from "./messages.ts";
import { pause, wrapped } from "./pace.ts";

/** Milliseconds between two pictures. */
const FRAME_MS = 33;
/** Milliseconds during which the liquid moves slowly enough to be watched. */
const SLOW_MS = 900;
const SLOW_STEPS = 20;

/** Makes a glass as `softfield make` does, sending pictures on the way. */
export async function makeJob({ recipe, unhurried, version }: MakeInput, send: Emit): Promise<MadeGlass> {
  const emit = (event: JobEvent, transfer?: Transferable[]) => send(event, transfer);
  const preparation = Preparation.start(recipe);
  const { field, dynamics, protocol } = preparation;
  // As in the file of the glass, whose box lies around the origin.
  const middle = field.box.vectors.filter((_, k) => k % (field.box.dimension + 1) === 0).map((x) => -0.5 * x);
  const picture = (stage: string, first = false): void => {
    const frame: Frame = {
      box: field.box,
      positions: wrapped(field.box, field.wrappedPositions(), middle),
      stage,
      time: dynamics.step * protocol.dt,
      temperature: stage === "minimise" ? 0 : dynamics.temperature,
      energy: field.energy / field.count,
      ...(first ? { species: field.system().species } : {}),
    };
    emit({ type: "frame", frame }, [frame.positions.buffer]);
  };
  const began = performance.now();
  picture("liquid", true);
  for (let ready = false, steps = SLOW_STEPS; !ready; ) {
    const { stage } = preparation.progress;
    const start = performance.now();
    const slow = unhurried && start - began < SLOW_MS;
    ready = preparation.advance(slow ? SLOW_STEPS : steps);
    const spent = performance.now() - start;
    if (!slow) steps = Math.min(2000, Math.max(20, Math.round((steps * FRAME_MS) / Math.max(1, spent))));
    picture(stage);
    emit({ type: "progress", progress: preparation.progress });
    await pause(slow ? FRAME_MS - spent : 0);
  }
  let last = performance.now();
  const glass = finishedGlass(preparation, {
    onProgress: (progress) => {
      emit({ type: "progress", progress });
      if (performance.now() - last < FRAME_MS) return;
      last = performance.now();
      picture("minimise");
    },
  });
  requireMinimum(glass, recipe.seed);
  picture("minimise");
  const frame = glassFrame(glass, recipe, version);
  const text = [...extxyzText(frame)].join("");
  const corner = frame.origin ?? new Float64Array(field.box.dimension);
  return { ...glass, text, sha256: sha256Hex(text), corner };
}

/** As `softfield make`: what did not reach its minimum is no glass. */
function requireMinimum({ minimization: { status, residual } }: Glass, seed: number): void {
  if (status === "converged") return;
  throw new SoftfieldError(
    "not-a-minimum",
    `seed ${seed}: the minimisation ended ${status === "saddle" ? "at a saddle" : "stalled"} ` +
      `(residual ${residual.toExponential(2)}); another minimiser, or a looser tolerance, may do`,
  );
}
