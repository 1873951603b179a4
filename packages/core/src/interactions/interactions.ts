/**
 * The spine: the paper's interactions α as a struct of arrays of length m, sorted by (i, j, image); with a three-body
 * term, triples are interactions too.
 *
 * Pair α joins particles i[α] < j[α] through the image in which u = x_j − x_i is `du`; where the box is
 * shorter than two cutoffs one pair of particles may appear with several images. Interactions of a particle
 * with its own image (i = j) are not listed: they move with it and have no local thermal energy.
 */
export interface Interactions {
  readonly dimension: 2 | 3;
  /** N of the system that they were made from. */
  readonly particleCount: number;
  readonly i: Int32Array;
  readonly j: Int32Array;
  /** m×d, u = x_j − x_i, unit λ. */
  readonly du: Float64Array;
  /** m, |u|. */
  readonly r: Float64Array;
  /** m, φ(r), unit ε. */
  readonly phi0: Float64Array;
  /** m, φ′(r), ε/λ. */
  readonly phi1: Float64Array;
  /** m, φ″(r), ε/λ². */
  readonly phi2: Float64Array;
  /** m, φ‴(r), ε/λ³. */
  readonly phi3: Float64Array;
  /** The triples of a model with a three-body term, with their own energies beside those of the pairs. */
  readonly triples?: Triples;
}

/**
 * The interacting triples j–i–k of a three-body term, beside the pairs of an `Interactions`, sorted by centre.
 *
 * With the legs u₁ = x_j − x_i and u₂ = x_k − x_i the energy is ε = F(a, b, s) of the invariants a = u₁·u₁, b = u₂·u₂,
 * s = u₁·u₂; `jets` holds the derivatives of F, all that gradients, Hessians and third derivatives need.
 */
export interface Triples {
  /** t, particle i at the centre */
  readonly centre: Int32Array;
  /** t, the particles j and k at the ends */
  readonly j: Int32Array;
  readonly k: Int32Array;
  /** t, the interactions (pairs) that the legs are */
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** t×2×d, u₁ and u₂, unit λ */
  readonly legs: Float64Array;
  /** t×JET, ∂F in the order of `EXPONENTS` */
  readonly jets: Float64Array;
}
