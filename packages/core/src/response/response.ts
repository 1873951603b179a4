import {
  bondGradientProjection,
  type Interactions,
  stiffnessContraction,
  thirdDerivativeContraction,
  tripleGradientProjection,
  tripleStiffnessContraction,
} from "../interactions/index.ts";
import { withoutMean } from "../sparse/index.ts";

/** The two parts of the local thermal energy of triples; see `LocalThermalEnergy`. */
export interface TripleThermalEnergy {
  /** t, H_α, unit 1 */
  readonly harmonic: Float64Array;
  /** t, A_α = f_α · X, unit 1 */
  readonly anharmonic: Float64Array;
}

/** The two parts of the local thermal energy of each interaction, and the thermal displacement behind the second. */
export interface LocalThermalEnergy {
  /** m, H_α = ∂²ε_α/∂x∂x : M⁻¹, unit 1 (energy over ½k_BT). */
  readonly harmonic: Float64Array;
  /** m, A_α = f_α · X, unit 1. */
  readonly anharmonic: Float64Array;
  /** N×d, X = −M⁻¹ · (U‴ : M⁻¹), unit λ/ε; fixed up to a common translation. */
  readonly displacement: Float64Array;
  /** Where the model has a three-body term. */
  readonly triples?: TripleThermalEnergy;
}

/**
 * Local thermal energies from bond covariances C_α (m×d×d, read) and a solver of M·x = b, Eqs. 2 and 3, Zylberg 2017:
 * H_α = K_α : C_α, X = −M⁻¹·(U‴ : M⁻¹), A_α = f_α·X, E_α = H_α + A_α. `solve` may return x up to a translation.
 * With triples (SI B, B.8) the covariances of their legs, `ofLegs` (t×2d×2d, read), are needed as well.
 * O(m) and one solve.
 */
export function respond(
  interactions: Interactions,
  covariances: Float64Array,
  solve: (rightHandSide: Float64Array) => Float64Array,
  ofLegs?: Float64Array,
): LocalThermalEnergy {
  const { triples, dimension: d } = interactions;
  const harmonic = stiffnessContraction(interactions, covariances);
  const b = thirdDerivativeContraction(interactions, covariances, ofLegs);
  for (let k = 0; k < b.length; k++) b[k] = -b[k];
  const displacement = withoutMean(solve(b), d);
  const lte = { harmonic, anharmonic: bondGradientProjection(interactions, displacement), displacement };
  if (!triples || !ofLegs) return lte;
  const anharmonic = tripleGradientProjection(triples, d, displacement);
  return {
    ...lte,
    triples: { harmonic: tripleStiffnessContraction(triples, d, ofLegs), anharmonic },
  };
}

/** E_α = H_α + A_α, m. */
export function totalEnergy({ harmonic, anharmonic }: LocalThermalEnergy): Float64Array {
  return harmonic.map((h, m) => h + anharmonic[m]);
}

/**
 * Relative error of the sum rule Σ_α E_α = Nd − d, over pairs and triples (equipartition: every non-zero mode holds ½k_BT), N counting the
 * particles that the interactions join.
 */
export function sumRuleError(interactions: Interactions, lte: LocalThermalEnergy): number {
  const { particleCount: n, dimension: d } = interactions;
  const expected = n * d - d;
  let sum = 0;
  for (let m = 0; m < lte.harmonic.length; m++) sum += lte.harmonic[m] + lte.anharmonic[m];
  for (const part of [lte.triples?.harmonic, lte.triples?.anharmonic])
    for (const energy of part ?? []) sum += energy;
  return expected === 0 ? Math.abs(sum) : Math.abs(sum / expected - 1);
}
