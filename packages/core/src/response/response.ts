import {
  type FamilyKind,
  familyBlocks,
  type HessianPattern,
  type Interactions,
  type Sites,
  type Spread,
} from "../interactions/index.ts";
import { type BlockSymmetric, withoutMean } from "../sparse/index.ts";

/** The local thermal energies of one family of terms, t, and where they are; plain data. */
export interface TermEnergies {
  /** What its terms are called: "bonds", "triples". */
  readonly kind: FamilyKind;
  readonly sites: Sites;
  /** t, H_α = ∂²ε_α/∂x∂x : M⁻¹, unit 1 (energy over ½k_BT). */
  readonly harmonic: Float64Array;
  /** t, A_α = f_α · X, unit 1. */
  readonly anharmonic: Float64Array;
  /** t, E_α = H_α + A_α, Eq. 3, Zylberg 2017. */
  readonly lte: Float64Array;
}

/** Local thermal energies of all interactions, and the thermal displacement behind their second parts. */
export interface LocalThermalEnergy {
  /** One a family, in the order of `Interactions.families`: the pairs first. */
  readonly energies: readonly TermEnergies[];
  /** N×d, X = −M⁻¹ · (U‴ : M⁻¹), unit λ/ε; fixed up to a common translation. */
  readonly displacement: Float64Array;
}

/** C_α of every family, from the entries of G = M⁻¹ on the pattern of M. Independent of the pinned particle. O(m). */
export function spreadsOf(
  interactions: Interactions,
  pattern: HessianPattern,
  inverse: Pick<BlockSymmetric, "lower" | "diagonal">,
): readonly Spread[] {
  return familyBlocks(interactions, pattern, inverse).map((blocks, f) =>
    interactions.families[f].spread(blocks),
  );
}

/**
 * Local thermal energies from the covariances C_α (one `Spread` a family, read) and a solver of M·x = b, Eqs. 2 and 3
 * and SI B, Zylberg 2017: H_α = K_α : C_α, X = −M⁻¹·(U‴ : M⁻¹), A_α = f_α·X, E_α = H_α + A_α. `solve` may return x up
 * to a translation. O(m) and one solve.
 */
export function respond(
  interactions: Interactions,
  spreads: readonly Spread[],
  solve: (rightHandSide: Float64Array) => Float64Array,
): LocalThermalEnergy {
  return responseTo(interactions, driveOf(interactions, spreads), solve);
}

/** All that X and E take from the covariances. */
export interface Drive {
  /** H_α, one array a family. */
  readonly harmonic: readonly Float64Array[];
  /** N×d, U‴ : M⁻¹, unit 1/λ. */
  readonly third: Float64Array;
}

/** What `respond` takes from the covariances: without them it goes on by `responseTo`. O(m). */
export function driveOf({ dimension, particleCount }: Interactions, spreads: readonly Spread[]): Drive {
  const third = new Float64Array(particleCount * dimension);
  for (const spread of spreads) spread.addThird(third);
  return { harmonic: spreads.map((spread) => spread.harmonic()), third };
}

/** `respond` to what is left of the covariances. One solve. */
export function responseTo(
  { dimension: d, families }: Interactions,
  { harmonic: parts, third }: Drive,
  solve: (rightHandSide: Float64Array) => Float64Array,
): LocalThermalEnergy {
  const displacement = withoutMean(solve(third.map((t) => -t)), d);
  const energies = families.map((family, f): TermEnergies => {
    const harmonic = parts[f];
    const anharmonic = family.project(displacement);
    const lte = harmonic.map((h, t) => h + anharmonic[t]);
    return { kind: family.kind, sites: family.sites(), harmonic, anharmonic, lte };
  });
  return { energies, displacement };
}

/**
 * Relative error of the sum rule Σ_α E_α = Nd − d over all families (equipartition: every non-zero mode holds ½k_BT), N
 * counting the particles that the interactions join.
 */
export function sumRuleError(interactions: Interactions, { energies }: LocalThermalEnergy): number {
  const { particleCount: n, dimension: d } = interactions;
  const expected = n * d - d;
  let sum = 0;
  for (const { lte } of energies) for (const energy of lte) sum += energy;
  return expected === 0 ? Math.abs(sum) : Math.abs(sum / expected - 1);
}
