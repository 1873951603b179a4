import { affineDerivatives, type Interactions } from "../interactions/index.ts";
import { volume } from "../space/index.ts";
import type { DeformedBox } from "./deformation.ts";

/** How the energy answers to an affine deformation. */
export interface AffineResponse {
  /** σ = (1/V) dU/dγ, ε/λ^d. */
  readonly stress: number;
  /** (1/V) ∂²U/∂γ² at affine displacements: the Born modulus, with the curvature of the deformation; ε/λ^d. */
  readonly born: number;
  /** Ξ = ∂²U/∂x∂γ, N×d, ε/λ: what an affine step adds to the gradient, per unit strain. */
  readonly force: Float64Array;
}

/**
 * Derivatives of U with respect to the strain at affine displacements, u′ = D·u of all legs u. Of a pair
 * U′ = (φ′/r) u·Du, U″ = Du·K·Du + (φ′/r) u·(D′ + D²)u, Ξ_j = −Ξ_i = K·Du, K as in the Hessian. O(m).
 */
export function affineResponse(
  interactions: Interactions,
  { box, rate, curvature }: DeformedBox,
): AffineResponse {
  const { first, second, force } = affineDerivatives(interactions, { rate, curvature });
  const v = volume(box);
  return { stress: first / v, born: second / v, force };
}
