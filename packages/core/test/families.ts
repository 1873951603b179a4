import {
  type Interactions,
  interactionsOf,
  type PairArrays,
  Pairs,
  pairsOf,
  stretched,
  Triples,
} from "../src/interactions/index.ts";

/** The triples among the interactions. */
export function triplesOf({ families }: Interactions): Triples {
  const found = families.find((family) => family instanceof Triples);
  if (!found) throw new Error("there are no triples");
  return found;
}

/** The interactions with other numbers for their pairs. */
export function withPairs(interactions: Interactions, change: Partial<PairArrays>): Interactions {
  const [, ...others] = interactions.families;
  return interactionsOf(new Pairs({ ...pairsOf(interactions), ...change }), others);
}

/** C_α = y yᵀ of a displacement field v: U‴ : vv, and K_α : C_α of each family. */
export function alongField(interactions: Interactions, v: Float64Array) {
  const third = new Float64Array(v.length);
  const harmonic = interactions.families.map((family) => {
    const spread = family.still();
    const moves = stretched(family.legs(), v, interactions.dimension);
    spread.add(moves, moves, 1);
    spread.addThird(third);
    return spread.harmonic();
  });
  return { third, harmonic };
}
