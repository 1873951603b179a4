import type { LegFunction } from "./terms.ts";
import type { TripleArrays } from "./triples-arrays.ts";
import {
  tripleGradient,
  tripleHessian,
  tripleThirdAlong,
  tripleValue,
  tripleWork,
} from "./triples-derivatives.ts";

/** ε of triple t. */
export function tripleEnergyOf(triples: TripleArrays, t: number): LegFunction {
  const work = tripleWork(triples.dimension);
  return {
    value: tripleValue(triples, t),
    gradient: tripleGradient(triples, t, work),
    hessian: tripleHessian(triples, t, work),
  };
}

/**
 * w_ab = Σ g_a u_b over both legs of triple t, symmetric because rotations cost nothing. With the legs' z = Z·y,
 * z_a = u_b, it is w = g·z, ∂w/∂y = H z + Zᵀg and ∂²w/∂y∂y = T·z + H Z + ZᵀH.
 */
export function tripleVirialOf(
  triples: TripleArrays,
  t: number,
  [a, b]: readonly [number, number],
): LegFunction {
  const d = triples.dimension;
  const w = 2 * d;
  const work = tripleWork(d);
  const g = tripleGradient(triples, t, work).slice();
  const h = tripleHessian(triples, t, work).slice();
  const z = new Float64Array(w);
  for (let leg = 0; leg < w; leg += d) z[leg + a] = triples.vectors[t * w + leg + b];
  const gradient = new Float64Array(w);
  const hessian = tripleThirdAlong(triples, t, z, work);
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
  return { value, gradient, hessian };
}
