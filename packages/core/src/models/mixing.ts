/** λ_ij = ½(σ_i + σ_j)(1 − η|σ_i − σ_j|); η = 0 is the additive rule. */
export function mixDiameters(sigmaI: number, sigmaJ: number, nonAdditivity: number): number {
  return 0.5 * (sigmaI + sigmaJ) * (1 - nonAdditivity * Math.abs(sigmaI - sigmaJ));
}

/** How ε_ij scales with the diameters of a pair: not at all, as λ_ij², or as √R λ_ij^{5/2}, R = ½σ_iσ_j/(σ_i + σ_j). */
export const STRENGTHS = ["constant", "square", "hertz"] as const;
export type Strength = (typeof STRENGTHS)[number];

/** The factor of ε_ij: k λ² makes a harmonic contact ½kδ² of the overlap δ, √R λ^{5/2} a Hertzian one √R δ^{5/2}/(5/2). */
export function mixStrength(strength: Strength, sigmaI: number, sigmaJ: number, lambda: number): number {
  if (strength === "constant") return 1;
  const square = lambda * lambda;
  if (strength === "square") return square;
  return Math.sqrt((0.5 * sigmaI * sigmaJ * lambda) / (sigmaI + sigmaJ)) * square;
}
