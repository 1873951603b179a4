import { SoftfieldError } from "../errors.ts";
import {
  type Interactions,
  type Triples,
  tripleGradient,
  tripleHessian,
  tripleValue,
  tripleWork,
} from "../mechanics/index.ts";
import type { Observable } from "./observable.ts";

/**
 * ε_α of triple t, whose coefficient in Eq. 1 is its local thermal energy (SI B, Zylberg 2017); unit ε. Throws
 * "usage" where the interactions have no such triple.
 */
export function tripleEnergy({ triples, dimension: d }: Interactions, t: number): Observable {
  if (!triples || !(t >= 0 && t < triples.centre.length)) {
    throw new SoftfieldError("usage", `there is no triple ${t} (${triples?.centre.length ?? 0} in all)`);
  }
  const work = tripleWork(d);
  const [c, j, k] = [triples.centre[t], triples.j[t], triples.k[t]] as [number, number, number];
  const g = tripleGradient(triples, t, work);
  const gradient = new Float64Array(3 * d);
  for (let a = 0; a < d; a++) {
    gradient[d + a] = g[a] as number;
    gradient[2 * d + a] = g[d + a] as number;
    gradient[a] = -(g[a] as number) - (g[d + a] as number);
  }
  const { blocks, first, second } = blocksOf(tripleHessian(triples, t, work), d, [c, j, k]);
  return {
    name: `energy of triple ${t}`,
    value: tripleValue(triples, t),
    particles: Int32Array.of(c, j, k),
    gradient,
    hessian: { first, second, blocks },
  };
}

/** The d×d blocks of ∂²ε/∂x∂x on centre and ends, from that by the legs (2d×2d): each unordered pair once. */
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
        const sign = (signs[p][x] as number) * (signs[q][y] as number);
        if (sign === 0) continue;
        for (let a = 0; a < d; a++)
          for (let b = 0; b < d; b++)
            blocks[(n * d + a) * d + b]! += sign * (h[(x * d + a) * 2 * d + y * d + b] as number);
      }
    }
  });
  return {
    blocks,
    first: Int32Array.from(pairs, ([p]) => particles[p] as number),
    second: Int32Array.from(pairs, ([, q]) => particles[q] as number),
  };
}

/** CSR of the triples that each particle belongs to, as centre or end. O(N + t). */
export function triplesOfParticles(
  { centre, j, k }: Triples,
  particleCount: number,
): { starts: Int32Array; triples: Int32Array } {
  const lists: number[][] = Array.from({ length: particleCount }, () => []);
  for (let t = 0; t < centre.length; t++)
    for (const p of new Set([centre[t], j[t], k[t]] as number[])) lists[p]?.push(t);
  const starts = new Int32Array(particleCount + 1);
  lists.forEach((list, p) => {
    starts[p + 1] = (starts[p] as number) + list.length;
  });
  return { starts, triples: Int32Array.from(lists.flat()) };
}
