import { exponential, logarithm, root } from "../elementary.ts";
import { mixDiameters } from "../models/index.ts";
import { neighborPairs, volume } from "../space/index.ts";
import { aboveLeast, withoutRattlers } from "./cells.ts";
import { type Indicator, ofParticles } from "./indicator.ts";

/** Range, width of the Gaussians and step of the integral, in mean distances (V/N)^{1/d}. */
const [RANGE, WIDTH, STEP] = [4, 0.09, 0.04];
/** Gaussians end here, in widths. */
const TAIL = 5;

/**
 * s₂ of every particle, −½ Σ_ν ρ_ν ∫ (g ln g − g + 1) dr with the radial distribution g of the particles of species ν
 * around it, smeared by a Gaussian (Tanaka, Kawasaki, Shintani & Watanabe, Nature Mater. 9, 324, 2010; Piaggi &
 * Parrinello, J. Chem. Phys. 147, 114112, 2017): above the lowest. Where particles have diameters of their own, r counts
 * in λ_ij.
 */
export const twoBodyEntropy: Indicator = {
  name: "two-body-entropy",
  short: "s₂",
  label: "*s*_{2} above the lowest",
  unit: "k_B",
  description: "two-body entropy of particles, above the lowest",
  of: "particles",
  threshold: 0,
  run: (minimum) => {
    const { system, model } = minimum;
    const { box, positions, species, diameters } = system;
    const d = box.dimension;
    const count = species.length;
    const kinds = model.species.length;
    const spacing = root(volume(box) / count, d);
    const bins = Math.round(RANGE / STEP);
    const density = new Float64Array(kinds);
    for (const s of species) density[s] += 1 / volume(box);
    const curves = new Float64Array(count * kinds * bins);
    const { i, j, du } = neighborPairs(
      box,
      positions,
      (RANGE + TAIL * WIDTH) * spacing * largestScale(minimum),
    );
    for (let m = 0; m < i.length; m++) {
      let r2 = 0;
      for (let a = 0; a < d; a++) r2 += du[m * d + a] * du[m * d + a];
      const r = Math.sqrt(r2) / (spacing * scaleOf(minimum, i[m], j[m]));
      addGaussian(curves, (i[m] * kinds + species[j[m]]) * bins, bins, r);
      addGaussian(curves, (j[m] * kinds + species[i[m]]) * bins, bins, r);
    }
    const entropy = new Float64Array(count);
    for (let p = 0; p < count; p++) {
      for (let s = 0; s < kinds; s++) {
        const rho = density[s] * (d === 2 ? spacing * spacing : spacing * spacing * spacing);
        if (rho > 0)
          entropy[p] += ofCurve(curves.subarray((p * kinds + s) * bins, (p * kinds + s + 1) * bins), rho, d);
      }
    }
    return ofParticles(minimum, aboveLeast(withoutRattlers(minimum, entropy)));

    function scaleOf({ model: { mixing } }: typeof minimum, p: number, q: number): number {
      return mixing && diameters ? mixDiameters(diameters[p], diameters[q], mixing.nonAdditivity) : 1;
    }
    function largestScale({ model: { mixing } }: typeof minimum): number {
      return mixing && diameters ? diameters.reduce((most, sigma) => Math.max(most, sigma), 0) : 1;
    }
  },
};

/** Adds a particle at r to a number per length at the middles of the bins. */
function addGaussian(curve: Float64Array, at: number, bins: number, r: number): void {
  const first = Math.max(0, Math.floor((r - TAIL * WIDTH) / STEP));
  const last = Math.min(bins - 1, Math.ceil((r + TAIL * WIDTH) / STEP));
  for (let k = first; k <= last; k++) {
    const x = ((k + 0.5) * STEP - r) / WIDTH;
    curve[at + k] += exponential(-0.5 * x * x) / (WIDTH * Math.sqrt(2 * Math.PI));
  }
}

/** −½ρ ∫ (g ln g − g + 1) over shells, by the midpoint rule. */
function ofCurve(perLength: Float64Array, rho: number, d: 2 | 3): number {
  let sum = 0;
  perLength.forEach((n, k) => {
    const r = (k + 0.5) * STEP;
    const shell = d === 2 ? 2 * Math.PI * r : 4 * Math.PI * r * r;
    const g = n / (rho * shell);
    sum += ((g > 0 ? g * logarithm(g) : 0) - g + 1) * shell;
  });
  return -0.5 * rho * sum * STEP;
}
