import type { Minimum } from "../minimum/index.ts";
import { type BlockSize, visible } from "../sparse/index.ts";

/**
 * The pseudo-inverse M⁺ = P G P, P = 1 − (1/N) Σ_a 1_a 1_aᵀ, of a Hessian whose zero modes are the d translations,
 * from the inverse G with a pinned particle: the same whichever particle is pinned.
 */
export interface PseudoInverse {
  readonly dimension: BlockSize;
  /** N×d×d, diagonal blocks of M⁺, unit λ²/ε: ⟨x_i x_i⟩ = k_BT·(M⁺)_ii in the frame of the centre of mass. */
  readonly diagonal: Float64Array;
  /** blocks on the pattern of M, as in `SelectedInverse` */
  readonly lower: Float64Array;
  /** Takes a block G_ij (d×d, overwritten) to (M⁺)_ij. */
  readonly project: (i: number, j: number, block: Float64Array) => Float64Array;
}

/**
 * Projects the translations out of the selected inverse G: with S_i = Σ_j G_ij (from s_a = G·1_a, d solves) and
 * T = Σ_i S_i, (M⁺)_ij = G_ij − (S_i + S_jᵀ)/N + T/N². O(blocks) and d solves.
 */
export function pseudoInverse(minimum: Pick<Minimum, "inverse" | "solve">): PseudoInverse {
  const seen = visible(minimum.inverse());
  const { size: n, columnStarts, rows } = seen;
  const d = seen.dimension as 2 | 3;
  const uniform = new Float64Array(d * n * d);
  for (let a = 0; a < d; a++) for (let k = a; k < n * d; k += d) uniform[a * n * d + k] = 1;
  const s = minimum.solve(uniform, d);
  const rowSum = (i: number, a: number, b: number) => s[b * n * d + i * d + a];
  const total = new Float64Array(d * d);
  for (let i = 0; i < n; i++)
    for (let a = 0; a < d; a++) for (let b = 0; b < d; b++) total[a * d + b] += rowSum(i, a, b);
  const project = (i: number, j: number, block: Float64Array) => {
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < d; b++) {
        const mean = total[a * d + b] / n;
        block[a * d + b] += (mean - rowSum(i, a, b) - rowSum(j, b, a)) / n;
      }
    }
    return block;
  };
  const dd = d * d;
  const diagonal = seen.diagonal.slice();
  const lower = seen.lower.slice();
  for (let k = 0; k < n; k++) {
    project(k, k, diagonal.subarray(k * dd, (k + 1) * dd));
    for (let p = columnStarts[k]; p < columnStarts[k + 1]; p++)
      project(rows[p], k, lower.subarray(p * dd, (p + 1) * dd));
  }
  return { dimension: d, diagonal, lower, project };
}

/** Debye–Waller factors of all particles, N: ⟨|x_i|²⟩/(k_BT) = tr (M⁺)_ii, unit λ²/ε, in the frame of the centre of mass. */
export function debyeWaller({
  dimension: d,
  diagonal,
}: Pick<PseudoInverse, "dimension" | "diagonal">): Float64Array {
  return Float64Array.from({ length: diagonal.length / (d * d) }, (_, i) => {
    let trace = 0;
    for (let a = 0; a < d; a++) trace += diagonal[(i * d + a) * d + a];
    return trace;
  });
}
