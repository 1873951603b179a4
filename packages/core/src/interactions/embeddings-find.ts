import { densityJet, type EmbeddingTerm, embeddingJet, embeddingSlope, tableSlope } from "../models/index.ts";
import type { EmbeddingArrays } from "./embeddings-arrays.ts";
import type { PairArrays } from "./pairarrays.ts";
import { bondsOfParticles } from "./rattlers.ts";

/** One term an atom, with the densities of all pairs within their cutoff. `species`: N, read. O(m). */
export function findEmbeddings(pairs: PairArrays, term: EmbeddingTerm, species: Int32Array): EmbeddingArrays {
  const { dimension: d, particleCount: n, i, j, du, r } = pairs;
  const { starts, bonds } = bondsOfParticles(pairs);
  const count = bonds.length;
  const found = {
    dimension: d,
    centre: Int32Array.from({ length: n }, (_, p) => p),
    starts,
    ends: new Int32Array(count),
    bond: bonds,
    bondCount: i.length,
    vectors: new Float64Array(count * d),
    r: new Float64Array(count),
    f1: new Float64Array(count),
    f2: new Float64Array(count),
    f3: new Float64Array(count),
    f4: new Float64Array(count),
    rho: new Float64Array(n),
    F0: new Float64Array(n),
    F1: new Float64Array(n),
    F2: new Float64Array(n),
    F3: new Float64Array(n),
    F4: new Float64Array(n),
  };
  const jet = new Float64Array(5);
  for (let p = 0; p < n; p++) {
    for (let l = starts[p]; l < starts[p + 1]; l++) {
      const m = bonds[l];
      const outward = i[m] === p;
      const end = outward ? j[m] : i[m];
      found.ends[l] = end;
      found.r[l] = r[m];
      for (let a = 0; a < d; a++) found.vectors[l * d + a] = outward ? du[m * d + a] : -du[m * d + a];
      densityJet(term, [species[p], species[end]], r[m], jet);
      found.rho[p] += jet[0];
      found.f1[l] = jet[1];
      found.f2[l] = jet[2];
      found.f3[l] = jet[3];
      found.f4[l] = jet[4];
    }
    embeddingJet(term, species[p], found.rho[p], jet);
    found.F0[p] = jet[0];
    found.F1[p] = jet[1];
    found.F2[p] = jet[2];
    found.F3[p] = jet[3];
    found.F4[p] = jet[4];
  }
  return found;
}

/** F(ρ) of terms as a function of their legs (L×d, read). */
export function embeddingEnergies(
  { dimension: d, centre, starts, ends }: EmbeddingArrays,
  term: EmbeddingTerm,
  species: Int32Array,
): (legs: Float64Array) => Float64Array {
  const jet = new Float64Array(2);
  return (legs) =>
    Float64Array.from(centre, (c, t) => {
      let rho = 0;
      for (let l = starts[t]; l < starts[t + 1]; l++) {
        let length2 = 0;
        for (let a = 0; a < d; a++) length2 += legs[l * d + a] * legs[l * d + a];
        const r = Math.sqrt(length2);
        if (r > term.cutoff) continue;
        tableSlope(term.densities[species[c] * term.speciesCount + species[ends[l]]], r, jet);
        rho += jet[0];
      }
      embeddingSlope(term, species[c], rho, jet);
      return jet[0];
    });
}
