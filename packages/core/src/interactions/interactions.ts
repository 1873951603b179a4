import type { Pairs } from "./pairs.ts";
import type { TermFamily } from "./terms.ts";

/**
 * The spine: all interactions α of a configuration, U = Σ_α ε_α, by families of terms. The pairs come first, sorted by
 * (i, j, image); what joins more particles than two joins particles that are pairs.
 */
export interface Interactions {
  readonly dimension: 2 | 3;
  /** N of the system that they were made from. */
  readonly particleCount: number;
  readonly families: readonly [Pairs, ...TermFamily[]];
}

/** The pairs among the interactions: bonds of maps, tables and graphs. */
export function pairsOf({ families }: Pick<Interactions, "families">): Pairs {
  return families[0];
}

/** Interactions of these families. */
export function interactionsOf(pairs: Pairs, others: readonly TermFamily[] = []): Interactions {
  return {
    dimension: pairs.dimension,
    particleCount: pairs.particleCount,
    families: [pairs, ...others],
  };
}

/** The same interactions with particles renamed (N names, read); terms with a particle named −1 are left out. O(m). */
export function renamed(
  { families: [pairs, ...others] }: Interactions,
  names: Int32Array,
  particleCount: number,
): Interactions {
  return interactionsOf(
    pairs.renamed(names, particleCount),
    others.map((family) => family.renamed(names, particleCount)),
  );
}
