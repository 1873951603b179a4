import type { CentredArrays } from "./centred.ts";
import type { TripleArrays } from "./triples-arrays.ts";

/**
 * Bond orders as a struct of arrays: term t is P(r)·b(ζ) of the directed bond from `centre[t]` along its first leg, to
 * particle j; ζ = Σ Z over the further legs, each of which turns against the first.
 */
export interface BondOrderArrays extends CentredArrays {
  /** t, P = −½ f_C B exp(−λ₂ r) as a function of u_j alone: triples whose second leg does nothing */
  readonly stretches: TripleArrays;
  /** Z(u_j, u_k), leg by leg: term t has those from starts[t] − t on, one fewer than legs */
  readonly bends: TripleArrays;
  /** t, ζ */
  readonly zeta: Float64Array;
  /** t×5, b, b′, b″, b‴, b⁗ at ζ */
  readonly orders: Float64Array;
}

/** Bends of term t: the first, and how many. */
export function bendsOf({ starts }: Pick<BondOrderArrays, "starts">, t: number): readonly [number, number] {
  return [starts[t] - t, starts[t + 1] - starts[t] - 1];
}

/** Legs × d of term t. */
export function widthOf({ dimension, starts }: BondOrderArrays, t: number): number {
  return (starts[t + 1] - starts[t]) * dimension;
}
