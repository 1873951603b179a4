import type { EmbeddingArrays } from "./embeddings-arrays.ts";
import type { Blocks } from "./terms.ts";

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
