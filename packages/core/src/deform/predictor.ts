import { dot } from "../vectors.ts";
import type { BranchPoint } from "./point.ts";

/** A point of a branch as a curve: its strain, its coordinates, their rate by the strain, and its soft mode. */
export type BranchCurve = Pick<BranchPoint, "strain" | "fractional" | "velocity" | "mode">;

/**
 * A stretch of a branch as a curve over p = ψ·(x − x₁) + w·(γ − γ₁): the amplitude of the soft mode ψ at the last
 * point, and the strain where nothing softens. Unlike γ, p runs on through the end of a branch (a fold, where
 * dγ/dp falls to zero linearly), so that polynomials in p predict well right up to it.
 */
export interface Course<Point extends BranchCurve = BranchPoint> {
  readonly last: Point;
  readonly before: Point | undefined;
  /** N×d: p = functional·(s − s₁) + w·(γ − γ₁), s fractional. */
  readonly functional: Float64Array;
  readonly weight: number;
  /** dγ/dp at the last point, and at the one before, where p = start < 0. */
  readonly rate: number;
  readonly rateBefore: number;
  readonly start: number;
}

/** `functional`: of N×d; see `Course`. The point before is used where p orders the two. */
export function course<Point extends BranchCurve>(
  last: Point,
  before: Point | undefined,
  functional: Float64Array,
  weight: number,
): Course<Point> {
  const rate = 1 / (dot(functional, last.velocity) + weight);
  const alone = { last, before: undefined, functional, weight, rate, rateBefore: rate, start: 0 };
  if (!before) return alone;
  let start = weight * (before.strain - last.strain);
  for (let k = 0; k < functional.length; k++) {
    start += functional[k] * (before.fractional[k] - last.fractional[k]);
  }
  const rateBefore = 1 / (dot(functional, before.velocity) + weight);
  return start < 0 && rateBefore > 0 ? { ...alone, before, rateBefore, start } : alone;
}

/** Where the curve through both points is at p, by cubic Hermite interpolation (linear from one point). */
export function courseAt(c: Course<BranchCurve>, p: number): { strain: number; fractional: Float64Array } {
  const { last, before, rate, rateBefore, start } = c;
  const fractional = new Float64Array(last.fractional.length);
  if (!before) {
    for (let k = 0; k < fractional.length; k++) {
      fractional[k] = last.fractional[k] + p * rate * last.velocity[k];
    }
    return { strain: last.strain + p * rate, fractional };
  }
  const { value0, slope0, slope1 } = hermite(start, p);
  for (let k = 0; k < fractional.length; k++) {
    fractional[k] =
      last.fractional[k] +
      value0 * (before.fractional[k] - last.fractional[k]) +
      slope0 * rateBefore * before.velocity[k] +
      slope1 * rate * last.velocity[k];
  }
  const strain = last.strain + value0 * (before.strain - last.strain) + slope0 * rateBefore + slope1 * rate;
  return { strain, fractional };
}

/** Weights of values and slopes at p = start and p = 0. */
function hermite(start: number, p: number) {
  const h = -start;
  const t = (p - start) / h;
  const value1 = t * t * (3 - 2 * t);
  return {
    value0: 1 - value1,
    slope0: h * t * (1 - t) * (1 - t),
    value1,
    slope1: h * t * t * (t - 1),
  };
}

/** The end of the branch ahead: where dγ/dp, linear near a fold, reaches zero; Infinity where it does not fall. */
export function foldAhead({ last, rate, rateBefore, start }: Course<BranchCurve>): {
  p: number;
  strain: number;
} {
  const slope = (rate - rateBefore) / -start;
  if (!(slope < 0)) return { p: Infinity, strain: Infinity };
  const p = -rate / slope;
  return { p, strain: last.strain + 0.5 * rate * p };
}

/**
 * V∫σ dγ from the last point of a course to the next one, `step` further on, σ(p) and γ(p) by cubic Hermite
 * interpolation: the elastic change of energy, to O(step⁵), if both points lie on one branch.
 */
export function elasticWork(c: Course, next: BranchPoint, step: number, volume: number): number {
  const { last, rate, functional, weight } = c;
  const rateNext = 1 / (dot(functional, next.velocity) + weight);
  let work = 0;
  for (const [node, share] of GAUSS) {
    const { value0, slope0, value1, slope1 } = hermite(-step, -(1 - node) * step);
    const stress =
      value0 * last.stress +
      value1 * next.stress +
      slope0 * last.modulus * rate +
      slope1 * next.modulus * rateNext;
    // dγ/dp of the cubic, with t = node
    const t = node;
    const slope =
      (6 * t * (1 - t) * (next.strain - last.strain)) / step +
      (1 - t) * (1 - 3 * t) * rate +
      t * (3 * t - 2) * rateNext;
    work += share * step * stress * slope;
  }
  return work * volume;
}

/** Nodes and weights on [0, 1]: exact for the quintic that the product of the two cubics makes. */
const GAUSS = [
  [0.5 - 0.5 * Math.sqrt(0.6), 5 / 18],
  [0.5, 8 / 18],
  [0.5 + 0.5 * Math.sqrt(0.6), 5 / 18],
] as const;
