/**
 * The pairs α of a configuration as a struct of arrays of length m, sorted by (i, j, image).
 *
 * Pair α joins particles i[α] < j[α] through the image in which u = x_j − x_i is `du`; where the box is
 * shorter than two cutoffs one pair of particles may appear with several images. Interactions of a particle
 * with its own image (i = j) are not listed: they move with it and have no local thermal energy.
 */
export interface PairArrays {
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
  /** m, φ⁗(r), ε/λ⁴; not where a force field in motion made them. */
  readonly phi4?: Float64Array | undefined;
}
