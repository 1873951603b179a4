import { type GlassResponse, tripleEnergy } from "softfield";

/** What particles are coloured by, N each. */
export interface ParticleValues {
  /** Of each interaction's energy its particles have equal parts, ε: ½ of a pair, ⅓ of a triple. */
  readonly particleEnergy: Float64Array;
  /** The same of E. */
  readonly share: Float64Array;
  /** Largest |E| of a particle's pairs and triples. */
  readonly largest: Float64Array;
}

/** Energies and local thermal energies by particle, as `softfield lte -o FILE.extxyz` writes the latter. O(interactions). */
export function particleValues({ interactions, lte, triples, system }: GlassResponse): ParticleValues {
  const n = system.species.length;
  const values = {
    particleEnergy: new Float64Array(n),
    share: new Float64Array(n),
    largest: new Float64Array(n),
  };
  const give = (ends: readonly number[], energy: number, e: number): void => {
    for (const p of ends) {
      values.particleEnergy[p] += energy / ends.length;
      values.share[p] += e / ends.length;
      values.largest[p] = Math.max(values.largest[p], Math.abs(e));
    }
  };
  const { i, j, phi0 } = interactions;
  lte.forEach((e, m) => {
    give([i[m], j[m]], phi0[m], e);
  });
  triples?.lte.forEach((e, t) => {
    give([triples.centre[t], triples.j[t], triples.k[t]], tripleEnergy(interactions, t).value, e);
  });
  return values;
}

/** E of every interaction: of the pairs, then of the triples. */
export function allEnergies({ lte, triples }: Pick<GlassResponse, "lte" | "triples">): Float64Array {
  if (!triples) return lte;
  const all = new Float64Array(lte.length + triples.lte.length);
  all.set(lte);
  all.set(triples.lte, lte.length);
  return all;
}
