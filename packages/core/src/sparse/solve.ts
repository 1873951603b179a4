import { SoftfieldError } from "../errors.ts";
import { multiply } from "./blockops.ts";
import type { CholeskyFactor } from "./factorize.ts";
import { substitute, substituteBackward } from "./solvefront.ts";
import { partsOf, together } from "./together.ts";

/** How many right-hand sides `solve` takes, and how often it refines. */
export interface SolveOptions {
  /** Right-hand sides in b, one after the other (default 1). */
  readonly count?: number;
  /** Steps of iterative refinement with the matrix (default 0). */
  readonly refine?: number;
}

/**
 * Solves (M + σ·1)·x = b on the components that are not pinned; x is 0 on pinned ones, where b is not read.
 *
 * b and the result: count×N×d (without hidden unknowns), unit of b over that of M. Throws "usage" on another length. Cost 4·nnz(L)·count.
 */
export function solve(factor: CholeskyFactor, b: Float64Array, options: SolveOptions = {}): Float64Array {
  const { count = 1, refine = 0 } = options;
  const { size, dimension, hidden = 0 } = factor.matrix;
  const n = size * (dimension - hidden);
  if (b.length !== n * count) {
    throw new SoftfieldError(
      "usage",
      `solve: ${count} right-hand sides need ${n * count} numbers, got ${b.length}`,
    );
  }
  const x = solveOnce(factor, b, count);
  for (let step = 0; step < refine; step++) {
    const residual = b.slice();
    for (let r = 0; r < count; r++) {
      const xr = x.subarray(r * n, (r + 1) * n);
      const product = multiply(factor.matrix, xr);
      for (let i = 0; i < n; i++) residual[r * n + i] -= product[i] + factor.shift * xr[i];
    }
    const correction = solveOnce(factor, residual, count);
    for (let i = 0; i < x.length; i++) x[i] += correction[i];
  }
  return x;
}

/**
 * x = L⁻ᵀ·z in the order of the particles: vectors whose covariance is (M + σ·1)⁻¹ where that of z is 1. z and the
 * result: count×N×d; components of pins are 0. Throws "usage" on factors with signs. Cost 2·nnz(L)·count.
 */
export function fluctuation(factor: CholeskyFactor, z: Float64Array, count = 1): Float64Array {
  const { workspace, matrix } = factor;
  if (matrix.hidden || workspace.layout.signs)
    throw new SoftfieldError("usage", "fluctuation: a factor with signs has no square root");
  const { arena, kernels, plan, symbolic, cut } = workspace;
  const mark = arena.used;
  const n = matrix.size * matrix.dimension;
  const at = arena.allocF64(n * count);
  toFactorOrder(factor, z, arena.f64(at, n * count), count);
  if (cut.trunk.length > 0) substituteBackward(partsOf(workspace), at, n, count);
  else kernels.solveBackward(plan, 0, symbolic.count, at, n, count);
  const x = new Float64Array(z.length);
  fromFactorOrder(factor, arena.f64(at, n * count), x, count);
  arena.release(mark);
  return x;
}

function solveOnce(factor: CholeskyFactor, b: Float64Array, count: number): Float64Array {
  const { arena } = factor.workspace;
  const mark = arena.used;
  const { size, dimension } = factor.matrix;
  const n = size * dimension;
  const at = arena.allocF64(n * count);
  toFactorOrder(factor, b, arena.f64(at, n * count), count);
  solveInPlace(factor, at, count, n);
  const x = new Float64Array(b.length);
  fromFactorOrder(factor, arena.f64(at, n * count), x, count);
  arena.release(mark);
  return x;
}

/** Supernodes from the first up to the second. */
export type NodeRange = readonly [number, number];

/**
 * Forward and backward substitution on `count` vectors in factor order in the arena, from byte address `at`,
 * `stride` doubles apart; of a factor that is not cut by some `ranges` of supernodes alone, ascending and with all ancestors.
 */
export function solveInPlace(
  { workspace }: CholeskyFactor,
  at: number,
  count: number,
  stride: number,
  ranges: readonly NodeRange[] = [[0, workspace.symbolic.count]],
): void {
  const { kernels, plan, symbolic, arena, layout, cut, threads } = workspace;
  if (cut.trunk.length > 0) {
    if (threads > 1 && count > 1) together(workspace, { kind: "solve", at, stride, count });
    else substitute(partsOf(workspace), at, stride, count);
    return;
  }
  for (const [from, to] of ranges) kernels.solveForward(plan, from, to, at, stride, count);
  if (layout.signs) {
    const { dimension: d, firsts, pattern } = symbolic;
    const signs = arena.f64(layout.signs, pattern.size * d);
    for (let r = 0; r < count; r++) {
      const x = arena.f64(at + 8 * r * stride, signs.length);
      for (const [from, to] of ranges)
        for (let i = firsts[from] * d; i < firsts[to] * d; i++) x[i] *= signs[i];
    }
  }
  for (let k = ranges.length - 1; k >= 0; k--)
    kernels.solveBackward(plan, ranges[k][0], ranges[k][1], at, stride, count);
}

/** to[position[i]] ← from[i], block by block, hidden unknowns 0; pinned particles get 0. */
function toFactorOrder(
  { workspace, pins, pinned, matrix }: CholeskyFactor,
  from: Float64Array,
  to: Float64Array,
  count: number,
): void {
  const { order, position, dimension: w } = workspace.symbolic;
  const d = w - (matrix.hidden ?? 0);
  const [n, wide] = [order.length * d, order.length * w];
  for (let r = 0; r < count; r++) {
    for (let k = 0; k < order.length; k++) {
      for (let a = 0; a < d; a++) to[r * wide + k * w + a] = from[r * n + order[k] * d + a];
      for (let a = d; a < w; a++) to[r * wide + k * w + a] = 0;
    }
    for (const pin of pins) to.fill(0, r * wide + position[pin] * w, r * wide + position[pin] * w + pinned);
  }
}

/** to[order[k]] ← from[k], without hidden unknowns. */
export function fromFactorOrder(
  { workspace, matrix }: CholeskyFactor,
  from: Float64Array,
  to: Float64Array,
  count: number,
): void {
  const { order, dimension: w } = workspace.symbolic;
  const d = w - (matrix.hidden ?? 0);
  const [n, wide] = [order.length * d, order.length * w];
  for (let r = 0; r < count; r++)
    for (let k = 0; k < order.length; k++)
      for (let a = 0; a < d; a++) to[r * n + order[k] * d + a] = from[r * wide + k * w + a];
}
