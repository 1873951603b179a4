/** Unknowns a particle. */
export type BlockSize = 2 | 3 | 4;

/** Components of a particle in vectors that a matrix acts on: rows of a block that are not hidden. */
export function componentsOf({ dimension, hidden = 0 }: Pick<BlockSymmetric, "dimension" | "hidden">): 2 | 3 {
  return (dimension - hidden) as 2 | 3;
}

/** Which strictly lower blocks of a block-symmetric matrix are stored, by block column. Read-only once made. */
export interface BlockPattern {
  readonly size: number;
  /** size+1 */
  readonly columnStarts: Int32Array;
  /** ascending within a column, all greater than the column */
  readonly rows: Int32Array;
}

/** The entry of block (row, column), row > column; −1 where it is not stored. O(log z). */
export function entryOf(
  { columnStarts, rows }: Pick<BlockPattern, "columnStarts" | "rows">,
  row: number,
  column: number,
): number {
  const end = columnStarts[column + 1];
  let [low, high] = [columnStarts[column], end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle] < row) low = middle + 1;
    else high = middle;
  }
  return low < end && rows[low] === row ? low : -1;
}

/**
 * A symmetric matrix of d×d blocks, one block row a particle: the shape of a Hessian.
 *
 * Strictly lower blocks by block column in compressed form (column = the smaller index), diagonal blocks
 * apart. `lower[(p*d + a)*d + b]` of entry p in column k couples component a of particle rows[p] > k with
 * component b of particle k. Every array is read-only once made.
 */
export interface BlockSymmetric extends BlockPattern {
  /**
   * Unknowns of each particle, the last ones of its block, that stand for what they are eliminated to: with A = [[K, B],
   * [Bᵀ, D]], D diagonal and its entries not 0, the matrix is M = K − B D⁻¹ Bᵀ, which has more blocks than A. Products,
   * solutions, modes and determinants are those of M; blocks of inverses are those of A⁻¹, whose first part is M⁻¹.
   * Absent: 0.
   */
  readonly hidden?: number;
  /** rows of a block: a vector in 2D or 3D, or one with an unknown of the particle beside it */
  readonly dimension: BlockSize;
  /** rows.length·d² */
  readonly lower: Float64Array;
  /** size·d², each block symmetric */
  readonly diagonal: Float64Array;
}
