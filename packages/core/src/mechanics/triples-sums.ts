import type { Triples } from "./triples.ts";
import { JET } from "./triples.ts";
import { tripleGradient, tripleHessian, tripleThird, tripleWork } from "./triples-derivatives.ts";

/*
 * Sums over triples that stand beside those over pairs in energy.ts, hessian.ts and third.ts. Each adds to what the
 * pairs gave; O(triples).
 */

/** Σ_t ε_t. */
export function tripleEnergies({ centre, jets }: Triples): number {
  let sum = 0;
  for (let t = 0; t < centre.length; t++) sum += jets[t * JET] as number;
  return sum;
}

/** Adds y (2d: of j, then of k) on the particles of triple t: j and k get their parts, the centre minus both. */
function addOn({ centre, j, k }: Triples, t: number, y: Float64Array, field: Float64Array): void {
  const d = y.length / 2;
  for (let a = 0; a < d; a++) {
    field[(j[t] as number) * d + a]! += y[a] as number;
    field[(k[t] as number) * d + a]! += y[d + a] as number;
    field[(centre[t] as number) * d + a]! -= (y[a] as number) + (y[d + a] as number);
  }
}

/** Adds ∂/∂x Σ_t ε_t to `gradient` (N×d). */
export function addTripleGradient(triples: Triples, d: number, gradient: Float64Array): void {
  const work = tripleWork(d);
  for (let t = 0; t < triples.centre.length; t++)
    addOn(triples, t, tripleGradient(triples, t, work), gradient);
}

/** Adds Σ_t (g₁ u₁ᵀ + g₂ u₂ᵀ), the virial V·σ of the triples, to `sigma` (d×d). */
export function addTripleVirial(triples: Triples, d: number, sigma: Float64Array): void {
  const work = tripleWork(d);
  for (let t = 0; t < triples.centre.length; t++) {
    const g = tripleGradient(triples, t, work);
    for (let leg = 0; leg < 2; leg++)
      for (let a = 0; a < d; a++)
        for (let b = 0; b < d; b++)
          sigma[a * d + b]! += (g[leg * d + a] as number) * (triples.legs[(2 * t + leg) * d + b] as number);
  }
}

/** Where the blocks of a triple go: `add(p, q, sign, block)` adds ± a d×d block to (p, q), or to the diagonal. */
export type AddBlock = (p: number, q: number, sign: 1 | -1, block: Float64Array) => void;

/**
 * Adds the Hessians of all triples block by block, each unordered pair of particles once: `add(t)` is asked where
 * those of triple t go. Ends that are images of one particle couple on its diagonal.
 */
export function addTripleHessian(triples: Triples, d: number, add: (t: number) => AddBlock): void {
  const work = tripleWork(d);
  const w = 2 * d;
  const block = new Float64Array(d * d);
  /** Σ of the d×d parts (leg x, leg y) of a Hessian by the legs, into `block`. */
  const sum = (h: Float64Array, parts: Parts) => {
    block.fill(0);
    for (const [x, y] of parts)
      for (let a = 0; a < d; a++)
        for (let b = 0; b < d; b++) block[a * d + b]! += h[(x * d + a) * w + y * d + b] as number;
    return block;
  };
  for (let t = 0; t < triples.centre.length; t++) {
    const h = tripleHessian(triples, t, work);
    const [c, j, k] = [triples.centre[t] as number, triples.j[t] as number, triples.k[t] as number];
    const place = add(t);
    place(j, j, 1, sum(h, JJ));
    place(k, k, 1, sum(h, KK));
    place(c, c, 1, sum(h, CC));
    if (j === k) place(j, j, 1, sum(h, ACROSS));
    else place(j, k, 1, sum(h, JK));
    place(j, c, -1, sum(h, JC));
    place(k, c, -1, sum(h, KC));
  }
}

type Parts = readonly (readonly [0 | 1, 0 | 1])[];
const [JJ, KK, JK, KJ] = [[[0, 0]], [[1, 1]], [[0, 1]], [[1, 0]]] as const satisfies Parts[];
const ACROSS: Parts = [...JK, ...KJ];
const JC: Parts = [...JJ, ...JK];
const KC: Parts = [...KJ, ...KK];
const CC: Parts = [...JC, ...KC];

/** H_t : C_t of every triple, t, the harmonic part of Eq. 3, Zylberg 2017; `covariances` t×2d×2d, read. */
export function tripleStiffnessContraction(
  triples: Triples,
  d: number,
  covariances: Float64Array,
): Float64Array {
  const work = tripleWork(d);
  const size = 4 * d * d;
  return Float64Array.from(triples.centre, (_, t) => {
    const h = tripleHessian(triples, t, work);
    let sum = 0;
    for (let e = 0; e < size; e++) sum += (h[e] as number) * (covariances[t * size + e] as number);
    return sum;
  });
}

/** Adds U‴ : G of the triples to `result` (N×d), from the covariances of their legs (t×2d×2d, read). */
export function addTripleThird(
  triples: Triples,
  d: number,
  covariances: Float64Array,
  result: Float64Array,
): void {
  const work = tripleWork(d);
  const size = 4 * d * d;
  for (let t = 0; t < triples.centre.length; t++) {
    const covariance = covariances.subarray(t * size, (t + 1) * size);
    addOn(triples, t, tripleThird(triples, t, covariance, work), result);
  }
}

/** f_t · X of every triple, t, for a field X (N×d, read): the anharmonic part of Eq. 3, Zylberg 2017. */
export function tripleGradientProjection(triples: Triples, d: number, field: Float64Array): Float64Array {
  const work = tripleWork(d);
  return Float64Array.from(triples.centre, (c, t) => {
    const g = tripleGradient(triples, t, work);
    let sum = 0;
    for (let a = 0; a < d; a++) {
      const base = field[c * d + a] as number;
      sum += (g[a] as number) * ((field[(triples.j[t] as number) * d + a] as number) - base);
      sum += (g[d + a] as number) * ((field[(triples.k[t] as number) * d + a] as number) - base);
    }
    return sum;
  });
}
