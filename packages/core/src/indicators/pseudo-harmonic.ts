import { expansionAlong, pseudoHarmonicFields, seedsOf } from "../excitations/index.ts";
import { onAllParticles } from "../minimum/index.ts";
import { localThermalEnergy } from "../response/index.ts";
import { solve } from "../sparse/index.ts";
import { dot } from "../vectors.ts";
import { type Indicator, ofParticles } from "./indicator.ts";

/** Seeds by soft pairs and by normal modes, steps of the mapping, and the overlap from which two modes are one. */
const [PAIRS, MODES, STEPS, SAME] = [120, 30, 8, 0.9];

/**
 * Σ |z_i|²/κ over pseudo-harmonic modes z, κ = M:zz, grown from the responses to the softest pairs and from the lowest
 * normal modes (Richard et al., Phys. Rev. Lett. 126, 015501, 2021; Kapteijns, Richard & Lerner, Phys. Rev. E 101, 032130,
 * 2020). Cost: about 1,200 solves.
 */
export const pseudoHarmonic: Indicator = {
  name: "pseudo-harmonic",
  short: "pseudo-harmonic",
  label: "Σ |*z*|^{2}/*κ*",
  unit: "λ²/ε",
  description: "pseudo-harmonic modes, each over its stiffness",
  of: "particles",
  threshold: 0,
  run: (minimum, _, control) => {
    const { backbone } = minimum;
    const { interactions } = backbone;
    const d = interactions.dimension;
    const factor = minimum.factor(control);
    const lte = localThermalEnergy(minimum, {}, control);
    const by = (b: Float64Array, count: number) => solve(factor, b, { count });
    const all = Int32Array.from(backbone.particles, (_, k) => k);
    const seeds = seedsOf(minimum, lte, { bonds: PAIRS, modes: MODES }, control).map(({ on }) => on(all));
    const kept: { field: Float64Array; stiffness: number }[] = [];
    const grown = pseudoHarmonicFields(interactions, by, seeds, STEPS)
      .map((field) => ({ field, stiffness: expansionAlong(interactions, field).stiffness }))
      .sort((a, b) => a.stiffness - b.stiffness);
    for (const mode of grown) {
      if (kept.every(({ field }) => Math.abs(dot(field, mode.field)) < SAME)) kept.push(mode);
    }
    const sum = new Float64Array(interactions.particleCount);
    for (const { field, stiffness } of kept) {
      field.forEach((z, k) => {
        sum[Math.floor(k / d)] += (z * z) / stiffness;
      });
    }
    return ofParticles(minimum, onAllParticles(backbone, sum, 1, Number.NaN));
  },
};
