import {
  boxDerivatives,
  Deformation,
  type DeformationOptions,
  linear,
  pressureAcross,
} from "../deform/index.ts";
import { stress } from "../interactions/index.ts";
import type { Minimum } from "../minimum/index.ts";
import type { Box } from "../space/index.ts";
import { symmetricSolve } from "../sparse/index.ts";
import { dot } from "../vectors.ts";

/** A family of boxes h(γ) and the rate of deformation in the axes of each: a `Deformation`. */
export interface BoxPath {
  at(strain: number): { readonly box: Box; readonly rate: Float64Array; readonly curvature: Float64Array };
}

/**
 * The boxes of a load on a glass; of a displacement gradient L (d×d) F = 1 + γL. What of them is free follows as it does to first order at the minimum, t = t′γ with
 * S t′ = −(∂²H/∂t∂γ − ∂²H/∂t∂x M⁻¹ ∂²H/∂x∂γ), S = ∂²H/∂t∂t − ∂²H/∂t∂x M⁻¹ ∂²H/∂x∂t: under tension −ν. One solve for
 * the strain and one for each free stretch; none where nothing is free.
 */
export function boxPath(
  minimum: Pick<Minimum, "backbone" | "solve">,
  load: DeformationOptions | Float64Array,
): BoxPath {
  const { box, interactions } = minimum.backbone;
  if (load instanceof Float64Array) return Deformation.by(linear(load), box);
  const deformation = Deformation.of(box, load);
  const { freedom, stretches } = deformation;
  if (freedom === 0) return deformation;
  const pressure = load.pressure ?? pressureAcross(stress(interactions, box), stretches);
  const { force, forces, mixed, corner } = boxDerivatives(interactions, deformation.at(0), pressure);
  const followed = forces.map((own) => minimum.solve(own));
  const tangent = corner.map((own, k) => own - dot(forces[Math.floor(k / freedom)], followed[k % freedom]));
  const pull = Float64Array.from(mixed, (own, k) => dot(force, followed[k]) - own);
  const follows = symmetricSolve(tangent, pull);
  return {
    at: (strain) => {
      const {
        box: now,
        rate,
        curvature,
        free,
      } = deformation.at(
        strain,
        follows.map((own) => own * strain),
      );
      const total = rate.slice();
      const bent = curvature.slice();
      free.forEach((one, k) => {
        for (let c = 0; c < total.length; c++) {
          total[c] += follows[k] * one.rate[c];
          bent[c] += 2 * follows[k] * one.mixed[c];
        }
      });
      return { box: now, rate: total, curvature: bent };
    },
  };
}

/** The load's displacement gradient per unit of strain at the unstrained glass, d×d, with what of its box follows. */
export function unitOf(minimum: Pick<Minimum, "backbone" | "solve">, load: DeformationOptions): Float64Array {
  return boxPath(minimum, load).at(0).rate;
}
