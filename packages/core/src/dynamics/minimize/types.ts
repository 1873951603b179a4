import type { Address } from "../../kernels/index.ts";
import type { ForceField } from "../forcefield.ts";

/** How the first-order part of a minimisation goes down. */
export type Method = "lbfgs" | "cg" | "fire";
/** All first-order minimisers. */
export const METHODS: readonly Method[] = ["lbfgs", "cg", "fire"];

/** When a first-order minimiser stops. */
export interface DescentLimits {
  /** Stop at max |∂U/∂x| ≤ this, ε/λ. */
  readonly gradient: number;
  /** Stop after this many force evaluations. */
  readonly evaluations: number;
  /** No particle moves further in one step, λ. */
  readonly maxMove: number;
  /** Asked now and then with the present max |∂U/∂x|; true stops the descent. */
  readonly interrupted?: (maxGradient: number) => boolean;
}

/** How a first-order descent ended: at the gradient asked for, out of evaluations, or where no step goes down any more. */
export interface Descent {
  readonly end: "reached" | "exhausted" | "stuck" | "interrupted";
  readonly evaluations: number;
}

/**
 * Whether a descent that began after `before` evaluations of the field is over where the field stands now; `most` is its
 * max |∂U/∂x| where that is at hand.
 */
export function descentEnd(
  field: ForceField,
  limits: DescentLimits,
  before: number,
  most = field.maxGradient(),
): Descent | undefined {
  const evaluations = field.evaluations - before;
  if (most <= limits.gradient) return { end: "reached", evaluations };
  if (limits.interrupted?.(most)) return { end: "interrupted", evaluations };
  return evaluations >= limits.evaluations ? { end: "exhausted", evaluations } : undefined;
}

/** A first-order minimiser: moves `field` downhill in place. */
export type Descend = (field: ForceField, limits: DescentLimits) => Descent;

/** max over particles of |v_i|, λ-like. */
export function longest(field: ForceField, vector: Address, zero: Address): number {
  return Math.sqrt(field.kernels.maxDistance2(field.count, field.stride, vector, zero));
}
