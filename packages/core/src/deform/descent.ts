import { descents, newton } from "../dynamics/index.ts";
import { implicitDescent } from "./implicit.ts";
import type { Stage } from "./stage.ts";
import type { ReleaseMethod } from "./types.ts";

/** How configurations go down. */
export interface ReleaseOptions {
  readonly method: ReleaseMethod;
  /** Residual of a minimum over the typical pair force. */
  readonly tolerance: number;
  readonly typicalForce: number;
  readonly maxEvaluations: number;
  /** No particle moves further in one step, λ. */
  readonly maxMove: number;
  readonly interrupted?: () => boolean;
  /** At the end of a branch: of the lengths that are watched, λ. Default 1. */
  readonly scale?: number;
  /** λ; default 1. */
  readonly bond?: number;
  /** There: false where it ended at a jump of the potential and no mode has softened; nothing is pushed. Default true. */
  readonly fold?: boolean;
}

/** Residual over the typical pair force at which Newton's method takes over. */
const HANDOVER = 1e-5;
const ROUNDS = 5;

/**
 * Minimises the field to the full precision of a minimum; false where the minimiser stalls. Newton's method is tried
 * once max |∂U/∂x| is as small as `first`: near a saddle just left that has to be less than the force that drives.
 */
export function descend(stage: Stage, options: ReleaseOptions, first = Infinity): boolean {
  const { field } = stage;
  const { method, tolerance, typicalForce, maxMove, interrupted } = options;
  const last = field.evaluations + options.maxEvaluations;
  let goal = Math.min(HANDOVER * typicalForce, first);
  for (let round = 0; round < ROUNDS; round++) {
    const limits = {
      gradient: Math.max(goal, tolerance * typicalForce),
      evaluations: last - field.evaluations,
      maxMove,
      interrupted,
    };
    const { end } = method === "newton" ? implicitDescent(stage, limits) : descents[method](field, limits);
    if (end !== "reached" && end !== "stuck") return false;
    if (newton(field, { tolerance, maxMove }).end === "converged") return true;
    goal *= 1e-2;
  }
  return false;
}
