import { mapped } from "../squarematrices.ts";
import type { Interactions } from "./interactions.ts";
import type { Legs } from "./terms.ts";

/*
 * Vectors of legs: one array a family, L×d, in the order of its legs. What interactions are functions of, and what
 * changes with strain and with the motion of particles.
 */

/** A vector of each leg of each family. */
export type LegVectors = readonly Float64Array[];

/** The legs of every family. O(m). */
export function legsOf({ families }: Interactions): readonly Legs[] {
  return families.map((family) => family.legs());
}

/** How legs u change with the strain alone: E·u, E d×d (read). O(m). */
export function strained(legs: readonly Legs[], strain: ArrayLike<number>): LegVectors {
  return legs.map(({ vectors }) => mapped(vectors, strain, Math.sqrt(strain.length)));
}

/** w_to − w_from of each leg for a field w (N×d, read), L×d. O(L). */
export function stretched({ from, to }: Pick<Legs, "from" | "to">, w: Float64Array, d: number): Float64Array {
  const result = new Float64Array(from.length * d);
  for (let l = 0; l < from.length; l++)
    for (let a = 0; a < d; a++) result[l * d + a] = w[to[l] * d + a] - w[from[l] * d + a];
  return result;
}

/** v + w_to − w_from: what legs change by (v) once particles move by w (N×d, read) as well. O(m). */
export function followed(legs: readonly Legs[], v: LegVectors, w: Float64Array, d: number): LegVectors {
  return legs.map((own, f) => {
    const by = stretched(own, w, d);
    return v[f].map((x, e) => x + by[e]);
  });
}

/** Sum of leg vectors on the particles, N×d: + on the ends, − on the roots. O(m). */
export function onParticles(legs: readonly Legs[], x: LegVectors, shape: Shape): Float64Array {
  const { dimension: d, particleCount } = shape;
  const result = new Float64Array(particleCount * d);
  legs.forEach(({ from, to }, f) => {
    const values = x[f];
    for (let l = 0; l < from.length; l++) {
      for (let a = 0; a < d; a++) {
        result[to[l] * d + a] += values[l * d + a];
        result[from[l] * d + a] -= values[l * d + a];
      }
    }
  });
  return result;
}

type Shape = Pick<Interactions, "dimension" | "particleCount">;

/** Σ x yᵀ over all legs, d×d. O(m). */
export function dyads(d: number, x: LegVectors, y: LegVectors): Float64Array {
  const sum = new Float64Array(d * d);
  x.forEach((left, f) => {
    const right = y[f];
    for (let start = 0; start < left.length; start += d)
      for (let a = 0; a < d; a++)
        for (let b = 0; b < d; b++) sum[a * d + b] += left[start + a] * right[start + b];
  });
  return sum;
}

/** Σ x·y over all legs. O(m). */
export function products(d: number, x: LegVectors, y: LegVectors): number {
  return dyads(d, x, y).reduce((sum, entry, k) => (k % (d + 1) === 0 ? sum + entry : sum), 0);
}
