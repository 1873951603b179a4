import { OutOfMemory } from "../errors.ts";
import { PLAN_WORDS, type Plan } from "../kernels/index.ts";
import type { WorkControl } from "../progress.ts";
import type { BlockSymmetric } from "./blocksymmetric.ts";
import { type CholeskyFactor, checkPattern, dropPins } from "./factorize.ts";
import { nodeTables } from "./nodetables.ts";
import { nodeFlops, sweep } from "./sweep.ts";
import { inverted, SLACK, writePlan, writePlans } from "./workspace.ts";

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
  return inverseDerivatives(factor, [rate], control)[0];
}

/** Bytes of derivatives that are made together. */
const TOGETHER = 2 ** 30;

/** `inverseDerivative` of several rates, the same numbers; what the factor alone says is made once for all that memory holds. */
export function inverseDerivatives(
  factor: CholeskyFactor,
  rates: readonly BlockSymmetric[],
  control: WorkControl = {},
): BlockSymmetric[] {
  const { workspace } = factor;
  if (workspace.banks.length > 1) {
    throw new OutOfMemory(
      "derivatives of an inverse need its factor in one memory of 4 GiB: this one is larger; take fewer particles",
    );
  }
  const { valueLengths, inverseLengths } = nodeTables(workspace.symbolic, workspace.cut);
  const most = Math.max(1, Math.floor(TOGETHER / (8 * (valueLengths[0] + inverseLengths[0]))));
  const found: BlockSymmetric[] = [];
  while (found.length < rates.length)
    found.push(...together(factor, rates.slice(found.length, found.length + most), control));
  return found;
}

function together(
  { workspace, pins, pinned }: CholeskyFactor,
  rates: readonly BlockSymmetric[],
  control: WorkControl,
): BlockSymmetric[] {
  for (const rate of rates) checkPattern(workspace.symbolic, rate);
  inverted.delete(workspace);
  const mark = workspace.arena.used;
  try {
    return derived({ workspace, pins, pinned }, rates, control);
  } finally {
    workspace.arena.release(mark);
  }
}

function derived(
  { workspace, pins, pinned }: Pick<CholeskyFactor, "workspace" | "pins" | "pinned">,
  rates: readonly BlockSymmetric[],
  control: WorkControl,
): BlockSymmetric[] {
  const { symbolic, arena, kernels, layout, cut } = workspace;
  const tables = nodeTables(symbolic);
  const placed = nodeTables(symbolic, cut);
  const works = () => ({
    squareWork: arena.allocF64(tables.square + SLACK),
    triangleWork: arena.allocF64(tables.triangle + SLACK),
    leftWork: arena.allocF64(tables.left + SLACK),
    rightWork: arena.allocF64(tables.left + SLACK),
  });
  const local = () => arena.allocF64(placed.local + SLACK);
  const signedWork = () => (layout.signs ? arena.allocF64(tables.strip + SLACK) : 0);
  // where the tree is cut, the factor's own workspaces are as large as its branches need them
  const plan =
    cut.trunk.length > 0
      ? writePlan(arena, { ...layout, ...works(), local: local(), signedWork: signedWork() })
      : workspace.plan;
  const shared = { ...works(), signedWork: arena.allocF64(tables.triangle + SLACK) };
  const plans = rates.map(
    ({ rows, size, dimension }): Plan => ({
      ...layout,
      ...shared,
      local: local(),
      values: arena.allocF64(placed.valueLengths[0] + SLACK),
      inverse: arena.allocF64(placed.inverseLengths[0] + SLACK),
      lower: arena.allocF64(rows.length * dimension * dimension),
      diagonal: arena.allocF64(size * dimension * dimension),
    }),
  );
  const derivatives = writePlans(arena, plans);
  const blocksOf = ({ lower, diagonal }: Plan, { rows, size, dimension }: BlockSymmetric) => ({
    lower: arena.f64(lower, rows.length * dimension * dimension),
    diagonal: arena.f64(diagonal, size * dimension * dimension),
  });
  rates.forEach((rate, k) => {
    const own = blocksOf(plans[k], rate);
    own.lower.set(rate.lower);
    own.diagonal.set(rate.diagonal);
    dropPins({ ...rate, ...own }, pins, pinned);
    kernels.assemble(derivatives + 4 * PLAN_WORDS * k, 0, symbolic.count);
  });
  const flops = nodeFlops(symbolic);
  const range = { count: symbolic.count, cost: (s: number) => 2 * rates.length * flops(s), control };
  sweep({ ...range, stage: "differentiate" }, (from, to) => {
    kernels.eliminateDerivative(plan, derivatives, rates.length, from, to);
    return true;
  });
  sweep({ ...range, stage: "differentiate", descending: true }, (from, to) => {
    kernels.invertDerivative(plan, derivatives, rates.length, from, to);
    return true;
  });
  return rates.map((rate, k) => {
    const { size, dimension, columnStarts, rows } = rate;
    const { lower, diagonal } = blocksOf(plans[k], rate);
    return { size, dimension, columnStarts, rows, lower: lower.slice(), diagonal: diagonal.slice() };
  });
}
