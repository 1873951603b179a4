import { nonAffineVelocity } from "../response/index.ts";
import { type Indicator, loadOf, ofParticles } from "./indicator.ts";
import { squaredLengths } from "./lengths.ts";

/**
 * |v_i|² of the non-affine velocity v = −M⁻¹·Ξ, Ξ = ∂²U/∂x∂γ, under a load (simple shear x += γ·y), in the frame of the
 * centre of mass (Lemaître & Maloney, J. Stat. Phys. 123, 415, 2006). One solve.
 */
export const nonaffinity: Indicator = {
  name: "nonaffinity",
  short: "nonaffinity",
  label: "|*v*|^{2}",
  unit: "λ²",
  description: "non-affine motion of particles under simple shear",
  of: "particles",
  directional: true,
  threshold: 0,
  run: (minimum, options, control) => {
    const v = nonAffineVelocity(minimum, loadOf(minimum, options), control);
    return ofParticles(minimum, squaredLengths(v, minimum.system.box.dimension));
  },
};
