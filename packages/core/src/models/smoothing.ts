import { horner, powers } from "./horner.ts";
import { jet } from "./jet.ts";
import { setJet } from "./jets.ts";
import type { Series } from "./series.ts";
import { COEFFICIENT_STRIDE, Coefficient } from "./types.ts";

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

/** The largest ℓ with a non-zero c_{2ℓ} in any row; −1 where nothing is smoothed. */
export function highestSmoothing(coefficients: Float64Array): number {
  let highest = -1;
  for (let k = 0; k < coefficients.length; k++) {
    const l = (k % COEFFICIENT_STRIDE) - Coefficient.Smoothing;
    if (l > highest && l < Coefficient.Parameters - Coefficient.Smoothing && coefficients[k] !== 0)
      highest = l;
  }
  return highest;
}

/**
 * Adds P(s) = Σ_ℓ c_{2ℓ} s^ℓ, s = x², ℓ ≤ highest, and its derivatives by x to `jet`: with D = d/ds they are 2x DP,
 * 2 DP + 4s D²P, 12x D²P + 8xs D³P and 12 D²P + 48s D³P + 16s² D⁴P. Horner's rule gives DᵏP/k! at once.
 * (The kernel sums φ″ and φ‴ in another order: the bits of both are promised, so this is not in jets.ts.)
 */
export function addSmoothing(c: Float64Array, first: number, highest: number, x: number): void {
  const s = x * x;
  horner(c, first, first + highest, s);
  const { d0: q0, d1: q1, d2: q2, d3: q3, d4: q4 } = powers;
  setJet(
    jet,
    jet.d0 + q0,
    jet.d1 + 2 * x * q1,
    jet.d2 + 2 * q1 + 8 * s * q2,
    jet.d3 + 24 * x * q2 + 48 * x * s * q3,
    jet.d4 + 24 * q2 + 288 * s * q3 + 384 * s * s * q4,
  );
}
