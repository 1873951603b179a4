import {
  energy,
  findInteractions,
  gradient,
  hessian,
  type Interactions,
  largestComponent,
  typicalForce,
} from "../interactions/index.ts";
import type { PairModel } from "../models/index.ts";
import type { WorkControl } from "../progress.ts";
import type { System } from "../space/index.ts";
import {
  type Arithmetic,
  type BlockSymmetric,
  componentsOf,
  factorize,
  hasPattern,
  solve,
} from "../sparse/index.ts";
import { type Analysed, analyseStructure } from "./factor.ts";

const MAX_STEPS = 100;
/** Shift of M over its mean diagonal entry: the first, the least, and the largest before this is given up. */
const SHIFT = { first: 1e-4, least: 1e-9, most: 1e3 };
/** Residual (over the typical pair force) at which the contacts are those of the minimum. */
const SETTLED = 1e-9;
/** Of energies. */
const ROUNDING = 1e-12;

/**
 * The minimum below a configuration with contacts that open and close on the way, where M belongs to one set of
 * contacts only: x ← x − (M + μ·1)⁻¹ ∂U/∂x with M anew at every step (Levenberg), μ falling while U falls. All
 * particles move: those that nothing holds in the end are pushed out of what they overlap. Undefined where no minimum
 * is reached.
 *
 * Cost: a factorisation a step, 5–50 of them.
 */
export function settled(
  start: System,
  model: PairModel,
  arithmetic: Arithmetic,
  control: WorkControl,
): { readonly system: System; readonly steps: number } | undefined {
  let now: Descent = { system: start, interactions: findInteractions(start, model), shift: SHIFT.first };
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    control.onProgress?.({ stage: "refine", done: steps, total: MAX_STEPS });
    const g = gradient(now.interactions);
    const residual = largestComponent(g, now.interactions.dimension).value;
    if (residual <= SETTLED * typicalForce(now.interactions)) return { system: now.system, steps };
    const next = stepDown(now, { g, residual }, model, arithmetic, control);
    if (!next) return undefined;
    now = next;
  }
  return undefined;
}

interface Descent {
  readonly system: System;
  readonly interactions: Interactions;
  /** μ of the next step, over M's mean diagonal entry. */
  readonly shift: number;
  readonly analysed?: Analysed;
}

/** One step with the least shift by which U falls; undefined where none does. */
function stepDown(
  { system, interactions, shift: first, analysed: last }: Descent,
  { g, residual }: { readonly g: Float64Array; readonly residual: number },
  model: PairModel,
  arithmetic: Arithmetic,
  control: WorkControl,
): Descent | undefined {
  const matrix = hessian(interactions);
  let analysed =
    last && hasPattern(last.symbolic, matrix)
      ? last
      : analyseStructure({ box: system.box, positions: system.positions, interactions });
  const scale = meanDiagonal(matrix);
  const before = energy(interactions);
  for (let shift = first; shift <= SHIFT.most; shift *= 10) {
    const { symbolic, workspace } = analysed;
    const options = { arithmetic, shift: shift * scale, ...(workspace && { workspace }) };
    const result = factorize(symbolic, matrix, options, control);
    if (result.status !== "ok") continue;
    analysed = { ...analysed, workspace: result.factor.workspace };
    const move = solve(result.factor, g);
    const tried = { ...system, positions: system.positions.map((x, k) => x - move[k]) };
    const there = findInteractions(tried, model);
    const change = energy(there) - before;
    // where rounding is all that is left of the change, forces tell
    const level = Math.abs(change) <= ROUNDING * Math.abs(before);
    const lower = level
      ? largestComponent(gradient(there), interactions.dimension).value < residual
      : change < 0;
    if (lower)
      return { system: tried, interactions: there, shift: Math.max(SHIFT.least, 0.1 * shift), analysed };
  }
  return undefined;
}

/** Σ|M_kk| over the unknowns. */
function meanDiagonal(matrix: BlockSymmetric): number {
  let sum = 0;
  for (const entry of matrix.diagonal) sum += Math.abs(entry);
  return sum / (matrix.size * componentsOf(matrix));
}
