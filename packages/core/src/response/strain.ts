import { square } from "../elementary.ts";
import {
  type Interactions,
  type Triples,
  tripleGradient,
  tripleHessian,
  tripleWork,
} from "../interactions/index.ts";

/** A vector of each interaction: m×d of pairs, and with a three-body term t×2d of the legs of triples. */
export interface LegVectors {
  readonly bonds: Float64Array;
  readonly legs: Float64Array;
}

const NO_TRIPLES: Pick<Triples, "centre" | "j" | "k" | "legs"> = {
  centre: new Int32Array(),
  j: new Int32Array(),
  k: new Int32Array(),
  legs: new Float64Array(),
};

/** What interactions are functions of: bond vectors u, and legs of triples. O(1). */
export function vectorsOf({ du, triples = NO_TRIPLES as Triples }: Interactions): LegVectors {
  return { bonds: du, legs: triples.legs };
}

/** ∂ε_α/∂u: gradients of pairs by their bond vectors, of triples by their legs. O(m). */
export function gradientsOf({ dimension: d, du, r, phi1, triples }: Interactions): LegVectors {
  const bonds = du.map((u, e) => {
    const m = Math.floor(e / d);
    return (phi1[m] / r[m]) * u;
  });
  const legs = new Float64Array(triples?.legs.length ?? 0);
  const work = tripleWork(d);
  for (let t = 0; triples && t < triples.centre.length; t++)
    legs.set(tripleGradient(triples, t, work), 2 * d * t);
  return { bonds, legs };
}

/** How bond vectors u and legs change with the strain alone: E·u, E d×d. O(m). */
export function affineVectors(interactions: Interactions, strain: ArrayLike<number>): LegVectors {
  const d = interactions.dimension;
  const strained = (vectors: Float64Array) =>
    vectors.map((_, e) => {
      const [start, a] = [e - (e % d), e % d];
      let sum = 0;
      for (let b = 0; b < d; b++) sum += strain[a * d + b] * vectors[start + b];
      return sum;
    });
  const { bonds, legs } = vectorsOf(interactions);
  return { bonds: strained(bonds), legs: strained(legs) };
}

/** v + w_j − w_i: what they change by once particles move by w (N×d) as well. O(m). */
export function followedVectors(
  { i, j, triples = NO_TRIPLES as Triples, dimension: d }: Interactions,
  { bonds, legs }: LegVectors,
  w: Float64Array,
): LegVectors {
  const between = (from: Int32Array, to: Int32Array, m: number, a: number) =>
    w[to[m] * d + a] - w[from[m] * d + a];
  return {
    bonds: bonds.map((v, e) => v + between(i, j, Math.floor(e / d), e % d)),
    legs: legs.map((v, e) => {
      const [t, leg] = [Math.floor(e / (2 * d)), Math.floor(e / d) % 2];
      return v + between(triples.centre, leg === 0 ? triples.j : triples.k, t, e % d);
    }),
  };
}

/** ∂²ε_α/∂u∂u · v: what the gradients of pairs and triples change by while u changes by v. O(m). */
export function gradientRates(interactions: Interactions, { bonds: v, legs }: LegVectors): LegVectors {
  const { dimension: d, du, r, phi1, phi2, triples } = interactions;
  const bonds = new Float64Array(v.length);
  for (let m = 0; m < r.length; m++) {
    const across = phi1[m] / r[m];
    let along = 0;
    for (let a = 0; a < d; a++) along += du[m * d + a] * v[m * d + a];
    along *= (phi2[m] - across) / square(r[m]);
    for (let a = 0; a < d; a++) bonds[m * d + a] = along * du[m * d + a] + across * v[m * d + a];
  }
  return { bonds, legs: triples ? legRates(triples, legs) : legs };
}

function legRates(triples: Triples, v: Float64Array): Float64Array {
  const w = v.length / triples.centre.length;
  const work = tripleWork(w / 2);
  const rates = new Float64Array(v.length);
  for (let t = 0; t < triples.centre.length; t++) {
    const h = tripleHessian(triples, t, work);
    for (let a = 0; a < w; a++) for (let b = 0; b < w; b++) rates[t * w + a] += h[a * w + b] * v[t * w + b];
  }
  return rates;
}

/** Their sum on the particles, N×d: + on the ends, − on the first particle or the centre. O(m). */
export function onParticles(
  { i, j, triples = NO_TRIPLES as Triples, dimension: d, particleCount }: Interactions,
  { bonds, legs }: LegVectors,
): Float64Array {
  const result = new Float64Array(particleCount * d);
  const add = (from: number, to: number, a: number, x: number) => {
    result[to * d + a] += x;
    result[from * d + a] -= x;
  };
  bonds.forEach((x, e) => {
    const m = Math.floor(e / d);
    add(i[m], j[m], e % d, x);
  });
  legs.forEach((x, e) => {
    const [t, leg] = [Math.floor(e / (2 * d)), Math.floor(e / d) % 2];
    add(triples.centre[t], (leg === 0 ? triples.j : triples.k)[t], e % d, x);
  });
  return result;
}

/** Σ_α x_α y_αᵀ over pairs and legs, d×d. O(m). */
export function dyads(d: number, x: LegVectors, y: LegVectors): Float64Array {
  const sum = new Float64Array(d * d);
  const add = (left: Float64Array, right: Float64Array) => {
    for (let start = 0; start < left.length; start += d)
      for (let a = 0; a < d; a++)
        for (let b = 0; b < d; b++) sum[a * d + b] += left[start + a] * right[start + b];
  };
  add(x.bonds, y.bonds);
  add(x.legs, y.legs);
  return sum;
}

/** Σ_α x_α·y_α over pairs and legs. O(m). */
export function products(d: number, x: LegVectors, y: LegVectors): number {
  return dyads(d, x, y).reduce((sum, entry, k) => (k % (d + 1) === 0 ? sum + entry : sum), 0);
}
