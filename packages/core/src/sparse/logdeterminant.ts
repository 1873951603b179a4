import { logarithm } from "../elementary.ts";
import { type CholeskyFactor, pivotsOf } from "./factorize.ts";

/**
 * ln det(M + σ·1) without the pinned rows: 2 Σ ln L_kk over the pivots of the factor. O(N·d).
 *
 * For a translation-invariant M with one pin, det(M_pinned)·N^d is the product of the non-zero eigenvalues.
 */
export function logDeterminant({ workspace }: CholeskyFactor): number {
  const { symbolic } = workspace;
  const d = symbolic.dimension;
  let sum = 0;
  for (let s = 0; s < symbolic.count; s++) {
    const pivot = pivotsOf(workspace, s);
    const columns = d * (symbolic.firsts[s + 1] - symbolic.firsts[s]);
    for (let k = 0; k < columns; k++) sum += logarithm(pivot(k));
  }
  return 2 * sum;
}
