import { type Interactions, renamed } from "../interactions/index.ts";
import { type Box, minimumImage } from "../space/index.ts";
import { dot, rowsOf } from "../vectors.ts";

/** A glass in which modes are looked for place by place. */
export interface Surroundings {
  readonly box: Box;
  /** N×d, unit λ */
  readonly positions: Float64Array;
  readonly interactions: Interactions;
}

/** The particles around one of a glass, ascending, and the interactions among them, numbered by themselves. */
export interface Part extends Surroundings {
  readonly centre: number;
  readonly particles: Int32Array;
}

/** The parts of a glass within a radius of one particle each, every one made once: O(its particles) beside one O(N) a neighbourhood. */
export class Parts {
  readonly #whole: Surroundings;
  readonly #radius: number;
  readonly #made = new Map<number, Part>();
  /** Parts of twice the radius, from which those of the particles near their centres are cut. */
  readonly #wide: Part[] = [];

  constructor(whole: Surroundings, radius: number) {
    this.#whole = whole;
    this.#radius = radius;
  }

  /** Whether the parts around two particles may have particles in common. */
  meet(one: number, other: number): boolean {
    const { box, positions } = this.#whole;
    const d = box.dimension;
    const at = positions.subarray(one * d, (one + 1) * d);
    return squaredDistance(box, at, positions, other) <= 4 * this.#radius * this.#radius;
  }

  around(centre: number): Part {
    const known = this.#made.get(centre);
    if (known) return known;
    const { box, positions } = this.#whole;
    const [d, radius] = [box.dimension, this.#radius];
    const at = positions.subarray(centre * d, (centre + 1) * d);
    let wide = this.#wide.find((one) => squaredDistance(box, at, positions, one.centre) <= radius * radius);
    if (!wide) {
      wide = cut(this.#whole, at, 2 * radius, centre);
      this.#wide.push(wide);
    }
    const part = cut(wide, at, radius, centre);
    const own = { ...part, particles: part.particles.map((p) => wide.particles[p]) };
    this.#made.set(centre, own);
    return own;
  }
}

function cut(
  { box, positions, interactions }: Surroundings,
  at: Float64Array,
  radius: number,
  centre: number,
): Part {
  const d = box.dimension;
  const names = new Int32Array(interactions.particleCount).fill(-1);
  const kept: number[] = [];
  for (let p = 0; p < names.length; p++) {
    if (squaredDistance(box, at, positions, p) > radius * radius) continue;
    names[p] = kept.length;
    kept.push(p);
  }
  const particles = Int32Array.from(kept);
  return {
    centre,
    particles,
    box,
    positions: rowsOf(positions, particles, d),
    interactions: renamed(interactions, names, particles.length),
  };
}

function squaredDistance(box: Box, at: Float64Array, positions: Float64Array, p: number): number {
  const d = box.dimension;
  const u = new Float64Array(d);
  for (let a = 0; a < d; a++) u[a] = positions[p * d + a] - at[a];
  minimumImage(box, u);
  return dot(u, u);
}
