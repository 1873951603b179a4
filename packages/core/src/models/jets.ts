import { exponential, power } from "../elementary.ts";
import { COEFFICIENT_STRIDE, Coefficient, Form } from "./types.ts";

/**
 * Value and first three derivatives by x of an analytic form before smoothing, into jet[0…3].
 *
 * @param c the table of coefficients; parameters of the form at `p`. Read.
 */
export function formJet(
  form: Exclude<Form, typeof Form.Table>,
  c: Float64Array,
  p: number,
  x: number,
  jet: Float64Array,
): void {
  switch (form) {
    case Form.PowerLaw:
      powerLawJet(c, p, x, jet);
      break;
    case Form.Contact:
      contactJet(c[p], x, jet);
      break;
    case Form.Yukawa:
      yukawaJet(c[p], x, jet);
      break;
    case Form.Morse:
      morseJet(c[p], c[p + 1], x, jet);
      break;
    case Form.StillingerWeber:
      stillingerWeberJet(c, p, x, jet);
  }
}

/** a·x⁻ⁿ + b·x⁻ᵐ, each derivative the former times −(n+k)/x. */
function powerLawJet(c: Float64Array, p: number, x: number, jet: Float64Array): void {
  const inverse = 1 / x;
  let n = c[p + 1];
  let u = c[p] * power(inverse, n);
  const b = c[p + 2];
  let m = c[p + 3];
  let v = b === 0 ? 0 : b * power(inverse, m);
  jet[0] = u + v;
  u *= n++ * inverse;
  v *= m++ * inverse;
  jet[1] = -(u + v);
  u *= n++ * inverse;
  v *= m++ * inverse;
  jet[2] = u + v;
  u *= n * inverse;
  v *= m * inverse;
  jet[3] = -(u + v);
}

/** (1−x)^α/α for x < 1. */
function contactJet(alpha: number, x: number, jet: Float64Array): void {
  const gap = 1 - x;
  if (gap <= 0) {
    jet.fill(0);
    return;
  }
  const slope = power(gap, alpha - 1);
  jet[0] = (gap * slope) / alpha;
  jet[1] = -slope;
  jet[2] = ((alpha - 1) * slope) / gap;
  jet[3] = (-(alpha - 1) * (alpha - 2) * slope) / (gap * gap);
}

/** e^{−κ(x−1)}/x: the k-th derivative is (−1)^k e Σ_l k!/l! κ^l x^{l−k−1}. */
function yukawaJet(kappa: number, x: number, jet: Float64Array): void {
  const inverse = 1 / x;
  const value = exponential(kappa * (1 - x)) * inverse;
  const decay = value * kappa;
  const curvature = decay * kappa;
  jet[0] = value;
  const first = value * inverse + decay;
  jet[1] = -first;
  const second = 2 * first * inverse + curvature;
  jet[2] = second;
  jet[3] = -(3 * second * inverse + curvature * kappa);
}

/** e^{−2a(x−x₀)} − 2e^{−a(x−x₀)}. */
function morseJet(a: number, x0: number, x: number, jet: Float64Array): void {
  const decay = exponential(a * (x0 - x));
  const square = decay * decay;
  jet[0] = square - 2 * decay;
  jet[1] = -2 * a * (square - decay);
  jet[2] = 2 * a * a * (2 * square - decay);
  jet[3] = -2 * a * a * a * (4 * square - decay);
}

/**
 * A (B x⁻ᵖ − x^{−q}) e^{1/(x − x_c)}; each part f = x⁻ⁿ e^{w}, w = 1/(x − x_c), has f′ = f l with l = −n/x − w²,
 * l′ = n/x² + 2w³, l″ = −2n/x³ − 6w⁴.
 */
function stillingerWeberJet(c: Float64Array, p: number, x: number, jet: Float64Array): void {
  jet.fill(0);
  const gap = x - c[p + Coefficient.Cutoff - Coefficient.Parameters];
  if (gap >= 0) return;
  const w = 1 / gap;
  const decay = exponential(w);
  const inverse = 1 / x;
  for (let part = 0; part < 2; part++) {
    const n = c[p + 2 + part];
    const factor = part === 0 ? c[p] * c[p + 1] : -c[p];
    const value = factor * power(inverse, n) * decay;
    const l1 = -n * inverse - w * w;
    const l2 = n * inverse * inverse + 2 * w * w * w;
    const l3 = -2 * n * inverse * inverse * inverse - 6 * w * w * w * w;
    jet[0] = jet[0] + value;
    jet[1] = jet[1] + value * l1;
    jet[2] = jet[2] + value * (l2 + l1 * l1);
    jet[3] = jet[3] + value * (l3 + 3 * l2 * l1 + l1 * l1 * l1);
  }
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
 * Adds P(s) = Σ_ℓ c_{2ℓ} s^ℓ, s = x², ℓ ≤ highest, and its derivatives by x: with D = d/ds they are 2x DP,
 * 2 DP + 4s D²P and 12x D²P + 8xs D³P. Horner's rule gives P, DP, D²P/2 and D³P/6 at once.
 */
export function addSmoothing(
  c: Float64Array,
  first: number,
  highest: number,
  x: number,
  jet: Float64Array,
): void {
  const s = x * x;
  let p0 = 0;
  let p1 = 0;
  let p2 = 0;
  let p3 = 0;
  for (let l = first + highest; l >= first; l--) {
    p3 = p3 * s + p2;
    p2 = p2 * s + p1;
    p1 = p1 * s + p0;
    p0 = p0 * s + c[l];
  }
  jet[0] = jet[0] + p0;
  jet[1] = jet[1] + 2 * x * p1;
  jet[2] = jet[2] + 2 * p1 + 8 * s * p2;
  jet[3] = jet[3] + 24 * x * p2 + 48 * x * s * p3;
}
