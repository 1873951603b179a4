import { affineDerivatives, type Interactions } from "../interactions/index.ts";
import { volume } from "../space/index.ts";
import {
  type BlockSymmetric,
  type CholeskyFactor,
  type Clusters,
  centre,
  multiply,
  solve,
  symmetricEigen,
} from "../sparse/index.ts";
import { product, trace } from "../squarematrices.ts";
import { dot } from "../vectors.ts";
import type { DeformedBox } from "./deformation.ts";

/**
 * What the free stretches t of a box add to the Hessian of the enthalpy H = U + P(V − V₀), in units of length,
 * τ = √N t, so that all eigenvalues are of one size: with B = ∂²H/∂x∂τ and C = ∂²H/∂τ∂τ
 *
 *   ⎛ M   B ⎞ ⎛ x ⎞   ⎛ b ⎞
 *   ⎝ Bᵀ  C ⎠ ⎝ τ ⎠ = ⎝ c ⎠,   τ = S⁻¹(c − Bᵀ M⁻¹ b),  S = C − Bᵀ M⁻¹ B.
 *
 * Vectors are N×d numbers of the particles, then m of the stretches.
 */
export interface Border {
  /** B, m columns of N×d. */
  readonly columns: readonly Float64Array[];
  /** C, m×m. */
  readonly corner: Float64Array;
}

/** A factor of M, and what it leaves free. */
export interface Factor extends Clusters {
  readonly factor: CholeskyFactor;
}

/** M⁻¹B and S. */
export interface SolvedBorder extends Border {
  readonly followed: readonly Float64Array[];
  readonly schur: Float64Array;
}

/** λ of a displacement that count as a stretch of 1. */
export function stretchScale(count: number): number {
  return Math.sqrt(count);
}

/** Second derivatives of H by the strain γ (first) and the free stretches, and ∂²H/∂x of each; unscaled. */
export interface BoxDerivatives {
  /** ∂H/∂γ and ∂²H/∂γ², ε. */
  readonly first: number;
  readonly second: number;
  /** ∂²U/∂x∂γ, and of each stretch; N×d. */
  readonly force: Float64Array;
  readonly forces: readonly Float64Array[];
  /** ∂²H/∂t∂γ, m; ∂²H/∂t∂t, m×m. */
  readonly mixed: Float64Array;
  readonly corner: Float64Array;
}

/** By polarisation of the affine derivatives; O(m²) passes over the interactions for m stretches. */
export function boxDerivatives(
  interactions: Interactions,
  { box, rate, curvature, free }: DeformedBox,
  pressure: number,
): BoxDerivatives {
  const d = box.dimension;
  const v = volume(box);
  const none = new Float64Array(d * d);
  const rates = [rate, ...free.map((one) => one.rate)];
  const seconds = (a: number, b: number) =>
    a === 0 && b === 0 ? curvature : a === 0 ? free[b - 1].mixed : none;
  const alone = rates.map((own, a) =>
    affineDerivatives(interactions, { rate: own, curvature: seconds(a, a) }),
  );
  /** V_ab of a volume V det F(a, b) */
  const volumes = (a: number, b: number) =>
    v *
    (trace(rates[a], d) * trace(rates[b], d) +
      trace(seconds(a, b), d) -
      trace(product(rates[a], rates[b], d), d));
  const both = (a: number, b: number) => {
    if (a === b) return alone[a].second + pressure * volumes(a, a);
    const sum = (x: Float64Array, y: Float64Array) => x.map((own, k) => own + y[k]);
    const cross = seconds(a, b).map((own) => 2 * own);
    const together = affineDerivatives(interactions, {
      rate: sum(rates[a], rates[b]),
      curvature: sum(sum(seconds(a, a), seconds(b, b)), cross),
    });
    return 0.5 * (together.second - alone[a].second - alone[b].second) + pressure * volumes(a, b);
  };
  const m = free.length;
  const corner = new Float64Array(m * m);
  for (let k = 0; k < m; k++)
    for (let l = 0; l <= k; l++) corner[k * m + l] = corner[l * m + k] = both(l + 1, k + 1);
  return {
    first: alone[0].first + pressure * v * trace(rate, d),
    second: both(0, 0),
    force: alone[0].force,
    forces: alone.slice(1).map(({ force }) => force),
    mixed: Float64Array.from(free, (_, k) => both(0, k + 1)),
    corner,
  };
}

/** The border of a stiffness in the units of τ; its columns are centred. */
export function borderOf(clusters: Clusters, { forces, corner }: BoxDerivatives, count: number): Border {
  const scale = 1 / stretchScale(count);
  const columns = forces.map((force) => {
    const column = force.map((own) => own * scale);
    centre(clusters, column);
    return column;
  });
  return { columns, corner: corner.map((own) => own * scale * scale) };
}

/** Solves what a border asks of a factor of M; undefined where S is not positive definite. */
export function solvedBorder(factored: Factor, border: Border): SolvedBorder | undefined {
  const followed = followedBy(factored, border);
  const schur = schurOf(border, followed);
  const m = border.columns.length;
  const { values } = symmetricEigen(schur);
  return values[0] > 0 && m > 0 ? { ...border, followed, schur } : undefined;
}

/** M⁻¹B */
export function followedBy(factored: Factor, { columns }: Border): Float64Array[] {
  return columns.map((column) => {
    const x = solve(factored.factor, column);
    centre(factored, x);
    return x;
  });
}

/** S = C − Bᵀ M⁻¹ B, m×m. */
export function schurOf({ columns, corner }: Border, followed: readonly Float64Array[]): Float64Array {
  const m = columns.length;
  return corner.map((own, k) => own - dot(columns[Math.floor(k / m)], followed[k % m]));
}

/** S⁻¹·c of a symmetric m×m matrix by its eigenvectors. */
function solveSmall(matrix: Float64Array, c: ArrayLike<number>): Float64Array {
  const m = c.length;
  const { values, vectors } = symmetricEigen(matrix);
  const out = new Float64Array(m);
  for (let e = 0; e < m; e++) {
    let along = 0;
    for (let k = 0; k < m; k++) along += vectors[e * m + k] * c[k];
    for (let k = 0; k < m; k++) out[k] += (along / values[e]) * vectors[e * m + k];
  }
  return out;
}

/** The bordered system's answer to b (N×d and m), centred. */
export function solveBordered(factored: Factor, border: SolvedBorder, b: Float64Array): Float64Array {
  const m = border.columns.length;
  const own = b.length - m;
  const x = solve(factored.factor, b.subarray(0, own));
  centre(factored, x);
  const rest = Float64Array.from(border.columns, (column, k) => b[own + k] - dot(column, x));
  const tau = solveSmall(border.schur, rest);
  const out = new Float64Array(b.length);
  out.set(x);
  border.followed.forEach((column, k) => {
    for (let p = 0; p < own; p++) out[p] -= tau[k] * column[p];
  });
  out.set(tau, own);
  return out;
}

/** The bordered matrix times x (N×d and m). */
export function multiplyBordered(
  { matrix, border }: { readonly matrix: BlockSymmetric; readonly border?: Border | undefined },
  x: Float64Array,
): Float64Array {
  if (!border) return multiply(matrix, x);
  const m = border.columns.length;
  const own = x.length - m;
  const out = new Float64Array(x.length);
  out.set(multiply(matrix, x.subarray(0, own)));
  border.columns.forEach((column, k) => {
    const tau = x[own + k];
    let sum = 0;
    for (let p = 0; p < own; p++) {
      out[p] += tau * column[p];
      sum += column[p] * x[p];
    }
    for (let l = 0; l < m; l++) sum += border.corner[k * m + l] * x[own + l];
    out[own + k] = sum;
  });
  return out;
}
