import { affineDerivatives } from "../interactions/index.ts";
import { onAllParticles } from "../minimum/index.ts";
import { withoutMean } from "../sparse/index.ts";
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
    minimum.factor(control);
    const { backbone } = minimum;
    const d = backbone.box.dimension;
    const rate = loadOf(minimum, options);
    const { force } = affineDerivatives(backbone.interactions, { rate, curvature: new Float64Array(d * d) });
    const v = withoutMean(minimum.solve(force), d);
    return ofParticles(minimum, onAllParticles(backbone, squaredLengths(v, d), 1, Number.NaN));
  },
};
