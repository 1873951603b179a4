import { legsOf } from "../interactions/index.ts";
import type { Minimum } from "../minimum/index.ts";
import { belowLargest, cellVolumes, withoutRattlers } from "./cells.ts";
import { type Indicator, ofParticles } from "./indicator.ts";

/**
 * p_i = −(1/dV_i) Σ ½ f·u over the legs u at a particle, with the volume of its cell: how far it lies below the highest.
 * Σ p_i V_i = pV.
 */
export const pressure: Indicator = {
  name: "pressure",
  short: "pressure",
  label: "pressure below the highest",
  unit: "ε/λ^d",
  description: "pressure on particles, below the highest",
  of: "particles",
  threshold: 0,
  run: (minimum) => ofParticles(minimum, belowLargest(withoutRattlers(minimum, particlePressures(minimum)))),
};

/** p_i, N, ε/λ^d. */
export function particlePressures(minimum: Minimum): Float64Array {
  const { interactions, system } = minimum;
  const d = interactions.dimension;
  const volumes = cellVolumes(minimum);
  const virial = new Float64Array(system.species.length);
  legsOf(interactions).forEach(({ from, to, vectors }, f) => {
    const gradients = interactions.families[f].legGradients();
    for (let l = 0; l < from.length; l++) {
      let product = 0;
      for (let a = 0; a < d; a++) product += gradients[l * d + a] * vectors[l * d + a];
      virial[from[l]] -= product / 2;
      virial[to[l]] -= product / 2;
    }
  });
  return virial.map((w, p) => w / (d * volumes[p]));
}
