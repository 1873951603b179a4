import { type DeformationOptions, loads as registered } from "softfield";
import { z } from "zod";

/** A load of the benchmark, and what tables call it. */
export interface Load {
  readonly name: string;
  readonly options: DeformationOptions;
}

const PLANES = ["xy", "xz", "yz"] as const;

/** Which loads a benchmark has. */
export interface LoadChoice {
  /** How many directions. */
  readonly loads: number;
  /** By its name; default simple shear. */
  readonly load?: string | undefined;
  readonly pressure?: number | undefined;
}

/** Fields of a section that say it, with the number of directions that there are by default. */
export function loadFields(directions: number) {
  return {
    loads: z.int().min(1).max(36).default(directions).describe("Directions of the load."),
    load: z
      .string()
      .min(1)
      .optional()
      .describe("A load by its name, as softfield shear --load takes it; simple shear."),
    pressure: z.number().optional().describe("Which the box keeps by what of it is free under the load."),
  };
}

/** Of the strains of events. */
export const TOLERANCE = 1e-7;

/**
 * One load in so many directions. In 2D they are spread evenly over half a turn, since a load turned by 180° is the same
 * (a shear turned by 90° is the opposite one, but for a rotation); in 3D the planes take turns, and each is loaded along its
 * first axis, its diagonal, its second axis, and so on. Names of other loads than simple shear begin with theirs.
 */
export function loadsOf(dimension: 2 | 3, { loads: count, load, pressure }: LoadChoice): readonly Load[] {
  const kind = load === undefined ? {} : { kind: registered.get(load).name };
  const common = { ...kind, ...(pressure !== undefined && { pressure }) };
  const called = load === undefined || load === "simple" ? "" : `${load} `;
  return Array.from({ length: count }, (_, k) => {
    if (dimension === 2) {
      const angle = (180 * k) / count;
      return { name: `${called}${Number(angle.toFixed(4))}°`, options: { ...common, angle } };
    }
    const plane = PLANES[k % PLANES.length];
    const turns = Math.ceil(count / PLANES.length);
    const angle = (180 * Math.floor(k / PLANES.length)) / turns;
    return { name: `${called}${plane} ${Number(angle.toFixed(4))}°`, options: { ...common, plane, angle } };
  });
}
