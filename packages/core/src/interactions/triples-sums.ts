import type { Triples } from "./interactions.ts";
import { JET } from "./triples.ts";
import { tripleGradient, tripleHessian, tripleThird, tripleWork } from "./triples-derivatives.ts";

/*
 * Sums over triples that stand beside those over pairs in energy.ts, hessian.ts and third.ts. Each adds to what the
 * pairs gave; O(triples).
 */

/** Σ_t ε_t. */
export function tripleEnergies({ centre, jets }: Triples): number {
  let sum = 0;
  for (let t = 0; t < centre.length; t++) sum += jets[t * JET];
  return sum;
}

/** Adds y (2d: of j, then of k) on the particles of triple t: j and k get their parts, the centre minus both. */
function addOn({ centre, j, k }: Triples, t: number, y: Float64Array, field: Float64Array): void {
  const d = y.length / 2;
  for (let a = 0; a < d; a++) {
    field[j[t] * d + a] += y[a];
    field[k[t] * d + a] += y[d + a];
    field[centre[t] * d + a] -= y[a] + y[d + a];
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
        for (let b = 0; b < d; b++) sigma[a * d + b] += g[leg * d + a] * triples.legs[(2 * t + leg) * d + b];
  }
}

/**
 * What triples answer to a deformation in which both legs change by u′ = D·u, y′ = (D u₁, D u₂): adds H·y′ to `force`
 * (N×d) and gives Σ g·y′ and Σ y′·H·y′ + g·(C u₁, C u₂); `rate` D and `curvature` C are d×d, read. O(t).
 */
export function addTripleAffine(
  triples: Triples,
  { rate, curvature }: { readonly rate: Float64Array; readonly curvature: Float64Array },
  force: Float64Array,
): { first: number; second: number } {
  const d = Math.sqrt(rate.length);
  const w = 2 * d;
  const work = tripleWork(d);
  const moved = new Float64Array(w);
  const pull = new Float64Array(w);
  let [first, second] = [0, 0];
  for (let t = 0; t < triples.centre.length; t++) {
    const g = tripleGradient(triples, t, work);
    const h = tripleHessian(triples, t, work);
    for (let row = 0; row < w; row++) {
      const leg = row < d ? 0 : d;
      let [along, bend] = [0, 0];
      for (let b = 0; b < d; b++) {
        const u = triples.legs[t * w + leg + b];
        along += rate[(row - leg) * d + b] * u;
        bend += curvature[(row - leg) * d + b] * u;
      }
      moved[row] = along;
      first += g[row] * along;
      second += g[row] * bend;
    }
    for (let row = 0; row < w; row++) {
      let sum = 0;
      for (let b = 0; b < w; b++) sum += h[row * w + b] * moved[b];
      pull[row] = sum;
      second += sum * moved[row];
    }
    addOn(triples, t, pull, force);
  }
  return { first, second };
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
  const block = () => new Float64Array(d * d);
  const [jj, kk, cc, jk, jc, kc, both] = [block(), block(), block(), block(), block(), block(), block()];
  for (let t = 0; t < triples.centre.length; t++) {
    const h = tripleHessian(triples, t, work);
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < d; b++) {
        const e = a * d + b;
        const [first, second] = [h[a * w + b], h[(d + a) * w + d + b]];
        const [across, back] = [h[a * w + d + b], h[(d + a) * w + b]];
        jj[e] = first;
        kk[e] = second;
        jk[e] = across;
        both[e] = across + back;
        jc[e] = first + across;
        kc[e] = back + second;
        cc[e] = first + across + back + second;
      }
    }
    const [c, j, k] = [triples.centre[t], triples.j[t], triples.k[t]];
    const place = add(t);
    place(j, j, 1, jj);
    place(k, k, 1, kk);
    place(c, c, 1, cc);
    if (j === k) place(j, j, 1, both);
    else place(j, k, 1, jk);
    place(j, c, -1, jc);
    place(k, c, -1, kc);
  }
}

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
    for (let e = 0; e < size; e++) sum += h[e] * covariances[t * size + e];
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
      const base = field[c * d + a];
      sum += g[a] * (field[triples.j[t] * d + a] - base);
      sum += g[d + a] * (field[triples.k[t] * d + a] - base);
    }
    return sum;
  });
}
