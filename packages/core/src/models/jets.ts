// The mathematics of every form's derivatives, in the common subset of TypeScript and AssemblyScript: the kernel that
// lists pairs of power laws (assembly/dynamics/pairs.ts) compiles this file, too. Powers and exponentials come as
// arguments, for each side has its own.

/** Value and first four derivatives by x. */
export class Jet {
  d0: number = 0;
  d1: number = 0;
  d2: number = 0;
  d3: number = 0;
  d4: number = 0;
}

export function setJet(
  jet: Jet,
  value: number,
  first: number,
  second: number,
  third: number,
  fourth: number,
): void {
  jet.d0 = value;
  jet.d1 = first;
  jet.d2 = second;
  jet.d3 = third;
  jet.d4 = fourth;
}

/** a·x⁻ⁿ + b·x⁻ᵐ by its values u and v; each derivative is the former times −(n+k)/x. */
export function powerLawJet(jet: Jet, u: number, n: number, v: number, m: number, inverse: number): void {
  jet.d0 = u + v;
  u *= n++ * inverse;
  v *= m++ * inverse;
  jet.d1 = -(u + v);
  u *= n++ * inverse;
  v *= m++ * inverse;
  jet.d2 = u + v;
  u *= n++ * inverse;
  v *= m++ * inverse;
  jet.d3 = -(u + v);
  u *= n * inverse;
  v *= m * inverse;
  jet.d4 = u + v;
}

/** gap^α/α, gap = 1 − x > 0; slope = gap^{α−1}. */
export function contactJet(jet: Jet, alpha: number, gap: number, slope: number): void {
  jet.d0 = (gap * slope) / alpha;
  jet.d1 = -slope;
  jet.d2 = ((alpha - 1) * slope) / gap;
  jet.d3 = (-(alpha - 1) * (alpha - 2) * slope) / (gap * gap);
  jet.d4 = ((alpha - 1) * (alpha - 2) * (alpha - 3) * slope) / (gap * gap * gap);
}

/** value = e^{−κ(x−1)}/x: the k-th derivative is (−1)^k e Σ_l k!/l! κ^l x^{l−k−1}. */
export function yukawaJet(jet: Jet, kappa: number, value: number, inverse: number): void {
  const decay = value * kappa;
  const curvature = decay * kappa;
  const first = value * inverse + decay;
  const second = 2 * first * inverse + curvature;
  jet.d0 = value;
  jet.d1 = -first;
  jet.d2 = second;
  const third = 3 * second * inverse + curvature * kappa;
  jet.d3 = -third;
  jet.d4 = 4 * third * inverse + curvature * kappa * kappa;
}

/** decay² − 2 decay, decay = e^{−a(x−x₀)}. */
export function morseJet(jet: Jet, a: number, decay: number): void {
  const square = decay * decay;
  jet.d0 = square - 2 * decay;
  jet.d1 = -2 * a * (square - decay);
  jet.d2 = 2 * a * a * (2 * square - decay);
  jet.d3 = -2 * a * a * a * (4 * square - decay);
  jet.d4 = 2 * a * a * a * a * (8 * square - decay);
}

/**
 * Adds value = x⁻ⁿ e^w, w = 1/(x − x_c), a part of Stillinger–Weber's pairs: f′ = f l with l = −n/x − w²,
 * l′ = n/x² + 2w³, l″ = −2n/x³ − 6w⁴, l‴ = 6n/x⁴ + 24w⁵.
 */
export function addStillingerWeberPart(jet: Jet, value: number, n: number, w: number, inverse: number): void {
  const l1 = -n * inverse - w * w;
  const l2 = n * inverse * inverse + 2 * w * w * w;
  const l3 = -2 * n * inverse * inverse * inverse - 6 * w * w * w * w;
  const l4 = 6 * n * inverse * inverse * inverse * inverse + 24 * w * w * w * w * w;
  jet.d0 += value;
  jet.d1 += value * l1;
  jet.d2 += value * (l2 + l1 * l1);
  jet.d3 += value * (l3 + 3 * l2 * l1 + l1 * l1 * l1);
  jet.d4 += value * (l4 + 4 * l3 * l1 + 3 * l2 * l2 + 6 * l2 * l1 * l1 + l1 * l1 * l1 * l1);
}

/** A polynomial in (x − x_k)/spacing by its Taylor coefficients: the k-th derivative over k!. */
export function tableJet(
  jet: Jet,
  q0: number,
  q1: number,
  q2: number,
  q3: number,
  q4: number,
  inverseSpacing: number,
): void {
  jet.d0 = q0;
  jet.d1 = q1 * inverseSpacing;
  jet.d2 = 2 * q2 * inverseSpacing * inverseSpacing;
  jet.d3 = 6 * q3 * inverseSpacing * inverseSpacing * inverseSpacing;
  jet.d4 = 24 * q4 * inverseSpacing * inverseSpacing * inverseSpacing * inverseSpacing;
}
