import type { CentredArrays } from "./centred.ts";

/**
 * Embedded atoms as a struct of arrays: term t is F(ρ) of the atom `centre[t]`, ρ = Σ f(r) over its legs, which
 * go to the atoms that add to its density.
 */
export interface EmbeddingArrays extends CentredArrays {
  /** L, which bond a leg is: the same for both atoms of a pair */
  readonly bond: Int32Array;
  readonly bondCount: number;
  /** L, |u| */
  readonly r: Float64Array;
  /** L each, f′ … f⁗ of what the end adds at the centre */
  readonly f1: Float64Array;
  readonly f2: Float64Array;
  readonly f3: Float64Array;
  readonly f4: Float64Array;
  /** t, ρ */
  readonly rho: Float64Array;
  /** t each, F … F⁗ at ρ */
  readonly F0: Float64Array;
  readonly F1: Float64Array;
  readonly F2: Float64Array;
  readonly F3: Float64Array;
  readonly F4: Float64Array;
}
