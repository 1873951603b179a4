import {
  debyeWaller,
  factorHessian,
  type GlassResponse,
  localThermalEnergy,
  type PairModel,
  pseudoInverse,
  selectedInverse,
  skeletonOf,
} from "softfield";
import type { Emit } from "./channel.ts";
import type { ReadInput } from "./messages.ts";

/** A glass read: the library's response, and per-particle numbers to colour by. */
export interface Reading extends GlassResponse {
  /** N, half the pair energies of each particle, ε. */
  readonly particleEnergy: Float64Array;
  /** N, half of E of each bond to each end. */
  readonly share: Float64Array;
  /** N, largest |E| of each particle's bonds. */
  readonly largest: Float64Array;
  /** N, ⟨|x_i|²⟩/k_BT = tr (M⁺)_ii, λ²/ε; NaN on rattlers. */
  readonly debyeWaller: Float64Array;
}

/** Local thermal energies as `softfield lte` computes them, with what the page colours particles by. */
export function readJob({ system, model, options }: ReadInput, send: Emit): Reading {
  const response = localThermalEnergy(system, model, options, {
    onProgress: (progress) => send({ type: "progress", progress }),
  });
  return { ...response, ...perParticle(response), debyeWaller: debyeWallerOf(response, model) };
}

function perParticle({ interactions, lte, system }: GlassResponse) {
  const n = system.species.length;
  const [particleEnergy, share, largest] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  const { i, j, phi0 } = interactions;
  for (let m = 0; m < lte.length; m++) {
    for (const p of [i[m], j[m]]) {
      particleEnergy[p] += phi0[m] / 2;
      share[p] += lte[m] / 2;
      largest[p] = Math.max(largest[p], Math.abs(lte[m]));
    }
  }
  return { particleEnergy, share, largest };
}

/** ⟨|x_i|²⟩/k_BT = tr (M⁺)_ii of every particle, N; NaN on rattlers. One factorisation and its selected inverse. */
function debyeWallerOf({ system }: GlassResponse, model: PairModel): Float64Array {
  const whole = new Float64Array(system.species.length).fill(Number.NaN);
  const skeleton = skeletonOf(system, model);
  const { result } = factorHessian(skeleton);
  if (result.status !== "ok") return whole;
  const { factor } = result;
  const factors = debyeWaller(pseudoInverse(factor, selectedInverse(factor)));
  skeleton.particles.forEach((p, k) => {
    whole[p] = factors[k];
  });
  return whole;
}
