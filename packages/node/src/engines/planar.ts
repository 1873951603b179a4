import { createBox, type Snapshot } from "softfield";

/** A configuration of three components whose particles have one z, as one of two; others as they are. */
export function planar(snapshot: Snapshot): Snapshot {
  const { box, origin, positions, periodic, count, dimension } = snapshot;
  const [, , z] = positions;
  if (dimension === 2 || count < 3 || positions.some((x, k) => k % 3 === 2 && x !== z)) return snapshot;
  return {
    ...snapshot,
    dimension: 2,
    box: createBox(2, Float64Array.of(box.vectors[0], 0, box.vectors[3], box.vectors[4])),
    origin: origin.slice(0, 2),
    periodic: periodic.slice(0, 2),
    positions: Float64Array.from({ length: 2 * count }, (_, k) => positions[3 * (k >> 1) + (k & 1)]),
  };
}
