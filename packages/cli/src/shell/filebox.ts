import type { FrameExtras, System } from "softfield";
import { carriedPoint, intoBoxAt } from "softfield/internal";
import type { Configuration } from "./load.ts";

/** What of a file goes with its configuration into outputs: ids, and the corner of the box, which moves with the box. */
export function fileExtras(
  { ids, snapshot, system: given }: Configuration,
  now: System,
): Pick<FrameExtras, "ids" | "origin"> {
  const origin = snapshot.origin.slice(0, now.box.dimension);
  const strained = now.box.vectors.some((v, k) => v !== given.box.vectors[k]);
  const corner = strained ? carriedPoint(origin, given.box, now.box) : origin;
  return { ids, origin: corner.some((x) => x !== 0) ? corner : undefined };
}

/** Positions (N×d) moved by whole edges into the box that the file has, wherever its corner lies. */
export function inFileBox({ snapshot, system }: Configuration, positions: Float64Array): Float64Array {
  return intoBoxAt(system.box, snapshot.origin, positions);
}
