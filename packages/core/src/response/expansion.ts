import { followed, legsOf, onParticles, products, type Spread } from "../interactions/index.ts";
import type { Solvable } from "../minimum/index.ts";
import { volume } from "../space/index.ts";

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
 * Other terms go the same way, with all of their legs. `spreads`: C_α of each family, read. O(m) and one solve.
 */
export function thermalExpansion(minimum: Solvable, spreads: readonly Spread[]): ThermalExpansion {
  const { interactions, box } = minimum.backbone;
  const { dimension: d, families } = interactions;
  const v0 = volume(box);
  const legs = legsOf(interactions);
  const u = legs.map(({ vectors }) => vectors);
  const gradients = families.map((family) => family.legGradients());
  const pressure = -products(d, gradients, u) / (d * v0);
  const pull = families.map((family, f) => family.legRates(u[f]));
  const coupling = onParticles(legs, pull, interactions);
  const nonAffine = minimum.solve(coupling).map((x) => -x);
  let stiffness = products(d, pull, u) + pressure * v0 * d * (d - 1);
  for (let k = 0; k < coupling.length; k++) stiffness += coupling[k] * nonAffine[k];
  const velocities = followed(legs, u, nonAffine, d);
  const force = new Float64Array(coupling.length);
  const extended = spreads.map((spread, f) => {
    const wider = spread.copy();
    wider.add(velocities[f], velocities[f], stiffness);
    wider.addThird(force);
    return wider;
  });
  // Σ_α t_α·v_α in two parts: w by particles, u by legs.
  let b = (pressure * v0 * d * (d - 1) * (d - 2)) / stiffness;
  for (let k = 0; k < force.length; k++) b += force[k] * nonAffine[k];
  for (const spread of extended) b += spread.dilation();
  const coefficient = -b / stiffness;
  return {
    coefficient,
    linear: 0.5 * coefficient,
    bulkModulus: stiffness / (d * d * v0),
    nonAffine,
  };
}
