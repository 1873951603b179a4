import {
  COEFFICIENT_STRIDE,
  Coefficient,
  type EmbeddingTerm,
  embeddingSlope,
  type PairModel,
  tableSlope,
} from "../../models/index.ts";
import { listedPairs, RECORD } from "../listing.ts";
import { addAlongPairs } from "./evaluated.ts";
import type { FieldParts, KernelTerm } from "./term.ts";

/**
 * The energy of embedded atoms, Σ φ + Σ F(ρ), of models with such a term; in TypeScript. Files have 10,000 rows of
 * digits: no table of a kernel's is as fine, so that the pairs are evaluated here, too.
 */
export function embeddingTerm(parts: FieldParts): KernelTerm | undefined {
  const { embedding } = parts.model;
  return embedding && { add: () => addEmbeddings(parts, embedding) };
}

/**
 * Adds the term of embedded atoms to gradient and sums: densities of all atoms, F and F′ of each, then F′_i f′_ij +
 * F′_j f′_ji along every pair. O(pairs).
 */
function addEmbeddings(parts: FieldParts, term: EmbeddingTerm): void {
  const { arena, count } = parts;
  const mark = arena.used;
  const { ends: places, records: pairs } = listedPairs(parts, false);
  const found = places.length / 2;
  const species = arena.i32(parts.ids, count).map((id) => parts.species[id]);
  const { cutoff, densities, speciesCount } = term;
  const density = new Float64Array(count);
  let phi = 0;
  const bonds = new Float64Array(found);
  /** f′ that either end adds at the other. */
  const slopes = new Float64Array(2 * found);
  const jet = new Float64Array(2);
  for (let m = 0; m < found; m++) {
    const r = pairs[m * RECORD + 3];
    if (r > cutoff) continue;
    tableSlope(pairTableOf(parts.model, species[places[2 * m]], species[places[2 * m + 1]]), r, jet);
    phi += jet[0];
    bonds[m] = jet[1];
    for (let side = 0; side < 2; side++) {
      const host = places[2 * m + side];
      const source = places[2 * m + 1 - side];
      tableSlope(densities[species[host] * speciesCount + species[source]], r, jet);
      density[host] += jet[0];
      slopes[2 * m + side] = jet[1];
    }
  }
  const sums = arena.f64(parts.sums, 7);
  sums[0] += phi;
  const pulls = density.map((rho, p) => {
    embeddingSlope(term, species[p], rho, jet);
    sums[0] += jet[0];
    return jet[1];
  });
  const along = bonds.map((bond, m) => {
    const [a, b] = [places[2 * m], places[2 * m + 1]];
    return bond + pulls[a] * slopes[2 * m] + pulls[b] * slopes[2 * m + 1];
  });
  addAlongPairs(parts, { ends: places, records: pairs }, along);
  arena.release(mark);
}

/** φ of a pair of species. */
function pairTableOf({ species, coefficients, tables }: PairModel, s: number, t: number) {
  return tables[coefficients[(s * species.length + t) * COEFFICIENT_STRIDE + Coefficient.Parameters]];
}
