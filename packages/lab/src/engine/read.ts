import { factorHessian, type GlassResponse, localThermalEnergy, selectedInverse, solve } from "softfield";
import type { Emit } from "./jobs.ts";
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
  return { ...response, ...perParticle(response), debyeWaller: debyeWaller(response) };
}

function perParticle({ interactions, lte, system }: GlassResponse) {
  const n = system.species.length;
  const [particleEnergy, share, largest] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  const { i, j, phi0 } = interactions;
  for (let m = 0; m < lte.length; m++) {
    for (const p of [i[m]!, j[m]!]) {
      particleEnergy[p]! += phi0[m]! / 2;
      share[p]! += lte[m]! / 2;
      largest[p] = Math.max(largest[p]!, Math.abs(lte[m]!));
    }
  }
  return { particleEnergy, share, largest };
}

/**
 * tr (M⁺)_ii with M⁺ = P G P, P = 1 − (1/N) Σ_a 1_a 1_aᵀ: from G_ii and S_i = Σ_j G_ij (d solves),
 * tr G_ii − (2/N) tr S_i + (1/N²) tr Σ_j S_j. N×d positions of kept particles; one factorisation.
 */
function debyeWaller({ system, interactions, rattlers }: GlassResponse): Float64Array {
  const n = system.species.length;
  const d = system.box.dimension;
  const result = new Float64Array(n).fill(Number.NaN);
  if (rattlers.length > 0) return result;
  const structure = { box: system.box, positions: system.positions, interactions };
  const { result: made } = factorHessian(structure);
  if (made.status !== "ok") return result;
  const { factor } = made;
  const inverse = selectedInverse(factor);
  const sums = new Float64Array(n);
  for (let a = 0; a < d; a++) {
    const unit = Float64Array.from({ length: n * d }, (_, k) => (k % d === a ? 1 : 0));
    const s = solve(factor, unit);
    for (let p = 0; p < n; p++) sums[p]! += s[p * d + a]!;
  }
  const mean = sums.reduce((sum, s) => sum + s, 0) / n;
  for (let p = 0; p < n; p++) {
    let trace = 0;
    for (let a = 0; a < d; a++) trace += inverse.diagonal[p * d * d + a * (d + 1)]!;
    result[p] = trace - (2 * sums[p]!) / n + mean / n;
  }
  return result;
}
