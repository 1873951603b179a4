import { addTripleAffine, type Interactions } from "../interactions/index.ts";
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
 * Derivatives of U with respect to the strain at affine displacements, u′ = D·u: U′ = Σ (φ′/r) u·Du,
 * U″ = Σ Du·K·Du + (φ′/r) u·(D′ + D²)u, Ξ_j = −Ξ_i = K·Du of each pair, K as in the Hessian. Triples answer alike
 * with both of their legs. O(m).
 */
export function affineResponse(
  interactions: Interactions,
  { box, rate, curvature }: DeformedBox,
): AffineResponse {
  const { dimension: d, particleCount, i, j, du, r, phi1, phi2 } = interactions;
  const force = new Float64Array(particleCount * d);
  const moved = new Float64Array(d);
  let first = 0;
  let second = 0;
  for (let m = 0; m < i.length; m++) {
    const transverse = phi1[m] / r[m];
    const along = (phi2[m] - transverse) / (r[m] * r[m]);
    let stretch = 0;
    let bend = 0;
    let square = 0;
    for (let a = 0; a < d; a++) {
      let rated = 0;
      for (let b = 0; b < d; b++) {
        rated += rate[a * d + b] * du[m * d + b];
        bend += du[m * d + a] * curvature[a * d + b] * du[m * d + b];
      }
      moved[a] = rated;
      stretch += du[m * d + a] * rated;
      square += rated * rated;
    }
    first += transverse * stretch;
    second += along * stretch * stretch + transverse * (square + bend);
    for (let a = 0; a < d; a++) {
      const pull = along * stretch * du[m * d + a] + transverse * moved[a];
      force[i[m] * d + a] -= pull;
      force[j[m] * d + a] += pull;
    }
  }
  if (interactions.triples) {
    const ofTriples = addTripleAffine(interactions.triples, { rate, curvature }, force);
    first += ofTriples.first;
    second += ofTriples.second;
  }
  const v = volume(box);
  return { stress: first / v, born: second / v, force };
}
