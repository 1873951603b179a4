import type { Series } from "./series.ts";

/** Largest number of derivatives that the smoothing polynomial can cancel (columns of the table). */
export const LARGEST_SMOOTHING = 6;

/**
 * Coefficients c₀, c₂, … c_{2q} for which f(x) + Σ_ℓ c_{2ℓ} x^{2ℓ} and its first q derivatives vanish at x_c.
 *
 * In s = x² the conditions say that Σ c_{2ℓ} s^ℓ is the Taylor polynomial of −f(√s) about s_c, so there is
 * no linear system to solve: the polynomial is expanded about 0. For f = x⁻ⁿ all terms of one coefficient
 * have one sign (no cancellation) and the result is A.2 of Zylberg 2017.
 *
 * @param form Taylor series of f(√s) in s − s_c, q + 1 terms.
 * @param sCutoff s_c = x_c².
 */
export function smoothingCoefficients(form: Series, sCutoff: number): number[] {
  let coefficients: number[] = [];
  // Horner in (s − s_c), highest term first.
  for (let k = form.length - 1; k >= 0; k--) {
    const shifted = [-form[k], ...coefficients];
    for (let l = 0; l < coefficients.length; l++) shifted[l] = shifted[l] - sCutoff * coefficients[l];
    coefficients = shifted;
  }
  return coefficients;
}
