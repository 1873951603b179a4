import { mixDiameters, type Particles } from "./evaluate.ts";
import { COEFFICIENT_STRIDE, Coefficient, type PairModel } from "./types.ts";

/** Diameters σ_i, σ_j of both ends of a pair, for models that mix them. */
export type DiameterPair = readonly [sigmaI: number, sigmaJ: number];

/** λ_ij of a pair of species, or of a pair of diameters where the model mixes those; unit λ. */
export function pairLength(model: PairModel, si: number, sj: number, sigma?: DiameterPair): number {
  if (model.mixing !== undefined && sigma !== undefined) {
    return mixDiameters(sigma[0], sigma[1], model.mixing.nonAdditivity);
  }
  return model.coefficients[rowOf(model, si, sj) + Coefficient.Lambda]!;
}

/** r_c = x_c λ_ij of a pair of species (and diameters); unit λ. */
export function pairCutoff(model: PairModel, si: number, sj: number, sigma?: DiameterPair): number {
  return model.coefficients[rowOf(model, si, sj) + Coefficient.Cutoff]! * pairLength(model, si, sj, sigma);
}

/**
 * The largest r_c of any pair; unit λ. With a mixing rule: an upper bound over the given diameters, sharp
 * where x_c is one number.
 *
 * @param diameters N, read; needed by models that mix them.
 * Cost: O(S² + N).
 */
export function maxCutoff(model: PairModel, diameters?: Particles["diameters"]): number {
  let cutoff = 0;
  let length = 0;
  const mixed = model.mixing !== undefined && diameters !== undefined;
  for (let row = 0; row < model.coefficients.length; row += COEFFICIENT_STRIDE) {
    const xCutoff = model.coefficients[row + Coefficient.Cutoff]!;
    const lambda = mixed ? 1 : model.coefficients[row + Coefficient.Lambda]!;
    cutoff = Math.max(cutoff, xCutoff * lambda);
  }
  if (!mixed) return cutoff;
  // λ(σ_i, σ_j) ≤ max λ(σ_max, σ): for η ≥ 0 it is largest at σ = σ_max, for η < 0 it grows with the larger σ.
  let largest = 0;
  for (const sigma of diameters) largest = Math.max(largest, sigma);
  for (const sigma of diameters) {
    length = Math.max(length, mixDiameters(largest, sigma, model.mixing!.nonAdditivity));
  }
  return cutoff * length;
}

function rowOf(model: PairModel, si: number, sj: number): number {
  return (si * model.species.length + sj) * COEFFICIENT_STRIDE;
}
