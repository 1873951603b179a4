import { type Indicator, ofParticles } from "./indicator.ts";

/**
 * Potential energy of particles above the lowest one's; each of an interaction's particles has an equal share of its
 * ε_α. The structure alone, no response. NaN on rattlers.
 */
export const energy: Indicator = {
  name: "energy",
  short: "energy",
  label: "energy above the lowest",
  unit: "ε",
  description: "potential energy of particles, above the lowest",
  of: "particles",
  threshold: 0,
  run: (minimum) => {
    const share = new Float64Array(minimum.system.species.length);
    for (const family of minimum.interactions.families) {
      const { members } = family.sites();
      family.energies().forEach((own, t) => {
        for (const list of members) share[list[t]] += own / members.length;
      });
    }
    for (const p of minimum.rattlers) share[p] = Number.NaN;
    const lowest = share.reduce((least, e) => (e < least ? e : least), Infinity);
    return ofParticles(
      minimum,
      share.map((e) => e - lowest),
    );
  },
};
