import type { WorkControl } from "../progress.ts";
import type { BlockSize, BlockSymmetric } from "./blocksymmetric.ts";
import type { CholeskyFactor } from "./factorize.ts";
import { nodeFlops, sweep } from "./sweep.ts";

/**
 * The blocks of G = (M + σ·1)⁻¹ on the pattern of M: `lower` entry p of G belongs to entry p of M; blocks of
 * pinned particles are 0.
 */
export interface SelectedInverse extends BlockSymmetric {
  readonly pins: Int32Array;
}

/**
 * Selected inversion: the entries of the inverse on the pattern, exactly (Takahashi's equations by supernodes).
 *
 * The factor stays usable. Cost about twice the factorisation; memory: the path to the root and the output.
 */
export function selectedInverse(factor: CholeskyFactor, control: WorkControl = {}): SelectedInverse {
  const { workspace, matrix, pins, pinned } = factor;
  const { symbolic, arena, kernels, layout, plan } = workspace;
  const { size, dimension, columnStarts, rows, hidden = 0 } = matrix;
  const dd = dimension * dimension;
  sweep(
    { stage: "invert", count: symbolic.count, cost: nodeFlops(symbolic), control, descending: true },
    (from, to) => {
      kernels.invertRange(plan, from, to);
      return true;
    },
  );
  const lower = arena.f64(layout.lower, rows.length * dd).slice();
  const diagonal = arena.f64(layout.diagonal, size * dd).slice();
  for (const pin of pins) for (let a = 0; a < pinned; a++) diagonal[pin * dd + a * (dimension + 1)] = 0;
  return { size, dimension, columnStarts, rows, lower, diagonal, pins, ...(hidden > 0 && { hidden }) };
}

/** The blocks of M⁻¹ without those of hidden unknowns. O(blocks). */
export function visible(inverse: SelectedInverse): SelectedInverse {
  const { dimension: w, hidden = 0, lower, diagonal, size, columnStarts, rows, pins } = inverse;
  if (hidden === 0) return inverse;
  const d = (w - hidden) as BlockSize;
  const part = (blocks: Float64Array) =>
    Float64Array.from({ length: (blocks.length / (w * w)) * d * d }, (_, k) => {
      const [block, a, b] = [Math.floor(k / (d * d)), Math.floor((k % (d * d)) / d), k % d];
      return blocks[(block * w + a) * w + b];
    });
  return { size, dimension: d, columnStarts, rows, lower: part(lower), diagonal: part(diagonal), pins };
}
