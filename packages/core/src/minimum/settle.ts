import {
  energy,
  findInteractions,
  gradient,
  hessian,
  largestComponent,
  typicalForce,
} from "../interactions/index.ts";
import type { PairModel } from "../models/index.ts";
import type { WorkControl } from "../progress.ts";
import type { System } from "../space/index.ts";
import { type Arithmetic, componentsOf, factorize, hasPattern, solve } from "../sparse/index.ts";
import { type Analysed, analyseStructure } from "./factor.ts";

const MAX_STEPS = 100;
/** Shift of M over its mean diagonal entry: the first, the least, and the largest before this is given up. */
const SHIFT = { first: 1e-4, least: 1e-9, most: 1e3 };
/** Residual (over the typical pair force) at which the contacts are those of the minimum. */
const SETTLED = 1e-9;

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
  let system = start;
  let interactions = findInteractions(system, model);
  let analysed: Analysed | undefined;
  let shift = SHIFT.first;
  for (let step = 0; step < MAX_STEPS; step++) {
    control.onProgress?.({ stage: "refine", done: step, total: MAX_STEPS });
    const g = gradient(interactions);
    const { dimension: d } = interactions;
    const residual = largestComponent(g, d).value;
    if (residual <= SETTLED * typicalForce(interactions)) return { system, steps: step };
    const structure = { box: system.box, positions: system.positions, interactions };
    const matrix = hessian(interactions);
    if (!analysed || !hasPattern(analysed.symbolic, matrix)) analysed = analyseStructure(structure);
    const { symbolic } = analysed;
    let scale = 0;
    for (const entry of matrix.diagonal) scale += Math.abs(entry);
    scale /= matrix.size * componentsOf(matrix);
    const before = energy(interactions);
    let next: typeof system | undefined;
    while (!next && shift <= SHIFT.most) {
      const options = {
        arithmetic,
        shift: shift * scale,
        ...(analysed.workspace && { workspace: analysed.workspace }),
      };
      const result = factorize(symbolic, matrix, options, control);
      if (result.status === "ok") {
        analysed = { ...analysed, workspace: result.factor.workspace };
        const move = solve(result.factor, g);
        const tried = { ...system, positions: system.positions.map((x, k) => x - move[k]) };
        const there = findInteractions(tried, model);
        const change = energy(there) - before;
        const level = Math.abs(change) <= 1e-12 * Math.abs(before);
        if (level ? largestComponent(gradient(there), d).value < residual : change < 0) {
          next = tried;
          interactions = there;
        }
      }
      shift = next ? Math.max(SHIFT.least, 0.1 * shift) : 10 * shift;
    }
    if (!next) return undefined;
    system = next;
  }
  return undefined;
}
