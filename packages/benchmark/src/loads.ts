import type { DeformationOptions } from "softfield";

/** A load of the benchmark, and what tables call it. */
export interface Load {
  readonly name: string;
  readonly options: DeformationOptions;
}

const PLANES = ["xy", "xz", "yz"] as const;

/**
 * Simple shears in so many directions. In 2D they are spread evenly over half a turn, since a shear turned by 180° is
 * the same (turned by 90° it is the opposite one, but for a rotation); in 3D the planes take turns, and each is sheared
 * along its first axis, its diagonal, its second axis, and so on.
 */
export function loadsOf(dimension: 2 | 3, count: number): readonly Load[] {
  return Array.from({ length: count }, (_, k) => {
    if (dimension === 2) {
      const angle = (180 * k) / count;
      return { name: `${Number(angle.toFixed(4))}°`, options: { angle } };
    }
    const plane = PLANES[k % PLANES.length];
    const turns = Math.ceil(count / PLANES.length);
    const angle = (180 * Math.floor(k / PLANES.length)) / turns;
    return { name: `${plane} ${Number(angle.toFixed(4))}°`, options: { plane, angle } };
  });
}
