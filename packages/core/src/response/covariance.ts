import type { HessianPattern, Interactions } from "../mechanics/index.ts";
import type { BlockSymmetric } from "../sparse/index.ts";

/**
 * Bond covariances C_α = G_ii + G_jj − G_ij − G_ji, m×d×d (unit λ²/ε), from the entries of G = M⁻¹ on the pattern
 * of M: the covariance of the bond vector u_α over k_BT. Independent of the pinned particle. O(m).
 */
export function bondCovariances(
  interactions: Interactions,
  pattern: HessianPattern,
  inverse: Pick<BlockSymmetric, "lower" | "diagonal">,
): Float64Array {
  const { dimension: d, i, j } = interactions;
  const dd = d * d;
  const { lower, diagonal } = inverse;
  const covariances = new Float64Array(i.length * dd);
  for (let m = 0; m < i.length; m++) {
    const ii = (i[m] as number) * dd;
    const jj = (j[m] as number) * dd;
    const ji = (pattern.entryOf[m] as number) * dd;
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < d; b++) {
        const ab = a * d + b;
        const ba = b * d + a;
        covariances[m * dd + ab] =
          (diagonal[ii + ab] as number) +
          (diagonal[jj + ab] as number) -
          (lower[ji + ab] as number) -
          (lower[ji + ba] as number);
      }
    }
  }
  return covariances;
}
