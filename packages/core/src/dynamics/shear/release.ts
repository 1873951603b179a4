import { inverseVectors } from "../../space/index.ts";
import { descents, type Method } from "../minimize/index.ts";
import { newton } from "../minimize/newton.ts";
import { implicitDescent } from "./implicit.ts";
import { type BranchPoint, peak, place, product, type Stage } from "./point.ts";

/** How a configuration goes down at an event: a first-order minimiser, or Newton's method regularised along the flow. */
export type ReleaseMethod = Method | "newton";
export const RELEASE_METHODS: readonly ReleaseMethod[] = ["fire", "cg", "lbfgs", "newton"];

export interface ReleaseOptions {
  readonly method: ReleaseMethod;
  /** Residual of a minimum over the typical pair force. */
  readonly tolerance: number;
  readonly typicalForce: number;
  readonly maxEvaluations: number;
  /** No particle moves further in one step, λ. */
  readonly maxMove: number;
  readonly interrupted?: () => boolean;
}

/** A push along the critical mode past the end of its branch, λ of the particle that it moves most. */
const PUSH = 2e-3;
/** Residual over the typical pair force at which Newton's method takes over. */
const HANDOVER = 1e-5;
const ROUNDS = 5;

/**
 * Takes the last minimum of a branch affinely to `strain` beyond its end, pushes it on along its critical mode (`push`),
 * and lets it go down, to the minimum in which the field is left. False where the minimiser stalls.
 */
export function release(
  stage: Stage,
  from: BranchPoint,
  strain: number,
  options: ReleaseOptions & { readonly push: boolean },
): boolean {
  const { field } = stage;
  const d = field.dimension;
  place(stage, strain, from.fractional);
  if (options.push) {
    const { length } = peak(from.mode, d);
    const h = inverseVectors(field.box);
    const pushed = product(from.mode, h, d);
    for (let k = 0; k < pushed.length; k++) {
      pushed[k] = from.fractional[k]! + (PUSH / length) * pushed[k]!;
    }
    place(stage, strain, pushed);
  }
  return goDown(stage, options);
}

/** Minimises the field to the full precision of a minimum; false where the minimiser stalls. */
export function goDown(stage: Stage, options: ReleaseOptions): boolean {
  const { field } = stage;
  const { method, tolerance, typicalForce, maxMove, interrupted } = options;
  const last = field.evaluations + options.maxEvaluations;
  // At a saddle just left forces are tiny: they have to grow and fall again before anything is reached.
  let goal = Math.min(HANDOVER * typicalForce, 0.1 * field.maxGradient());
  for (let round = 0; round < ROUNDS; round++) {
    const limits = {
      gradient: Math.max(goal, tolerance * typicalForce),
      evaluations: last - field.evaluations,
      maxMove,
      ...(interrupted && { interrupted }),
    };
    const { end } = method === "newton" ? implicitDescent(stage, limits) : descents[method](field, limits);
    if (end !== "reached" && end !== "stuck") return false;
    if (newton(field, { tolerance, maxMove }).end === "converged") return true;
    goal *= 1e-2;
  }
  return false;
}
