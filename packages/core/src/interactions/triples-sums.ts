import type { AffineMotion, Blocks } from "./terms.ts";
import type { TripleArrays } from "./triples-arrays.ts";
import { tripleGradient, tripleHessian, tripleWork } from "./triples-derivatives.ts";

/*
 * Sums over triples. Each adds to what is there; O(triples).
 */

/** Adds y (2d: of j, then of k) on the particles of triple t: j and k get their parts, the centre minus both. */
export function addOn({ centre, j, k }: TripleArrays, t: number, y: Float64Array, field: Float64Array): void {
  const d = y.length / 2;
  for (let a = 0; a < d; a++) {
    field[j[t] * d + a] += y[a];
    field[k[t] * d + a] += y[d + a];
    field[centre[t] * d + a] -= y[a] + y[d + a];
  }
}

/** Adds ∂/∂x Σ_t ε_t to `gradient` (N×d). */
export function addTripleGradient(triples: TripleArrays, gradient: Float64Array): void {
  const work = tripleWork(triples.dimension);
  for (let t = 0; t < triples.centre.length; t++)
    addOn(triples, t, tripleGradient(triples, t, work), gradient);
}

/** Adds Σ_t (g₁ u₁ᵀ + g₂ u₂ᵀ), the virial V·σ of the triples, to `sigma` (d×d). */
export function addTripleVirial(triples: TripleArrays, sigma: Float64Array): void {
  const { dimension: d, vectors } = triples;
  const work = tripleWork(d);
  for (let t = 0; t < triples.centre.length; t++) {
    const g = tripleGradient(triples, t, work);
    for (let leg = 0; leg < 2; leg++)
      for (let a = 0; a < d; a++)
        for (let b = 0; b < d; b++) sigma[a * d + b] += g[leg * d + a] * vectors[(2 * t + leg) * d + b];
  }
}

/** Both legs change by u′ = D·u, y′ = (D u₁, D u₂): adds H·y′ and gives Σ g·y′ and Σ y′·H·y′ + g·(C u₁, C u₂). */
export function addTripleAffine(
  triples: TripleArrays,
  { rate, curvature }: AffineMotion,
  force: Float64Array,
): { first: number; second: number } {
  const d = triples.dimension;
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
        const u = triples.vectors[t * w + leg + b];
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

/** Adds the Hessians block by block. */
export function addTripleHessian(triples: TripleArrays, blocks: Blocks): void {
  const work = tripleWork(triples.dimension);
  addTripleBlocks(triples, blocks, (t) => tripleHessian(triples, t, work));
}

/** Adds a 2d×2d matrix of the legs of each triple. Ends that are images of one particle couple on its diagonal. */
export function addTripleBlocks(
  triples: TripleArrays,
  { width, lower, diagonal, places }: Blocks,
  matrixOf: (t: number) => Float64Array,
): void {
  const { dimension: d, centre, j: first, k: second } = triples;
  const w = 2 * d;
  const size = width * width;
  const block = () => new Float64Array(d * d);
  const [jj, kk, cc, jk, jc, kc, both] = [block(), block(), block(), block(), block(), block(), block()];
  /** ± a block to (p, q) whose place is `at`, or to the diagonal. */
  const put = (p: number, q: number, at: number, sign: 1 | -1, values: Float64Array) => {
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < d; b++) {
        const value = sign * values[a * d + b];
        if (p !== q) lower[at * size + (p > q ? a * width + b : b * width + a)] += value;
        else diagonal[p * size + a * width + b] += value;
      }
    }
  };
  for (let t = 0; t < centre.length; t++) {
    const h = matrixOf(t);
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < d; b++) {
        const e = a * d + b;
        const [own, other] = [h[a * w + b], h[(d + a) * w + d + b]];
        const [across, back] = [h[a * w + d + b], h[(d + a) * w + b]];
        jj[e] = own;
        kk[e] = other;
        jk[e] = across;
        both[e] = across + back;
        jc[e] = own + across;
        kc[e] = back + other;
        cc[e] = own + across + back + other;
      }
    }
    const [c, j, k] = [centre[t], first[t], second[t]];
    put(j, j, 0, 1, jj);
    put(k, k, 0, 1, kk);
    put(c, c, 0, 1, cc);
    if (j === k) put(j, j, 0, 1, both);
    else put(j, k, places[3 * t + 2], 1, jk);
    put(j, c, places[3 * t], -1, jc);
    put(k, c, places[3 * t + 1], -1, kc);
  }
}

/** ∂ε/∂y of every triple, t×2d. */
export function tripleGradients(triples: TripleArrays): Float64Array {
  const work = tripleWork(triples.dimension);
  const legs = new Float64Array(triples.vectors.length);
  for (let t = 0; t < triples.centre.length; t++)
    legs.set(tripleGradient(triples, t, work), 2 * triples.dimension * t);
  return legs;
}

/** H·v of every triple, t×2d. */
export function tripleRates(triples: TripleArrays, v: Float64Array): Float64Array {
  const w = 2 * triples.dimension;
  const work = tripleWork(triples.dimension);
  const rates = new Float64Array(v.length);
  for (let t = 0; t < triples.centre.length; t++) {
    const h = tripleHessian(triples, t, work);
    for (let a = 0; a < w; a++) for (let b = 0; b < w; b++) rates[t * w + a] += h[a * w + b] * v[t * w + b];
  }
  return rates;
}

/** f_t · X of every triple, t, for a field X (N×d, read). */
export function tripleProjection(triples: TripleArrays, field: Float64Array): Float64Array {
  const { dimension: d, centre, j, k } = triples;
  const work = tripleWork(d);
  return Float64Array.from(centre, (c, t) => {
    const g = tripleGradient(triples, t, work);
    let sum = 0;
    for (let a = 0; a < d; a++) {
      const base = field[c * d + a];
      sum += g[a] * (field[j[t] * d + a] - base);
      sum += g[d + a] * (field[k[t] * d + a] - base);
    }
    return sum;
  });
}
