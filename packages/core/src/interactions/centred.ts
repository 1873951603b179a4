import { mapped } from "../squarematrices.ts";
import { rowsOf } from "../vectors.ts";
import type { AffineMotion, Legs } from "./terms.ts";

/** Terms of a centre with any number of legs, as a struct of arrays: those of term t are starts[t] … starts[t + 1]. */
export interface CentredArrays {
  readonly dimension: 2 | 3;
  /** t */
  readonly centre: Int32Array;
  /** t+1 */
  readonly starts: Int32Array;
  /** L, the particle at the end of each leg */
  readonly ends: Int32Array;
  /** L×d, u = x_end − x_centre, unit λ */
  readonly vectors: Float64Array;
}

/** What families of such terms have alike: where their legs are, and what follows from ∂ε/∂y and ∂²ε/∂y∂y alone. */
export abstract class CentredTerms<Arrays extends CentredArrays> {
  readonly arrays: Arrays;
  /** The centre, one cutoff away, and all of its legs. */
  readonly surroundings: number = 2;

  /** The arrays are kept, not copied. */
  constructor(arrays: Arrays) {
    this.arrays = arrays;
  }

  abstract legGradients(): Float64Array;
  abstract legRates(v: Float64Array): Float64Array;

  get dimension(): 2 | 3 {
    return this.arrays.dimension;
  }

  get count(): number {
    return this.arrays.centre.length;
  }

  legs(): Legs {
    const { centre, starts, ends, vectors } = this.arrays;
    const from = new Int32Array(ends.length);
    for (let t = 0; t < centre.length; t++) from.fill(centre[t], starts[t], starts[t + 1]);
    return { from, to: ends, vectors, starts };
  }

  members(term: number): { readonly root: number; readonly ends: Int32Array } {
    const { centre, starts, ends } = this.arrays;
    return { root: centre[term], ends: ends.subarray(starts[term], starts[term + 1]) };
  }

  addGradient(gradient: Float64Array): void {
    addOnEnds(this.arrays, this.legGradients(), gradient);
  }

  /** Adds Σ g uᵀ to `sigma` (d×d). */
  addVirial(sigma: Float64Array): void {
    const { dimension: d, vectors } = this.arrays;
    const g = this.legGradients();
    for (let l = 0; l < g.length; l += d)
      for (let a = 0; a < d; a++) for (let b = 0; b < d; b++) sigma[a * d + b] += g[l + a] * vectors[l + b];
  }

  /** All legs change by y′ = D·u and bend by C·u: adds H·y′ to `force`, and gives g, y′, C·u and H·y′, L×d each. */
  protected followAffine({ rate, curvature }: AffineMotion, force: Float64Array) {
    const { dimension: d, vectors } = this.arrays;
    const [moved, bent] = [mapped(vectors, rate, d), mapped(vectors, curvature, d)];
    const pull = this.legRates(moved);
    addOnEnds(this.arrays, pull, force);
    return { gradient: this.legGradients(), moved, bent, pull };
  }
}

/** Adds leg vectors (L×d) on particles: + on the ends, − on the centres. O(L). */
export function addOnEnds(
  { dimension: d, centre, starts, ends }: CentredArrays,
  values: Float64Array,
  out: Float64Array,
): void {
  for (let t = 0; t < centre.length; t++) {
    for (let l = starts[t]; l < starts[t + 1]; l++) {
      for (let a = 0; a < d; a++) {
        out[ends[l] * d + a] += values[l * d + a];
        out[centre[t] * d + a] -= values[l * d + a];
      }
    }
  }
}

/** Terms all of whose particles have names (−1: none). */
export function named({ centre, starts, ends }: CentredArrays, names: Int32Array): Int32Array {
  return Int32Array.from(centre.keys()).filter(
    (t) =>
      names[centre[t]] !== -1 && ends.subarray(starts[t], starts[t + 1]).every((end) => names[end] !== -1),
  );
}

/** Some terms with their legs: which legs, and as arrays of their own, renamed. */
export function someTerms(
  { dimension: d, centre, starts, ends, vectors }: CentredArrays,
  terms: Int32Array,
  names: Int32Array,
): { readonly legs: Int32Array; readonly arrays: CentredArrays } {
  const kept = new Int32Array(terms.length + 1);
  terms.forEach((t, k) => {
    kept[k + 1] = kept[k] + starts[t + 1] - starts[t];
  });
  const legs = new Int32Array(kept[terms.length]);
  terms.forEach((t, k) => {
    for (let l = starts[t]; l < starts[t + 1]; l++) legs[kept[k] + l - starts[t]] = l;
  });
  const arrays = {
    dimension: d,
    centre: terms.map((t) => names[centre[t]]),
    starts: kept,
    ends: legs.map((l) => names[ends[l]]),
    vectors: rowsOf(vectors, legs, d),
  };
  return { legs, arrays };
}
