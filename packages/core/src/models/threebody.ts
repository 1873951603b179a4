import { exponential } from "../elementary.ts";

/**
 * The three-body term of Stillinger & Weber, Phys. Rev. B 31, 5262 (1985), of a triple j–i–k with the centre i:
 * ε_jik = strength·(cos θ_jik − cosine)² exp(range/(r_ij − cutoff)) exp(range/(r_ik − cutoff)), 0 beyond the cutoffs.
 * Range and cutoff are those of each leg by the species of centre and end, strength and cosine those of the three.
 * It and all its derivatives vanish at the cutoffs. In reduced units.
 */
export interface ThreeBodyTerm {
  /** S */
  readonly speciesCount: number;
  /** S² rows of LEG_ROW f64, row centre·S + end: range γσ and cutoff aσ of a leg, unit λ; cutoffs are those of pairs. */
  readonly legs: Float64Array;
  /** S³ rows of ANGLE_ROW f64, row (centre·S + j)·S + k, alike for (k, j): strength λε, unit ε, and cosine. */
  readonly angles: Float64Array;
}

/** f64 of a row of `ThreeBodyTerm.legs` and of one of `angles`. */
export const LEG_ROW = 2;
export const ANGLE_ROW = 2;

/** What a leg of a triple depends on. */
export interface TripleLeg {
  /** γσ, unit λ */
  readonly range: number;
  /** aσ, unit λ */
  readonly cutoff: number;
}

/** The leg from a centre of one species to an end of another. */
export function tripleLeg({ speciesCount, legs }: ThreeBodyTerm, centre: number, end: number): TripleLeg {
  const row = (centre * speciesCount + end) * LEG_ROW;
  return { range: legs[row], cutoff: legs[row + 1] };
}

/** f64 of a `legJet`. */
export const LEG_STRIDE = 15;

/**
 * A_n(a) = r⁻ⁿ exp(range/(r − cutoff)), a = r², n = 0, 1, 2, with its first four derivatives by a: `jet[5n + k]` is
 * the k-th of A_n (LEG_STRIDE f64, overwritten). With c = cos θ = s/√(ab) and s = u₁·u₂ the term is
 * strength·Σ_n C_n sⁿ A_n(a) A_n(b), C = (cosine², −2 cosine, 1). 0 for r ≥ cutoff.
 */
export function legJet({ range, cutoff }: TripleLeg, r: number, jet: Float64Array): void {
  if (r >= cutoff) {
    jet.fill(0);
    return;
  }
  const w = 1 / (r - cutoff);
  const inverse = 1 / r;
  let value = exponential(range * w);
  for (let n = 0; n < 3; n++) {
    // derivatives of ln A_n by r
    const l1 = -n * inverse - range * w * w;
    const l2 = n * inverse * inverse + 2 * range * w * w * w;
    const l3 = -2 * n * inverse * inverse * inverse - 6 * range * w * w * w * w;
    const l4 = 6 * n * inverse * inverse * inverse * inverse + 24 * range * w * w * w * w * w;
    const d1 = value * l1;
    const d2 = value * (l2 + l1 * l1);
    const d3 = value * (l3 + 3 * l2 * l1 + l1 * l1 * l1);
    const d4 = value * (l4 + 4 * l3 * l1 + 3 * l2 * l2 + 6 * l2 * l1 * l1 + l1 * l1 * l1 * l1);
    // d/da = (1/2r) d/dr
    const across = (d2 - d1 * inverse) * inverse * inverse;
    jet[5 * n] = value;
    jet[5 * n + 1] = 0.5 * d1 * inverse;
    jet[5 * n + 2] = 0.25 * across;
    jet[5 * n + 3] = 0.125 * (d3 - 3 * across * r) * inverse * inverse * inverse;
    jet[5 * n + 4] = 0.0625 * (d4 - 6 * d3 * inverse + 15 * across) * inverse * inverse * inverse * inverse;
    value *= inverse;
  }
}

/** C_n of `legJet` times the strength, for each row of `ThreeBodyTerm.angles`: S³×3. */
export function angularCoefficients({ angles }: ThreeBodyTerm): Float64Array {
  const coefficients = new Float64Array((angles.length / ANGLE_ROW) * 3);
  for (let row = 0; row < angles.length / ANGLE_ROW; row++) {
    const strength = angles[row * ANGLE_ROW];
    const cosine = angles[row * ANGLE_ROW + 1];
    coefficients.set([strength * cosine * cosine, -2 * strength * cosine, strength], row * 3);
  }
  return coefficients;
}
