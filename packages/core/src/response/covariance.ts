import type { HessianPattern, Interactions, Triples } from "../interactions/index.ts";
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
    const ii = i[m] * dd;
    const jj = j[m] * dd;
    const ji = pattern.entryOf[m] * dd;
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < d; b++) {
        const ab = a * d + b;
        const ba = b * d + a;
        covariances[m * dd + ab] = diagonal[ii + ab] + diagonal[jj + ab] - lower[ji + ab] - lower[ji + ba];
      }
    }
  }
  return covariances;
}

/**
 * Covariances of the legs y = (u₁, u₂) of every triple over k_BT, t×2d×2d (unit λ²/ε), from the entries of G on the
 * pattern of M: ⟨u₁u₂⟩ = G_jk − G_ji − G_ik + G_ii and so on. Independent of the pinned particle. O(t).
 */
export function legCovariances(
  { dimension: d, triples }: { readonly dimension: 2 | 3; readonly triples: Triples },
  pattern: HessianPattern,
  { lower, diagonal }: Pick<BlockSymmetric, "lower" | "diagonal">,
): Float64Array {
  const dd = d * d;
  const { centre, j, k, first, second } = triples;
  const entries = pattern.tripleEntries as Int32Array;
  const result = new Float64Array(centre.length * 4 * dd);
  /** (G_pq)_ab where p and q share the entry at `at`. */
  const entry = (p: number, q: number, at: number) => (a: number, b: number) =>
    p === q ? diagonal[p * dd + a * d + b] : lower[at * dd + (p > q ? a * d + b : b * d + a)];
  for (let t = 0; t < centre.length; t++) {
    const [c, p, q] = [centre[t], j[t], k[t]];
    const [toP, toQ] = [first, second].map((legs) => pattern.entryOf[legs[t]]) as [number, number];
    const cc = entry(c, c, 0);
    const ends = [
      { own: entry(p, p, 0), toCentre: entry(p, c, toP) },
      { own: entry(q, q, 0), toCentre: entry(q, c, toQ) },
    ] as const;
    const across = entry(p, q, entries[t]);
    for (const x of [0, 1] as const) {
      for (const y of [0, 1] as const) {
        for (let a = 0; a < d; a++) {
          for (let b = 0; b < d; b++) {
            const between = x === y ? ends[x].own(a, b) : x === 0 ? across(a, b) : across(b, a);
            result[t * 4 * dd + (x * d + a) * 2 * d + y * d + b] =
              between - ends[x].toCentre(a, b) - ends[y].toCentre(b, a) + cc(a, b);
          }
        }
      }
    }
  }
  return result;
}
