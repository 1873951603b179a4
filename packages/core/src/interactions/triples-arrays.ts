/**
 * The interacting triples j–i–k of a three-body term, sorted by centre, as a struct of arrays.
 *
 * With the legs u₁ = x_j − x_i and u₂ = x_k − x_i the energy is ε = F(a, b, s) of the invariants a = u₁·u₁, b = u₂·u₂,
 * s = u₁·u₂; `jets` holds the derivatives of F, all that derivatives by positions need, to the fourth.
 */
export interface TripleArrays {
  readonly dimension: 2 | 3;
  /** t, particle i at the centre */
  readonly centre: Int32Array;
  /** t, the particles j and k at the ends */
  readonly j: Int32Array;
  readonly k: Int32Array;
  /** t×2×d, u₁ and u₂, unit λ */
  readonly vectors: Float64Array;
  /** t×JET, ∂F in the order of `EXPONENTS` */
  readonly jets: Float64Array;
}

/** Which derivative of F(a, b, s) each entry of a jet is: orders in a, b and s. */
export const EXPONENTS: readonly (readonly [number, number, number])[] = [0, 1, 2, 3, 4].flatMap((order) =>
  Array.from({ length: order + 1 }, (_, i) => order - i).flatMap((i) =>
    Array.from({ length: order - i + 1 }, (_, l): [number, number, number] => [i, order - i - l, l]),
  ),
);
/** f64 of a jet. */
export const JET = EXPONENTS.length;
/** Orders of each entry in a, b and s, JET×3. */
export const ORDERS = Int32Array.from(EXPONENTS.flat());

/** Entry of a jet that holds the derivative by the given invariants (0 = a, 1 = b, 2 = s), in any order. */
export function jetEntry(...by: number[]): number {
  const count = (k: number) => by.filter((x) => x === k).length;
  return EXPONENTS.findIndex(([a, b, s]) => a === count(0) && b === count(1) && s === count(2));
}
