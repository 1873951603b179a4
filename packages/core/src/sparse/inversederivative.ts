import { SoftfieldError } from "../errors.ts";
import type { Plan } from "../kernels/index.ts";
import type { WorkControl } from "../progress.ts";
import type { BlockSymmetric } from "./blocksymmetric.ts";
import { type CholeskyFactor, checkPattern, dropPins } from "./factorize.ts";
import { nodeTables } from "./nodetables.ts";
import { nodeFlops, sweep } from "./sweep.ts";
import { SLACK, writePlan } from "./workspace.ts";

/**
 * The derivative −G·DM·G of the inverse G = (M + σ·1)⁻¹ on the pattern, when M moves by DM: exact, by forward-mode
 * differentiation of the elimination and of Takahashi's equations. Blocks of dropped components are 0.
 *
 * `rate` DM: pattern of M, read (what it has on dropped components is not). The factor stays usable. Throws "usage"
 * on another pattern, "resource" past 4 GiB. Cost about three times factor and selected inverse; memory: a second
 * factor, released at the end.
 */
export function inverseDerivative(
  factor: CholeskyFactor,
  rate: BlockSymmetric,
  control: WorkControl = {},
): BlockSymmetric {
  const { workspace, pins, pinned } = factor;
  const { symbolic, arena, kernels, layout } = workspace;
  checkPattern(symbolic, rate);
  const { size, dimension, columnStarts, rows } = rate;
  const dd = dimension * dimension;
  if (workspace.banks.length > 1) {
    throw new SoftfieldError(
      "resource",
      "derivatives of an inverse need its factor in one memory of 4 GiB: this one is larger; take fewer particles",
    );
  }
  const mark = arena.used;
  const { cut } = workspace;
  const tables = nodeTables(symbolic);
  const placed = nodeTables(symbolic, cut);
  const works = () => ({
    squareWork: arena.allocF64(tables.square + SLACK),
    triangleWork: arena.allocF64(tables.triangle + SLACK),
    leftWork: arena.allocF64(tables.left + SLACK),
    rightWork: arena.allocF64(tables.left + SLACK),
    local: arena.allocF64(placed.local + SLACK),
  });
  const signedWork = () => (layout.signs ? arena.allocF64(tables.strip + SLACK) : 0);
  // where the tree is cut, the factor's own workspaces are as large as its branches need them
  const plan =
    cut.trunk.length > 0
      ? writePlan(arena, { ...layout, ...works(), signedWork: signedWork() })
      : workspace.plan;
  const own: Plan = {
    ...layout,
    ...works(),
    values: arena.allocF64(placed.valueLengths[0] + SLACK),
    inverse: arena.allocF64(placed.inverseLengths[0] + SLACK),
    signedWork: arena.allocF64(tables.triangle + SLACK),
    lower: arena.allocF64(rows.length * dd),
    diagonal: arena.allocF64(size * dd),
  };
  const derivative = writePlan(arena, own);
  const lower = arena.f64(own.lower, rows.length * dd);
  const diagonal = arena.f64(own.diagonal, size * dd);
  lower.set(rate.lower);
  diagonal.set(rate.diagonal);
  dropPins({ ...rate, lower, diagonal }, pins, pinned);
  kernels.assemble(derivative, 0, symbolic.count);
  const cost = nodeFlops(symbolic);
  const range = { count: symbolic.count, cost: (s: number) => 2 * cost(s), control };
  sweep({ ...range, stage: "differentiate" }, (from, to) => {
    kernels.eliminateDerivative(plan, derivative, from, to);
    return true;
  });
  sweep({ ...range, stage: "differentiate", descending: true }, (from, to) => {
    kernels.invertDerivative(plan, derivative, from, to);
    return true;
  });
  const result = {
    size,
    dimension,
    columnStarts,
    rows,
    lower: arena.f64(own.lower, rows.length * dd).slice(),
    diagonal: arena.f64(own.diagonal, size * dd).slice(),
  };
  arena.release(mark);
  return result;
}
