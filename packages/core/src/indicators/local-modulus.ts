import { followed, legsOf, onParticles, strained } from "../interactions/index.ts";
import { onAllParticles } from "../minimum/index.ts";
import { belowLargest, cellVolumes, withoutRattlers } from "./cells.ts";
import { type Indicator, ofParticles } from "./indicator.ts";

/**
 * The shear modulus of every particle, the mean over directions of (1/V_i) Σ ½ (K_α v·E·u + f_α·E·v) over the legs at it,
 * as in `elasticConstants`, non-affine motion included and with the volume of its cell: how far it lies below the highest
 * (Mizuno, Mossa & Barrat, Phys. Rev. E 87, 042306, 2013). Σ G_i V_i = GV. d(d+1)/2 solves.
 */
export const localModulus: Indicator = {
  name: "local-modulus",
  short: "local modulus",
  label: "shear modulus below the highest",
  unit: "ε/λ^d",
  description: "shear modulus of particles, below the highest",
  of: "particles",
  threshold: 0,
  run: (minimum, _, control) => {
    minimum.factor(control);
    const moduli = localModuli(minimum);
    return ofParticles(minimum, belowLargest(withoutRattlers(minimum, moduli)));
  },
};

/** G_i, N, ε/λ^d. */
export function localModuli(minimum: Parameters<Indicator["run"]>[0]): Float64Array {
  const { backbone } = minimum;
  const { interactions } = backbone;
  const d = interactions.dimension;
  const { families } = interactions;
  const legs = legsOf(interactions);
  const pull = families.map((family) => family.legGradients());
  const rates = (v: readonly Float64Array[]) => families.map((family, f) => family.legRates(v[f]));
  const work = new Float64Array(interactions.particleCount);
  for (const { strain, weight } of shears(d)) {
    const alone = strained(legs, strain);
    const w = minimum.solve(onParticles(legs, rates(alone), interactions)).map((x) => -x);
    const v = followed(legs, alone, w, d);
    const harder = rates(v);
    legs.forEach(({ from, to }, f) => {
      for (let l = 0; l < from.length; l++) {
        let product = 0;
        for (let a = 0; a < d; a++) {
          let turned = 0;
          for (let b = 0; b < d; b++) turned += strain[a * d + b] * v[f][l * d + b];
          product += harder[f][l * d + a] * alone[f][l * d + a] + pull[f][l * d + a] * turned;
        }
        work[from[l]] += (weight * product) / 2;
        work[to[l]] += (weight * product) / 2;
      }
    });
  }
  const volumes = cellVolumes(minimum);
  return onAllParticles(backbone, work, 1, 0).map((sum, p) => sum / volumes[p]);
}

/** Pure shears E, E:E = ½, and their weights in the mean over all directions (Voigt's). */
function shears(d: number): { readonly strain: Float64Array; readonly weight: number }[] {
  const found: { strain: Float64Array; weight: number }[] = [];
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < a; b++) {
      const [across, along] = [new Float64Array(d * d), new Float64Array(d * d)];
      across[a * d + b] = across[b * d + a] = 0.5;
      along[a * (d + 1)] = 0.5;
      along[b * (d + 1)] = -0.5;
      found.push({ strain: across, weight: d === 2 ? 1 / 2 : 3 / 15 });
      found.push({ strain: along, weight: d === 2 ? 1 / 2 : 2 / 15 });
    }
  }
  return found;
}
