import { SoftfieldError } from "../errors.ts";
import { kernelTable } from "./kerneltables.ts";
import { mixDiameters } from "./mixing.ts";
import { COEFFICIENT_STRIDE, Coefficient, Form, type PairModel } from "./types.ts";

/** Diameters σ_i, σ_j of both ends of a pair, for models that mix them. */
export type DiameterPair = readonly [sigmaI: number, sigmaJ: number];

/** λ_ij of a pair of species, or of a pair of diameters where the model mixes those; unit λ. */
export function pairLength(model: PairModel, si: number, sj: number, sigma?: DiameterPair): number {
  if (model.mixing !== undefined && sigma !== undefined) {
    return mixDiameters(sigma[0], sigma[1], model.mixing.nonAdditivity);
  }
  return model.coefficients[rowOf(model, si, sj) + Coefficient.Lambda];
}

/** r_c = x_c λ_ij of a pair of species (and diameters); unit λ. */
export function pairCutoff(model: PairModel, si: number, sj: number, sigma?: DiameterPair): number {
  return model.coefficients[rowOf(model, si, sj) + Coefficient.Cutoff] * pairLength(model, si, sj, sigma);
}

/** The distance below which a pair of species (of diameter 1, where those mix) is refused, that of a table's first row; 0 for others. */
export function leastDistance(model: PairModel, si: number, sj: number): number {
  const { coefficients, tables } = kernelTable(model);
  if (model.form !== Form.Table && model.form !== Form.Terms) return 0;
  const row = rowOf(model, si, sj);
  const lambda = model.mixing === undefined ? coefficients[row + Coefficient.Lambda] : 1;
  let table = coefficients[row + Coefficient.Parameters];
  while (tables[table]?.continued) table++;
  return (tables[table]?.rMin ?? 0) * lambda;
}

/**
 * The largest r_c of any pair; unit λ. With a mixing rule: an upper bound over the given diameters, sharp
 * where x_c is one number.
 *
 * @param diameters N, read; needed by models that mix them.
 * @throws SoftfieldError "model" where a diameter is not a positive number.
 * Cost: O(S² + N).
 */
export function maxCutoff(model: PairModel, diameters?: Float64Array): number {
  const mixed = model.mixing !== undefined && diameters !== undefined;
  let cutoff = 0;
  for (let row = 0; row < model.coefficients.length; row += COEFFICIENT_STRIDE) {
    const lambda = mixed ? 1 : model.coefficients[row + Coefficient.Lambda];
    cutoff = Math.max(cutoff, model.coefficients[row + Coefficient.Cutoff] * lambda);
  }
  return mixed ? cutoff * largestLength(model.mixing.nonAdditivity, diameters) : cutoff;
}

/** max λ(σ_i, σ_j): for η ≥ 0 it is σ_max, for η < 0 it grows with the larger σ; so one of the two is σ_max. */
function largestLength(nonAdditivity: number, diameters: Float64Array): number {
  let largest = 0;
  diameters.forEach((sigma, particle) => {
    if (!(sigma > 0 && sigma < Number.POSITIVE_INFINITY)) {
      throw new SoftfieldError(
        "model",
        `particle ${particle} has the diameter ${sigma}: diameters must be positive numbers`,
        { particle, field: "diameters" },
      );
    }
    largest = Math.max(largest, sigma);
  });
  return diameters.reduce(
    (length, sigma) => Math.max(length, mixDiameters(largest, sigma, nonAdditivity)),
    0,
  );
}

function rowOf(model: PairModel, si: number, sj: number): number {
  return (si * model.species.length + sj) * COEFFICIENT_STRIDE;
}
