import { type GlassResponse, LTE_THRESHOLD, type Triples } from "softfield";
import type { TableSchema } from "../store/index.ts";

/** The triples of models with a three-body term; other models have no such file. */
export const triplesTable: TableSchema = {
  name: "triples",
  columns: {
    centre: { type: "INT32", description: "particle between the legs, zero-based" },
    j: { type: "INT32", description: "one end" },
    k: { type: "INT32", description: "the other end" },
    lte: {
      type: "DOUBLE",
      description: "local thermal energy of the triple over kT/2 (SI B of Zylberg 2017)",
    },
    harmonic: { type: "DOUBLE", description: "its first term; the anharmonic one is lte − harmonic" },
    r_j: { type: "DOUBLE", unit: "λ", description: "length of the leg to j" },
    r_k: { type: "DOUBLE", unit: "λ", description: "length of the leg to k" },
  },
};

/** Rows of `triplesTable`: all triples, or those with |lte| from the threshold of SI D on. */
export function tripleColumns({ interactions, triples }: GlassResponse, all: boolean) {
  const { centre, j, k, lte, harmonic } = triples!;
  const keep = (_: unknown, t: number) => all || Math.abs(lte[t]) >= LTE_THRESHOLD;
  const { first, second } = interactions.triples!;
  const lengths = (legs: Int32Array) => Float64Array.from(legs.filter(keep), (m) => interactions.r[m]);
  return {
    centre: centre.filter(keep),
    j: j.filter(keep),
    k: k.filter(keep),
    lte: lte.filter(keep),
    harmonic: harmonic.filter(keep),
    r_j: lengths(first),
    r_k: lengths(second),
  };
}

/**
 * The stored energies on the triples of the glass; images of one triple are told apart by the lengths of their legs
 * (`r`: of the interactions). Triples that are not stored have 0 and are never kept.
 */
export function placedOnTriples(
  triples: Triples,
  r: Float64Array,
  stored: Record<"centre" | "j" | "k" | "r_j" | "r_k" | "lte", Float64Array>,
): Float64Array {
  const lte = new Float64Array(triples.centre.length);
  const named = new Map<string, number[]>();
  const name = (...members: (number | undefined)[]) => members.join(" ");
  triples.centre.forEach((c, t) => {
    const key = name(c, triples.j[t], triples.k[t]);
    const alike = named.get(key);
    if (alike) alike.push(t);
    else named.set(key, [t]);
  });
  stored.lte.forEach((energy, row) => {
    const alike = named.get(name(stored.centre[row], stored.j[row], stored.k[row])) ?? [];
    const off = (t: number) =>
      Math.abs(r[triples.first[t]] - stored.r_j[row]) + Math.abs(r[triples.second[t]] - stored.r_k[row]);
    const nearest = alike.reduce((best, t) => (off(t) < off(best) ? t : best), alike[0] ?? 0);
    if (alike.length > 0) lte[nearest] = energy;
  });
  return lte;
}
