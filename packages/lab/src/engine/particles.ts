import { type GlassResponse, sharedAmongParticles } from "softfield";

/** What particles are coloured by, N each. */
export interface ParticleValues {
  /** Of each interaction's energy its particles have equal parts, ε. */
  readonly particleEnergy: Float64Array;
  /** The same of E. */
  readonly share: Float64Array;
  /** Largest |E| of a particle's interactions. */
  readonly largest: Float64Array;
}

/** Energies and local thermal energies by particle, as `softfield lte -o FILE.extxyz` writes the latter. O(interactions). */
export function particleValues({ interactions, energies, system }: GlassResponse): ParticleValues {
  const n = system.species.length;
  const own = interactions.families.map((family) => ({ sites: family.sites(), lte: family.energies() }));
  return { particleEnergy: sharedAmongParticles(own, n).share, ...sharedAmongParticles(energies, n) };
}

/** E of every interaction, family after family. */
export function allEnergies(energies: readonly { readonly lte: Float64Array }[]): Float64Array {
  const all = new Float64Array(energies.reduce((count, { lte }) => count + lte.length, 0));
  let at = 0;
  for (const { lte } of energies) {
    all.set(lte, at);
    at += lte.length;
  }
  return all;
}

/** Indices by ascending |value|, so that thresholds become a first index and the heaviest are drawn last. */
export function byMagnitude(values: Float64Array): Uint32Array {
  return Uint32Array.from(values.keys()).sort((a, b) => Math.abs(values[a]) - Math.abs(values[b]));
}
