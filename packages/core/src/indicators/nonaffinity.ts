import { affineDerivatives } from "../interactions/index.ts";
import { onAllParticles } from "../minimum/index.ts";
import { withoutMean } from "../sparse/index.ts";
import { type Indicator, ofParticles } from "./indicator.ts";
import { squaredLengths } from "./lengths.ts";

/**
 * |v_i|² of the non-affine velocity v = −M⁻¹·Ξ, Ξ = ∂²U/∂x∂γ, under simple shear x += γ·y, in the frame of the centre
 * of mass (Lemaître & Maloney, J. Stat. Phys. 123, 415, 2006). One solve.
 */
export const nonaffinity: Indicator = {
  name: "nonaffinity",
  short: "nonaffinity",
  label: "|*v*|^{2}",
  unit: "λ²",
  description: "non-affine motion of particles under simple shear",
  of: "particles",
  threshold: 0,
  run: (minimum, _, control) => {
    minimum.factor(control);
    const { backbone } = minimum;
    const d = backbone.box.dimension;
    const rate = new Float64Array(d * d);
    rate[1] = 1;
    const { force } = affineDerivatives(backbone.interactions, { rate, curvature: new Float64Array(d * d) });
    const v = withoutMean(minimum.solve(force), d);
    return ofParticles(minimum, onAllParticles(backbone, squaredLengths(v, d), 1, Number.NaN));
  },
};
