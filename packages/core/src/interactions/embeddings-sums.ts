import type { EmbeddingArrays } from "./embeddings-arrays.ts";
import type { AffineMotion, Blocks } from "./terms.ts";

/*
 * Sums over embedded atoms. With n = u/r of a leg, ∂ρ/∂u = f′n and ∂²ρ/∂u∂u = k(f) = f″ nn + (f′/r)(1 − nn), ε = F(ρ) has
 * the gradient F′ f′n of each leg and the Hessian F′ k on each leg with F″ (f′n)(f′n)ᵀ between all legs of an atom.
 * O(legs).
 */

/** F′ f′n of every leg, L×d. */
export function embeddingGradients(e: EmbeddingArrays): Float64Array {
  const { dimension: d, starts, vectors, r, f1, F1 } = e;
  const g = new Float64Array(vectors.length);
  for (let t = 0; t < F1.length; t++) {
    for (let l = starts[t]; l < starts[t + 1]; l++) {
      const pull = (F1[t] * f1[l]) / r[l];
      for (let a = 0; a < d; a++) g[l * d + a] = pull * vectors[l * d + a];
    }
  }
  return g;
}

/** Adds leg vectors (L×d) on particles: + on the ends, − on the centres. */
export function addOnLegs(
  { dimension: d, centre, starts, ends }: EmbeddingArrays,
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

/** ∂ρ of every atom while its legs change by v (L×d), t: Σ f′ n·v. */
export function densityRates(e: EmbeddingArrays, v: Float64Array): Float64Array {
  const { dimension: d, centre, starts, vectors, r, f1 } = e;
  return Float64Array.from(centre, (_, t) => {
    let sum = 0;
    for (let l = starts[t]; l < starts[t + 1]; l++) {
      let along = 0;
      for (let a = 0; a < d; a++) along += vectors[l * d + a] * v[l * d + a];
      sum += (f1[l] / r[l]) * along;
    }
    return sum;
  });
}

/** F′ k·v + F″ (∂ρ·v) f′n of every leg, L×d. */
export function embeddingRates(e: EmbeddingArrays, v: Float64Array): Float64Array {
  const { dimension: d, starts, vectors, r, f1, f2, F1, F2 } = e;
  const rates = new Float64Array(v.length);
  const rho = densityRates(e, v);
  for (let t = 0; t < F1.length; t++) {
    for (let l = starts[t]; l < starts[t + 1]; l++) {
      const across = f1[l] / r[l];
      let along = 0;
      for (let a = 0; a < d; a++) along += vectors[l * d + a] * v[l * d + a];
      along *= (F1[t] * (f2[l] - across)) / (r[l] * r[l]);
      const turned = F1[t] * across;
      const denser = F2[t] * rho[t] * across;
      for (let a = 0; a < d; a++)
        rates[l * d + a] = (along + denser) * vectors[l * d + a] + turned * v[l * d + a];
    }
  }
  return rates;
}

/** Adds Σ F′ f′ r n nᵀ to `sigma` (d×d). */
export function addEmbeddingVirial(e: EmbeddingArrays, sigma: Float64Array): void {
  const { dimension: d, vectors } = e;
  const g = embeddingGradients(e);
  for (let l = 0; l < g.length; l += d)
    for (let a = 0; a < d; a++) for (let b = 0; b < d; b++) sigma[a * d + b] += g[l + a] * vectors[l + b];
}

/** All legs change by u′ = D·u: adds H·y′ and gives Σ g·y′ and Σ y′·H·y′ + g·C y. */
export function addEmbeddingAffine(
  e: EmbeddingArrays,
  { rate, curvature }: AffineMotion,
  force: Float64Array,
): { first: number; second: number } {
  const { dimension: d, vectors } = e;
  const by = (matrix: Float64Array) =>
    vectors.map((_, k) => {
      const [start, a] = [k - (k % d), k % d];
      let sum = 0;
      for (let b = 0; b < d; b++) sum += matrix[a * d + b] * vectors[start + b];
      return sum;
    });
  const [moved, bent] = [by(rate), by(curvature)];
  const g = embeddingGradients(e);
  const pull = embeddingRates(e, moved);
  addOnLegs(e, pull, force);
  let [first, second] = [0, 0];
  for (let k = 0; k < g.length; k++) {
    first += g[k] * moved[k];
    second += pull[k] * moved[k] + g[k] * bent[k];
  }
  return { first, second };
}

/** Adds F′ k of each leg to the blocks of the particles that it joins; `places`: that of each leg. */
export function addLegCurvatures(
  e: EmbeddingArrays,
  { width, lower, diagonal }: Pick<Blocks, "width" | "lower" | "diagonal">,
  placeOf: (t: number, l: number) => number,
): void {
  const { dimension: d, centre, starts, ends, vectors, r, f1, f2, F1 } = e;
  const size = width * width;
  for (let t = 0; t < centre.length; t++) {
    for (let l = starts[t]; l < starts[t + 1]; l++) {
      const transverse = (F1[t] * f1[l]) / r[l];
      const along = (F1[t] * f2[l] - transverse) / (r[l] * r[l]);
      const cc = centre[t] * size;
      const ee = ends[l] * size;
      const ce = placeOf(t, l) * size;
      for (let a = 0; a < d; a++) {
        for (let b = 0; b < d; b++) {
          const k = along * (vectors[l * d + a] * vectors[l * d + b]) + (a === b ? transverse : 0);
          const ab = a * width + b;
          diagonal[cc + ab] += k;
          diagonal[ee + ab] += k;
          lower[ce + ab] -= k;
        }
      }
    }
  }
}

/**
 * Adds the blocks of M with one unknown σ an atom, the last of its block: F′ k on x, √|F″| ∂ρ/∂x between σ and x, and
 * −sign F″ on σ, so that eliminating σ gives F″ ∂ρ ∂ρᵀ. Where F″ = 0, σ stands alone with 1.
 */
export function addWithUnknown(e: EmbeddingArrays, blocks: Blocks): void {
  const { dimension: d, centre, starts, ends, vectors, r, f1, F2 } = e;
  const { width: w, own, lower, diagonal, places } = blocks;
  const size = w * w;
  addLegCurvatures(e, blocks, (_, l) => places[l]);
  for (let t = 0; t < centre.length; t++) {
    const c = centre[t];
    const scale = Math.sqrt(Math.abs(F2[t]));
    diagonal[c * size + own * w + own] += F2[t] > 0 ? -1 : 1;
    for (let l = starts[t]; l < starts[t + 1]; l++) {
      const pull = (scale * f1[l]) / r[l];
      // block row: the larger of both particles
      const ofEnd = ends[l] > c;
      for (let a = 0; a < d; a++) {
        const g = pull * vectors[l * d + a];
        lower[places[l] * size + (ofEnd ? a * w + own : own * w + a)] += g;
        diagonal[c * size + a * w + own] -= g;
        diagonal[c * size + own * w + a] -= g;
      }
    }
  }
}

/** ∂ρ/∂x of an atom on itself, then on the end of each of its legs: (1 + z)×d. */
export function densityGradient(e: EmbeddingArrays, t: number): Float64Array {
  const { dimension: d, starts, vectors, r, f1 } = e;
  const first = starts[t];
  const g = new Float64Array((1 + starts[t + 1] - first) * d);
  for (let l = first; l < starts[t + 1]; l++) {
    for (let a = 0; a < d; a++) {
      const value = (f1[l] / r[l]) * vectors[l * d + a];
      g[(1 + l - first) * d + a] = value;
      g[a] -= value;
    }
  }
  return g;
}
