import {
  type Interactions,
  type Triples,
  thirdDerivativeContraction,
  tripleThird,
  tripleWork,
} from "../interactions/index.ts";
import { type Box, volume } from "../space/index.ts";
import { type CholeskyFactor, solve } from "../sparse/index.ts";
import { followedVectors, gradientRates, gradientsOf, onParticles, products, vectorsOf } from "./strain.ts";

/** How a glass expands at constant pressure, classical, to first order in T. */
export interface ThermalExpansion {
  /** η: (⟨L⟩_T − L)/L = ½k_BT·coefficient; the coefficient of Eq. 1 for the linear strain of the box, 1/ε. */
  readonly coefficient: number;
  /** α = d ln L/dT = ½k_B·coefficient, k_B/ε. */
  readonly linear: number;
  /** Isothermal bulk modulus at T → 0, non-affine motion included, ε/λ^d. */
  readonly bulkModulus: number;
  /** N×d, non-affine velocity w = −M⁻¹ ∂²U/∂x∂η, in the gauge of the pin; unit λ. */
  readonly nonAffine: Float64Array;
}

/**
 * Thermal expansion from Eq. 1, Zylberg 2017, with the box as one more degree of freedom: x = (1 + η)x⁰ + u, and
 * H = U + P V₀(1 + η)^d with the pressure P of the minimum. The extended M⁻¹ follows from G by the Schur complement
 * K = ∂²H/∂η² − ∂²U/∂η∂x · M⁻¹ · ∂²U/∂x∂η, so that the covariance of a bond vector is C_α + v_α v_αᵀ/K with
 * v_α = u_α + w_j − w_i, and η = −(Σ_α T_α : C · v_α + P V₀ d(d−1)(d−2)/K)/K.
 *
 * Triples, functions of their legs y, go the same way. `bonds` m×d×d and `legs` t×2d×2d are the covariances of both,
 * read. O(m) and one solve.
 */
export function thermalExpansion(
  { interactions, box }: { readonly interactions: Interactions; readonly box: Box },
  factor: CholeskyFactor,
  { bonds: covariances, legs }: { readonly bonds: Float64Array; readonly legs?: Float64Array | undefined },
): ThermalExpansion {
  const { dimension: d, triples } = interactions;
  const v0 = volume(box);
  const u = vectorsOf(interactions);
  const pressure = -products(d, gradientsOf(interactions), u) / (d * v0);
  const pull = gradientRates(interactions, u);
  const coupling = onParticles(interactions, pull);
  const nonAffine = solve(factor, coupling, { refine: 1 }).map((x) => -x);
  let stiffness = products(d, pull, u) + pressure * v0 * d * (d - 1);
  for (let k = 0; k < coupling.length; k++) stiffness += coupling[k] * nonAffine[k];
  const velocities = followedVectors(interactions, u, nonAffine);
  const extended = covariances.map((c, k) => {
    const m = Math.floor(k / (d * d));
    const [a, b] = [Math.floor((k % (d * d)) / d), k % d];
    return c + (velocities.bonds[m * d + a] * velocities.bonds[m * d + b]) / stiffness;
  });
  // Σ_α t_α·v_α in two parts: w by particles, u by bonds.
  const extendedLegs = triples && legs && withStrain(legs, velocities.legs, stiffness);
  const force = thirdDerivativeContraction(interactions, extended, extendedLegs);
  let b = (pressure * v0 * d * (d - 1) * (d - 2)) / stiffness;
  for (let k = 0; k < force.length; k++) b += force[k] * nonAffine[k];
  b += affineContraction(interactions, extended);
  if (triples && extendedLegs) b += affineLegs(triples, extendedLegs);
  const coefficient = -b / stiffness;
  return {
    coefficient,
    linear: 0.5 * coefficient,
    bulkModulus: stiffness / (d * d * v0),
    nonAffine,
  };
}

/** Σ_α T_α : C_α · u_α = Σ_α r [φ‴ q + B (tr C − q)] with q = n·C·n, B = φ″/r − φ′/r². */
function affineContraction(interactions: Interactions, covariances: Float64Array): number {
  const { dimension: d, du, r, phi1, phi2, phi3 } = interactions;
  let sum = 0;
  for (let m = 0; m < r.length; m++) {
    const length = r[m];
    let [trace, q] = [0, 0];
    for (let a = 0; a < d; a++) {
      trace += covariances[(m * d + a) * d + a];
      for (let b = 0; b < d; b++) q += covariances[(m * d + a) * d + b] * du[m * d + a] * du[m * d + b];
    }
    q /= length * length;
    const across = (phi2[m] - phi1[m] / length) / length;
    sum += length * (phi3[m] * q + across * (trace - q));
  }
  return sum;
}

/** C + v vᵀ/K of the legs, which the strain changes by v (t×2d): t×2d×2d. */
function withStrain(covariances: Float64Array, v: Float64Array, stiffness: number): Float64Array {
  const w = covariances.length / v.length;
  return covariances.map((c, e) => {
    const row = Math.floor(e / w);
    const column = Math.floor(row / w) * w + (e % w);
    return c + (v[row] * v[column]) / stiffness;
  });
}

/** Σ_t (T : C)·y. */
function affineLegs(triples: Triples, covariances: Float64Array): number {
  const size = covariances.length / triples.centre.length;
  const w = Math.sqrt(size);
  const work = tripleWork(w / 2);
  let sum = 0;
  for (let t = 0; t < triples.centre.length; t++) {
    const third = tripleThird(triples, t, covariances.subarray(t * size, (t + 1) * size), work);
    for (let a = 0; a < w; a++) sum += third[a] * triples.legs[t * w + a];
  }
  return sum;
}
