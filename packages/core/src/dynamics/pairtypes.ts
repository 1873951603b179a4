import { COEFFICIENT_STRIDE, maxCutoff, type PairModel, pairCutoff } from "../models/index.ts";

/** A species pair (s ≤ t) of the neighbour list. */
export interface PairType {
  readonly s: number;
  readonly t: number;
  /** r_c of the pair (an upper bound over all particles, where diameters mix), unit λ */
  readonly cutoff: number;
}

/** All pairs of species of a model. `diameters` (N, read) widens cutoffs to the largest pair where they mix. */
export function pairTypes(model: PairModel, diameters: Float64Array | undefined): PairType[] {
  const types: PairType[] = [];
  for (let s = 0; s < model.species.length; s++) {
    for (let t = s; t < model.species.length; t++) {
      const cutoff = model.mixing === undefined ? pairCutoff(model, s, t) : maxCutoff(model, diameters);
      types.push({ s, t, cutoff });
    }
  }
  return types;
}

/** The row of the model's coefficients of each type. */
export function coefficientRows(
  model: PairModel,
  types: readonly Pick<PairType, "s" | "t">[],
): Float64Array[] {
  return types.map(({ s, t }) => {
    const at = (s * model.species.length + t) * COEFFICIENT_STRIDE;
    return model.coefficients.subarray(at, at + COEFFICIENT_STRIDE);
  });
}
