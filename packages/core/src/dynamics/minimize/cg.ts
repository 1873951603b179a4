import type { ForceField } from "../forcefield.ts";
import { lineSearch } from "./linesearch.ts";
import { type Descent, type DescentLimits, descentEnd, longest } from "./types.ts";

const SLOPE_RATIO = 0.1;

/**
 * Nonlinear conjugate gradients (Polak & Ribière, restarted where β < 0 or the direction does not go down):
 * the minimiser of Zylberg 2017. About 2 evaluations an iteration.
 */
export function conjugateGradients(field: ForceField, limits: DescentLimits): Descent {
  const { kernels, length, g } = field;
  const [direction, previous, zero] = field.workVectors(3) as [number, number, number];
  field.arena.f64(zero, length).fill(0);
  const first = field.evaluations;
  field.evaluate();
  kernels.scaleAdd(length, 0, direction, -1, g);
  kernels.scaleAdd(length, 0, previous, 1, g);
  let norm = kernels.dot(length, g, g);
  let slope = -norm;
  let restarted = true;
  let step = 0;
  for (;;) {
    const over = descentEnd(field, limits, first);
    if (over) return over;
    const farthest = limits.maxMove / longest(field, direction, zero);
    const trial = step > 0 ? step : 0.1 * farthest;
    const made = lineSearch(field, direction, slope, {
      first: trial,
      longest: farthest,
      slopeRatio: SLOPE_RATIO,
    });
    if (made.length === 0 && restarted) return { end: "stuck", evaluations: field.evaluations - first };
    const now = kernels.dot(length, g, g);
    const beta = made.length === 0 ? 0 : Math.max(0, (now - kernels.dot(length, g, previous)) / norm);
    kernels.scaleAdd(length, beta, direction, -1, g);
    const before = slope;
    slope = kernels.dot(length, g, direction);
    restarted = beta === 0;
    if (!(slope < 0)) {
      kernels.scaleAdd(length, 0, direction, -1, g);
      slope = -now;
      restarted = true;
    }
    kernels.scaleAdd(length, 0, previous, 1, g);
    norm = now;
    // The same fall in energy to first order as the step before.
    step = made.length * (before / slope);
  }
}
