import { affineDerivatives } from "../interactions/index.ts";
import { type Minimum, onAllParticles } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import { withoutMean } from "../sparse/index.ts";

/**
 * The non-affine velocity v = −M⁻¹·Ξ, Ξ = ∂²U/∂x∂γ, of a glass whose bonds deform by u′ = D·u (`rate`: d×d, row-major): N×d,
 * λ a unit of strain, in the frame of the centre of mass, NaN on rattlers (Lemaître & Maloney, J. Stat. Phys. 123, 415, 2006).
 * One solve.
 */
export function nonAffineVelocity(
  minimum: Minimum,
  rate: Float64Array,
  control: WorkControl = {},
): Float64Array {
  minimum.factor(control);
  const { backbone } = minimum;
  const d = backbone.box.dimension;
  const { force } = affineDerivatives(backbone.interactions, { rate, curvature: new Float64Array(d * d) });
  const v = withoutMean(minimum.solve(force), d).map((x) => 0 - x);
  return onAllParticles(backbone, v, d, Number.NaN);
}
