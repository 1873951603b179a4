import {
  type Interactions,
  type Triples,
  tripleGradient,
  tripleHessian,
  tripleThirdAlong,
  tripleValue,
  tripleWork,
} from "../interactions/index.ts";
import type { Observable } from "./observable.ts";
import { requireAxes, requireIndex } from "./ranges.ts";

/** A function of the legs y = (u₁, u₂) of a triple with its first two derivatives. */
export interface LegFunction {
  readonly value: number;
  /** 2d, ∂/∂y; read */
  readonly gradient: Float64Array;
  /** 2d×2d, ∂²/∂y∂y, symmetric; read */
  readonly hessian: Float64Array;
}

/** An observable from a function of the legs of triple t: what stands for an end acts on it, minus both on the centre. */
function legObservable(
  name: string,
  { triples, dimension: d }: WithTriples,
  t: number,
  { value, gradient: g, hessian }: LegFunction,
): Observable {
  const [c, j, k] = [triples.centre[t], triples.j[t], triples.k[t]] as [number, number, number];
  const gradient = new Float64Array(3 * d);
  for (let a = 0; a < d; a++) {
    gradient[d + a] = g[a];
    gradient[2 * d + a] = g[d + a];
    gradient[a] = -g[a] - g[d + a];
  }
  return {
    name,
    value,
    particles: Int32Array.of(c, j, k),
    gradient,
    hessian: blocksOf(hessian, d, [c, j, k]),
  };
}

type WithTriples = Pick<Interactions, "dimension"> & { readonly triples: Triples };

function triplesWith({ triples, dimension }: Interactions, t: number): WithTriples {
  requireIndex("triple", t, triples?.centre.length ?? 0);
  return { triples: triples as Triples, dimension };
}

/**
 * ε_α of triple t, whose coefficient in Eq. 1 is its local thermal energy (SI B, Zylberg 2017); unit ε. Throws
 * "usage" where the interactions have no such triple.
 */
export function tripleEnergy(interactions: Interactions, t: number): Observable {
  const of = triplesWith(interactions, t);
  const work = tripleWork(of.dimension);
  return legObservable(`energy of triple ${t}`, of, t, {
    value: tripleValue(of.triples, t),
    gradient: tripleGradient(of.triples, t, work),
    hessian: tripleHessian(of.triples, t, work),
  });
}

/**
 * w_ab = Σ g_a u_b over both legs of triple t, its part of the virial V·σ_ab, symmetric because rotations cost
 * nothing; unit ε. With the legs' z = Z·y, z_a = u_b, it is w = g·z, ∂w/∂y = H z + Zᵀg and ∂²w/∂y∂y = T·z + H Z + ZᵀH.
 * Throws "usage" for no such triple or axes.
 */
export function tripleVirial(
  interactions: Interactions,
  t: number,
  [a, b]: readonly [number, number],
): Observable {
  const of = triplesWith(interactions, t);
  const d = of.dimension;
  requireAxes([a, b], d);
  const w = 2 * d;
  const work = tripleWork(d);
  const g = tripleGradient(of.triples, t, work).slice();
  const h = tripleHessian(of.triples, t, work).slice();
  const z = new Float64Array(w);
  for (let leg = 0; leg < w; leg += d) z[leg + a] = of.triples.legs[t * w + leg + b];
  const gradient = new Float64Array(w);
  const hessian = tripleThirdAlong(of.triples, t, z, work);
  let value = 0;
  for (let e = 0; e < w; e++) {
    value += g[e] * z[e];
    for (let f = 0; f < w; f++) gradient[e] += h[e * w + f] * z[f];
  }
  for (let leg = 0; leg < w; leg += d) {
    gradient[leg + b] += g[leg + a];
    for (let e = 0; e < w; e++) {
      hessian[e * w + leg + b] += h[e * w + leg + a];
      hessian[(leg + b) * w + e] += h[(leg + a) * w + e];
    }
  }
  const name = `virial ${"xyz"[a]}${"xyz"[b]} of triple ${t}`;
  return legObservable(name, of, t, { value, gradient, hessian });
}

/**
 * The d×d blocks of ∂²/∂x∂x on centre and ends, from that by the legs (2d×2d): each unordered pair once, and twice
 * where its two are images of one particle, which stand on the diagonal.
 */
function blocksOf(h: Float64Array, d: number, particles: readonly [number, number, number]) {
  // y = D x: u₁ = x_j − x_c, u₂ = x_k − x_c
  const signs = [
    [-1, -1],
    [1, 0],
    [0, 1],
  ] as const;
  const pairs = [
    [0, 0],
    [1, 1],
    [2, 2],
    [1, 0],
    [2, 0],
    [2, 1],
  ] as const;
  const blocks = new Float64Array(pairs.length * d * d);
  pairs.forEach(([p, q], n) => {
    for (let x = 0; x < 2; x++) {
      for (let y = 0; y < 2; y++) {
        const times = p !== q && particles[p] === particles[q] ? 2 : 1;
        const sign = times * signs[p][x] * signs[q][y];
        if (sign === 0) continue;
        for (let a = 0; a < d; a++)
          for (let b = 0; b < d; b++)
            blocks[(n * d + a) * d + b] += sign * h[(x * d + a) * 2 * d + y * d + b];
      }
    }
  });
  return {
    blocks,
    first: Int32Array.from(pairs, ([p]) => particles[p]),
    second: Int32Array.from(pairs, ([, q]) => particles[q]),
  };
}

/** CSR of the triples that each particle belongs to, as centre or end; twice where both ends are its images. O(N + t). */
export function triplesOfParticles(
  { centre, j, k }: Triples,
  particleCount: number,
): { starts: Int32Array; triples: Int32Array } {
  const lists: number[][] = Array.from({ length: particleCount }, () => []);
  for (let t = 0; t < centre.length; t++)
    for (const p of [centre[t], j[t], k[t]] as number[]) lists[p]?.push(t);
  const starts = new Int32Array(particleCount + 1);
  lists.forEach((list, p) => {
    starts[p + 1] = starts[p] + list.length;
  });
  return { starts, triples: Int32Array.from(lists.flat()) };
}
