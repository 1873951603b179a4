/** λ_ij = ½(σ_i + σ_j)(1 − η|σ_i − σ_j|); η = 0 is the additive rule. */
export function mixDiameters(sigmaI: number, sigmaJ: number, nonAdditivity: number): number {
  return 0.5 * (sigmaI + sigmaJ) * (1 - nonAdditivity * Math.abs(sigmaI - sigmaJ));
}
