import { nodeField } from "../kernels/index.ts";
import type { WorkControl } from "../progress.ts";
import type { BlockSize, BlockSymmetric } from "./blocksymmetric.ts";
import type { CholeskyFactor } from "./factorize.ts";
import { nodeFlops, sweep } from "./sweep.ts";
import { together } from "./together.ts";
import { type CholeskyWorkspace, inverted } from "./workspace.ts";

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
  const own = (blocks: Float64Array) => (factor.workspace.banks.length > 1 ? blocks : blocks.slice());
  return onSelectedInverse(
    factor,
    (inverse) => ({ ...inverse, lower: own(inverse.lower), diagonal: own(inverse.diagonal) }),
    control,
  );
}

/**
 * What `use` makes of the selected inverse, which it must not keep: of a factor in one memory the blocks are not copied. Nor
 * may it work with the factor (solve, differentiate): where that memory grows, the blocks are gone. The inverse is there, and
 * is not made again, until the factor's memory is used for another matrix. Cost as `selectedInverse`, without the copy.
 */
export function onSelectedInverse<Result>(
  factor: CholeskyFactor,
  use: (inverse: SelectedInverse) => Result,
  control: WorkControl = {},
): Result {
  const { workspace, matrix, pins, pinned } = factor;
  const { size, dimension, columnStarts, rows, hidden = 0 } = matrix;
  if (inverted.get(workspace) !== factor) {
    inverted.delete(workspace);
    if (workspace.cut.trunk.length > 0) together(workspace, { kind: "invert" }, control);
    else alone(workspace, control);
    inverted.set(workspace, factor);
  }
  const { lower, diagonal } = blocksOf(workspace);
  for (const pin of pins)
    for (let a = 0; a < pinned; a++) diagonal[(pin * dimension + a) * dimension + a] = 0;
  return use({ size, dimension, columnStarts, rows, lower, diagonal, pins, ...(hidden > 0 && { hidden }) });
}

/** One supernode after the other. */
function alone({ symbolic, kernels, plan }: CholeskyWorkspace, control: WorkControl): void {
  const cost = nodeFlops(symbolic);
  sweep({ stage: "invert", count: symbolic.count, cost, control, descending: true }, (from, to) => {
    kernels.invertRange(plan, from, to);
    return true;
  });
}

/** The blocks that the banks hold, each of the supernode that it belongs to: views of the only bank, or copies. */
function blocksOf({ symbolic, banks, bankStarts }: CholeskyWorkspace): {
  lower: Float64Array;
  diagonal: Float64Array;
} {
  const { pattern, dimension, firsts, order } = symbolic;
  const dd = dimension * dimension;
  const [lower, diagonal] = (["lower", "diagonal"] as const).map((name) => {
    const [{ arena, layout }] = banks;
    const own = arena.f64(layout[name], (name === "lower" ? pattern.rows.length : pattern.size) * dd);
    return banks.length > 1 ? own.slice() : own;
  });
  banks.slice(1).forEach(({ arena, layout }, k) => {
    const [from, to] = [bankStarts[k + 1], bankStarts[k + 2]];
    const ids = arena.i32(layout.entryIds, pattern.rows.length);
    const [first, end] = [
      nodeField(arena, layout, from, "entryStart"),
      nodeField(arena, layout, to - 1, "entryEnd"),
    ];
    const theirs = arena.f64(layout.lower, lower.length);
    for (let q = first; q < end; q++) {
      const at = (ids[q] >> 1) * dd;
      lower.set(theirs.subarray(at, at + dd), at);
    }
    const own = arena.f64(layout.diagonal, diagonal.length);
    for (const p of order.subarray(firsts[from], firsts[to]))
      diagonal.set(own.subarray(p * dd, (p + 1) * dd), p * dd);
  });
  return { lower, diagonal };
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
