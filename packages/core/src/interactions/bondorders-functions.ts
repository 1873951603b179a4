import { dot } from "../vectors.ts";
import { type BondOrderArrays, widthOf } from "./bondorders-arrays.ts";
import {
  bondOrderGradient,
  bondOrderHessian,
  bondOrderThirdAlong,
  bondOrderValue,
  times,
} from "./bondorders-derivatives.ts";
import type { LegFunction } from "./terms.ts";

/** ε of bond order t as a function of its legs. */
export function bondOrderEnergyOf(e: BondOrderArrays, t: number): LegFunction {
  return {
    value: bondOrderValue(e, t),
    gradient: bondOrderGradient(e, t),
    hessian: bondOrderHessian(e, t),
  };
}

/** w_ab = Σ g_a u_b over the legs of bond order t: g·z with z_a = u_b of each leg, as `tripleVirialOf`. */
export function bondOrderVirialOf(
  e: BondOrderArrays,
  t: number,
  [a, b]: readonly [number, number],
): LegFunction {
  const d = e.dimension;
  const w = widthOf(e, t);
  const g = bondOrderGradient(e, t);
  const h = bondOrderHessian(e, t);
  const z = new Float64Array(w);
  for (let leg = 0; leg < w; leg += d) z[leg + a] = e.vectors[e.starts[t] * d + leg + b];
  const gradient = times(h, z, w);
  const hessian = bondOrderThirdAlong(e, t, z);
  for (let leg = 0; leg < w; leg += d) {
    gradient[leg + b] += g[leg + a];
    for (let k = 0; k < w; k++) {
      hessian[k * w + leg + b] += h[k * w + leg + a];
      hessian[(leg + b) * w + k] += h[(leg + a) * w + k];
    }
  }
  return { value: dot(g, z), gradient, hessian };
}
