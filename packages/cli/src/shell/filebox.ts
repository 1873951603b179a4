import { type FrameExtras, type System, wrapPositions } from "softfield";
import type { Configuration } from "./load.ts";

/** What of a file goes with its configuration into outputs: ids, and the corner of the box, which moves with the box. */
export function fileExtras(
  { ids, snapshot, system: given }: Configuration,
  now: System,
): Pick<FrameExtras, "ids" | "origin"> {
  const d = now.box.dimension;
  const origin = snapshot.origin.slice(0, d);
  const strained = now.box.vectors.some((v, k) => v !== given.box.vectors[k]);
  const corner = strained ? carried(origin, given.box.vectors, now.box.vectors) : origin;
  return { ...(ids && { ids }), ...(corner.some((x) => x !== 0) && { origin: corner }) };
}

/** Positions (N×d) moved by whole edges into the box that the file has, wherever its corner lies. */
export function inFileBox({ snapshot, system }: Configuration, positions: Float64Array): Float64Array {
  const d = system.box.dimension;
  const { origin } = snapshot;
  const { cartesian } = wrapPositions(
    system.box,
    positions.map((x, k) => x - origin[k % d]),
  );
  return cartesian.map((x, k) => x + origin[k % d]);
}

/** The point that has in the edges `to` (d×d rows, lower triangular) the coordinates that x has in the edges `from`. */
function carried(x: Float64Array, from: Float64Array, to: Float64Array): Float64Array {
  const d = x.length;
  const rest = x.slice();
  const point = new Float64Array(d);
  for (let a = d - 1; a >= 0; a--) {
    const s = rest[a] / from[a * d + a];
    for (let c = 0; c <= a; c++) {
      rest[c] -= s * from[a * d + c];
      point[c] += s * to[a * d + c];
    }
  }
  return point;
}
