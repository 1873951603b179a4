import { type Box, wrapPositions } from "../space/index.ts";

/** Positions (N×d, unit λ) moved by whole edges into a box whose corner lies at `corner` (d), as a file's does. O(N). */
export function intoBoxAt(box: Box, corner: Float64Array, positions: Float64Array): Float64Array {
  const d = box.dimension;
  const from = positions.slice();
  for (let p = 0; p < from.length; p += d) for (let a = 0; a < d; a++) from[p + a] = from[p + a] - corner[a];
  const { cartesian } = wrapPositions(box, from);
  for (let p = 0; p < from.length; p += d)
    for (let a = 0; a < d; a++) cartesian[p + a] = cartesian[p + a] + corner[a];
  return cartesian;
}

/** Where a point (d) that goes with the box is once the box `from` has become `to`: at the same shares of the edges. */
export function carriedPoint(x: Float64Array, from: Box, to: Box): Float64Array {
  const d = x.length;
  const rest = x.slice();
  const point = new Float64Array(d);
  for (let a = d - 1; a >= 0; a--) {
    const s = rest[a] / from.vectors[a * d + a];
    for (let c = 0; c <= a; c++) {
      rest[c] -= s * from.vectors[a * d + c];
      point[c] += s * to.vectors[a * d + c];
    }
  }
  return point;
}
