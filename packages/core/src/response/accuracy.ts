import { square } from "../elementary.ts";
import { dot } from "../vectors.ts";

/** How good local thermal energies by windows are. */
export interface WindowedAccuracy {
  readonly windows: number;
  readonly samples: number;
  /** Of each family of interactions, t: standard error of E_α, by batches of the samples. */
  readonly errors: readonly Float64Array[];
  /** √(Σ errors² / Σ E²) */
  readonly relativeError: number;
  /**
   * √(Σ (E − E_exact)² / Σ E²) is less with 95 % confidence. Errors of a glass share X and a few soft modes: where one of
   * these makes most of them, it may be twice the standard error and more.
   */
  readonly bound: number;
  /** Bonds whose harmonic part was computed exactly: √(Σ (H − H_exact)² / Σ H_exact²), and what was to be expected of it. */
  readonly checked: { readonly bonds: number; readonly found: number; readonly expected: number };
}

/** Standard normal quantile of the confidence of `bound`. */
const CONFIDENT = 1.6448536269514722;

/**
 * What the L2 norm of the error of a mean over batches is less than with 95 % confidence, over its standard error. The
 * squared error is Σ μ_k χ²₁ over the eigenvalues μ of the covariance of the mean: like one of ν = (Σμ)²/Σμ² degrees of freedom
 * (Satterthwaite), here over an estimate with ν(batches − 1) of them, hence a quantile of Fisher's F. `deviations`: of each
 * batch from the mean, by families, read. O(batches²·m).
 */
export function boundOverError(deviations: readonly (readonly Float64Array[])[]): number {
  const f = deviations.length - 1;
  let [trace, squares] = [0, 0];
  deviations.forEach((x, k) => {
    for (let l = 0; l <= k; l++) {
      const product = x.reduce((sum, own, f) => sum + dot(own, deviations[l][f]), 0);
      if (k === l) trace += product;
      squares += (k === l ? 1 : 2) * square(product);
    }
  });
  // tr Σ² and (tr Σ)² without the bias of so few batches
  const unbiased = (f * f * (squares - square(trace) / f)) / ((f - 1) * (f + 2));
  const freedom =
    unbiased > 0
      ? Math.max(1, square(trace) / unbiased - 2 / f)
      : deviations[0].reduce((count, own) => count + own.length, 0);
  return Math.sqrt(fisherQuantile(freedom, freedom * f));
}

/** 95 % quantile of F with a and b degrees of freedom, by Paulson's approximation (1942), to some 2 %. */
function fisherQuantile(a: number, b: number): number {
  const [p, q, z2] = [2 / (9 * a), 2 / (9 * b), CONFIDENT * CONFIDENT];
  // cube root of F: ((1 − q) w − (1 − p))² = z² (q w² + p)
  const [u, v] = [1 - q, 1 - p];
  const lead = u * u - z2 * q;
  const w = (u * v + Math.sqrt(square(u * v) - lead * (v * v - z2 * p))) / lead;
  return w * w * w;
}
