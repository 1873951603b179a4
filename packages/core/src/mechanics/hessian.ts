import type { BlockSymmetric } from "../sparse/index.ts";
import type { Interactions } from "./interactions.ts";

/** The pattern of a Hessian and, for each interaction, the entry of the lower triangle that it adds to. */
export interface HessianPattern {
  readonly size: number;
  readonly dimension: 2 | 3;
  readonly columnStarts: Int32Array;
  readonly rows: Int32Array;
  /** m: index into `rows` of the block (j, i) of interaction α. Images of one pair share a block. */
  readonly entryOf: Int32Array;
}

/** Block pattern of M from interactions, which are sorted by (i, j): block column i, block row j. O(m). */
export function hessianPattern(interactions: Interactions): HessianPattern {
  const { i, j, particleCount: size, dimension } = interactions;
  const columnStarts = new Int32Array(size + 1);
  const rows = new Int32Array(i.length);
  const entryOf = new Int32Array(i.length);
  let entries = 0;
  for (let m = 0; m < i.length; m++) {
    const fresh = m === 0 || i[m] !== i[m - 1] || j[m] !== j[m - 1];
    if (fresh) {
      rows[entries++] = j[m] as number;
      const column = (i[m] as number) + 1;
      columnStarts[column] = (columnStarts[column] as number) + 1;
    }
    entryOf[m] = entries - 1;
  }
  for (let k = 0; k < size; k++)
    columnStarts[k + 1] = (columnStarts[k + 1] as number) + (columnStarts[k] as number);
  return { size, dimension, columnStarts, rows: rows.slice(0, entries), entryOf };
}

/**
 * The Hessian M = ∂²U/∂x∂x of the pair interactions, unit ε/λ². Of each pair
 * K_α = φ″ nn + (φ′/r)(1 − nn), pre-stress included: M_ii += K, M_jj += K, M_ij −= K. O(m).
 */
export function hessian(interactions: Interactions, pattern = hessianPattern(interactions)): BlockSymmetric {
  const { dimension: d, i, j, du, r, phi1, phi2 } = interactions;
  const dd = d * d;
  const lower = new Float64Array(pattern.rows.length * dd);
  const diagonal = new Float64Array(pattern.size * dd);
  for (let m = 0; m < i.length; m++) {
    const length = r[m] as number;
    const transverse = (phi1[m] as number) / length;
    const along = ((phi2[m] as number) - transverse) / (length * length);
    const ii = (i[m] as number) * dd;
    const jj = (j[m] as number) * dd;
    const ij = (pattern.entryOf[m] as number) * dd;
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < d; b++) {
        const k =
          along * ((du[m * d + a] as number) * (du[m * d + b] as number)) + (a === b ? transverse : 0);
        const ab = a * d + b;
        diagonal[ii + ab] = (diagonal[ii + ab] as number) + k;
        diagonal[jj + ab] = (diagonal[jj + ab] as number) + k;
        lower[ij + ab] = (lower[ij + ab] as number) - k;
      }
    }
  }
  return {
    size: pattern.size,
    dimension: pattern.dimension,
    columnStarts: pattern.columnStarts,
    rows: pattern.rows,
    lower,
    diagonal,
  };
}
