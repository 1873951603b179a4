import { SoftfieldError } from "../errors.ts";
import type { Box } from "../space/index.ts";
import type { Snapshot } from "./types.ts";

/** Particles lie in one plane if their z agree to this, in units of the mean spacing. */
const PLANE_TOLERANCE = 1e-8;

/** The z that all particles share, or undefined where they do not (or have none). */
export function planeOf({ dimension, positions, count, box }: Snapshot): number | undefined {
  if (dimension === 2) return undefined;
  const spacing = Math.sqrt((box.vectors[0] * box.vectors[4]) / count);
  const z = positions[2];
  for (let at = 2; at < positions.length; at += 3) {
    if (!(Math.abs(positions[at] - z) <= PLANE_TOLERANCE * spacing)) return undefined;
  }
  return z;
}

export function planarBox({ vectors: v }: Box): Box {
  return { dimension: 2, vectors: Float64Array.of(v[0], 0, v[3], v[4]) };
}

export function planarPositions(positions: Float64Array): Float64Array {
  const count = positions.length / 3;
  const planar = new Float64Array(2 * count);
  for (let a = 0; a < count; a++) {
    planar[2 * a] = positions[3 * a];
    planar[2 * a + 1] = positions[3 * a + 1];
  }
  return planar;
}

/**
 * A configuration whose particles, three or more, have one z, as one of two dimensions; others as they are. Throws "geometry"
 * where the lattice was turned out of the plane of x and y of the file: no turn of two axes leads back to it.
 */
export function planar(snapshot: Snapshot): Snapshot {
  if (snapshot.count < 3 || planeOf(snapshot) === undefined) return snapshot;
  const { box, origin, positions, periodic, rotation: q } = snapshot;
  if (q && Math.max(Math.abs(q[2]), Math.abs(q[5])) > PLANE_TOLERANCE) {
    throw new SoftfieldError(
      "geometry",
      `${snapshot.source}: all particles lie in the plane of the first two edges of the box, which is not that of x and y: ` +
        "turn the configuration so that they lie at one z",
      { file: snapshot.source, field: "Lattice" },
    );
  }
  return {
    ...snapshot,
    dimension: 2,
    box: planarBox(box),
    origin: origin.slice(0, 2),
    periodic: periodic.slice(0, 2),
    positions: planarPositions(positions),
    rotation: q && Float64Array.of(q[0], q[1], q[3], q[4]),
  };
}
