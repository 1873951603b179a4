import { SoftfieldError } from "../errors.ts";
import { exponential, power } from "./elementary.ts";
import { tableJet } from "./table.ts";
import { COEFFICIENT_STRIDE, Coefficient, Form, type PairModel } from "./types.ts";

/** What of a configuration sets the parameters of its pairs; a `System` is one. */
export interface Particles {
  /** N, index into the model's species. Read. */
  readonly species: Int32Array;
  /** N, unit λ; needed by models with a mixing rule, ignored by others. Read. */
  readonly diameters?: Float64Array;
}

/** A batch of m pairs; an `Interactions` is one. */
export interface PairBatch {
  /** m, particle indices of both ends. Read. */
  readonly i: Int32Array;
  readonly j: Int32Array;
  /** m, distance, unit λ. Read. */
  readonly r: Float64Array;
  /** m, φ(r), unit ε. Overwritten. */
  readonly phi0: Float64Array;
  /** m, φ′(r), ε/λ. Overwritten. */
  readonly phi1: Float64Array;
  /** m, φ″(r), ε/λ². Overwritten. */
  readonly phi2: Float64Array;
  /** m, φ‴(r), ε/λ³. Overwritten. */
  readonly phi3: Float64Array;
}

/**
 * Evaluates φ(r) = ε_ij [form(x) + Σ_ℓ c_{2ℓ} x^{2ℓ}] (A.1, A.3 of Zylberg 2017), x = r/λ_ij, and its first
 * three derivatives by r, for a batch of pairs; all four are 0 for x > x_c.
 *
 * @param count pairs to evaluate, from the start of the arrays; all by default.
 * @throws SoftfieldError "geometry" where r is not positive or lies below the first row of a table; "model"
 * where diameters are missing or mix to a λ_ij ≤ 0.
 * Cost: O(m), no allocation per pair.
 */
export function evaluatePairs(
  model: PairModel,
  particles: Particles,
  pairs: PairBatch,
  count: number = pairs.r.length,
): void {
  const { coefficients, form } = model;
  const speciesCount = model.species.length;
  const { species } = particles;
  const diameters = mixedDiameters(model, particles);
  const eta = model.mixing?.nonAdditivity ?? 0;
  const { i, j, r, phi0, phi1, phi2, phi3 } = pairs;
  const jet = new Float64Array(4);
  const highest = highestSmoothing(coefficients);
  for (let k = 0; k < count; k++) {
    const row = (species[i[k]!]! * speciesCount + species[j[k]!]!) * COEFFICIENT_STRIDE;
    let lambda = coefficients[row + Coefficient.Lambda]!;
    if (diameters !== undefined) {
      lambda = mixDiameters(diameters[i[k]!]!, diameters[j[k]!]!, eta);
      if (!(lambda > 0)) throw unmixable(model, particles, i[k]!, j[k]!);
    }
    const x = r[k]! / lambda;
    if (!(x > 0)) throw overlap(i[k]!, j[k]!, r[k]!);
    if (x > coefficients[row + Coefficient.Cutoff]!) {
      phi0[k] = phi1[k] = phi2[k] = phi3[k] = 0;
      continue;
    }
    const parameters = row + Coefficient.Parameters;
    switch (form) {
      case Form.PowerLaw:
        powerLawJet(coefficients, parameters, x, jet);
        break;
      case Form.Contact:
        contactJet(coefficients[parameters]!, x, jet);
        break;
      case Form.Yukawa:
        yukawaJet(coefficients[parameters]!, x, jet);
        break;
      case Form.Morse:
        morseJet(coefficients[parameters]!, coefficients[parameters + 1]!, x, jet);
        break;
      case Form.Table: {
        const table = model.tables[coefficients[parameters]!]!;
        if (x < table.rMin) throw belowTable(i[k]!, j[k]!, r[k]!, table.rMin * lambda);
        tableJet(table, x, jet);
        break;
      }
    }
    addSmoothing(coefficients, row + Coefficient.Smoothing, highest, x, jet);
    const inverse = 1 / lambda;
    let scale = coefficients[row + Coefficient.Epsilon]!;
    phi0[k] = scale * jet[0]!;
    phi1[k] = (scale *= inverse) * jet[1]!;
    phi2[k] = (scale *= inverse) * jet[2]!;
    phi3[k] = scale * inverse * jet[3]!;
  }
}

/** λ_ij = ½(σ_i + σ_j)(1 − η|σ_i − σ_j|); η = 0 is the additive rule. */
export function mixDiameters(sigmaI: number, sigmaJ: number, nonAdditivity: number): number {
  return 0.5 * (sigmaI + sigmaJ) * (1 - nonAdditivity * Math.abs(sigmaI - sigmaJ));
}

/** a·x⁻ⁿ + b·x⁻ᵐ, each derivative the former times −(n+k)/x. */
function powerLawJet(c: Float64Array, p: number, x: number, jet: Float64Array): void {
  const inverse = 1 / x;
  let n = c[p + 1]!;
  let u = c[p]! * power(inverse, n);
  const b = c[p + 2]!;
  let m = c[p + 3]!;
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

/** The largest ℓ with a non-zero c_{2ℓ} in any row; −1 where nothing is smoothed. */
function highestSmoothing(coefficients: Float64Array): number {
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
function addSmoothing(c: Float64Array, first: number, highest: number, x: number, jet: Float64Array): void {
  const s = x * x;
  let p0 = 0;
  let p1 = 0;
  let p2 = 0;
  let p3 = 0;
  for (let l = first + highest; l >= first; l--) {
    p3 = p3 * s + p2;
    p2 = p2 * s + p1;
    p1 = p1 * s + p0;
    p0 = p0 * s + c[l]!;
  }
  jet[0] = jet[0]! + p0;
  jet[1] = jet[1]! + 2 * x * p1;
  jet[2] = jet[2]! + 2 * p1 + 8 * s * p2;
  jet[3] = jet[3]! + 24 * x * p2 + 48 * x * s * p3;
}

function mixedDiameters(model: PairModel, particles: Particles): Float64Array | undefined {
  if (model.mixing === undefined) return undefined;
  if (particles.diameters === undefined) {
    throw new SoftfieldError(
      "model",
      `model "${model.name}" mixes per-particle diameters, but the configuration has none: give it a column of diameters`,
      { field: "diameters" },
    );
  }
  return particles.diameters;
}

function overlap(i: number, j: number, r: number): SoftfieldError {
  return new SoftfieldError(
    "geometry",
    `particles ${i} and ${j} are ${r} apart: remove one of them, or move them apart`,
    { particle: i },
  );
}

function belowTable(i: number, j: number, r: number, rMin: number): SoftfieldError {
  return new SoftfieldError(
    "geometry",
    `particles ${i} and ${j} are ${r} apart, below the first row of the table of φ (${rMin}): extend the table`,
    { particle: i },
  );
}

function unmixable(model: PairModel, particles: Particles, i: number, j: number): SoftfieldError {
  const [a, b] = [particles.diameters![i], particles.diameters![j]];
  return new SoftfieldError(
    "model",
    `diameters ${a} and ${b} of particles ${i} and ${j} mix to λ_ij = ${mixDiameters(a!, b!, model.mixing!.nonAdditivity)} in model "${model.name}": diameters must be positive and η|σ_i − σ_j| < 1`,
    { particle: i, field: "diameters" },
  );
}
