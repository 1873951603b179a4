import { type Interactions, legsOf, onParticles, stretched } from "../interactions/index.ts";
import { withoutMean } from "../sparse/index.ts";
import { dot, unit } from "../vectors.ts";

/** The energy along a direction z to third order, U(x + s z) = U + ½κ s² + ⅙τ s³ + …, and the forces behind it. */
export interface EnergyExpansion {
  /** κ = M:zz */
  readonly stiffness: number;
  /** τ = U‴:zzz */
  readonly anharmonicity: number;
  /** N×d, M·z and U‴:zz */
  readonly linear: Float64Array;
  readonly quadratic: Float64Array;
}

/** κ and τ along z (N×d, read) from the interactions alone. O(m). */
export function expansionAlong(interactions: Interactions, z: Float64Array): EnergyExpansion {
  const { dimension: d, families } = interactions;
  const legs = legsOf(interactions);
  const y = legs.map((own) => stretched(own, z, d));
  const pulls = families.map((family, f) => family.legRates(y[f]));
  const linear = onParticles(legs, pulls, interactions);
  const quadratic = new Float64Array(z.length);
  families.forEach((family, f) => {
    const spread = family.still();
    spread.add(y[f], y[f], 1);
    spread.addThird(quadratic);
  });
  return { stiffness: dot(linear, z), anharmonicity: dot(quadratic, z), linear, quadratic };
}

/** z/‖z‖ without its mean, N×d. */
export function normalised(z: Float64Array, d: number): Float64Array {
  return unit(withoutMean(z, d));
}
