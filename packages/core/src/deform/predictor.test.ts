import { describe, expect, test } from "vitest";
import type { BranchPoint } from "./point.ts";
import { course, courseAt, elasticWork, foldAhead } from "./predictor.ts";

/** A branch given as polynomials in its own parameter a: one coordinate s, the strain γ, the stress σ. */
interface Curve {
  readonly s: (a: number) => number;
  readonly ds: (a: number) => number;
  readonly strain: (a: number) => number;
  readonly dstrain: (a: number) => number;
  readonly stress?: (a: number) => number;
  readonly dstress?: (a: number) => number;
}

function pointOf(curve: Curve, a: number): BranchPoint {
  return {
    strain: curve.strain(a),
    fractional: Float64Array.of(curve.s(a)),
    velocity: Float64Array.of(curve.ds(a) / curve.dstrain(a)),
    energy: 0,
    stress: curve.stress?.(a) ?? 0,
    shown: { stress: 0, modulus: 0 },
    modulus: (curve.dstress?.(a) ?? 0) / curve.dstrain(a),
    eigenvalue: 1,
    mode: Float64Array.of(1),
  };
}

/** With w = 0 and ψ = 1 the parameter p is s itself: a cubic γ(s) has to be met exactly. */
const cubic: Curve = {
  s: (a) => a,
  ds: () => 1,
  strain: (a) => 0.1 + a - 0.4 * a * a + 0.2 * a * a * a,
  dstrain: (a) => 1 - 0.8 * a + 0.6 * a * a,
};

describe("the predictor", () => {
  test("meets a cubic exactly, beyond its two points", () => {
    const c = course(pointOf(cubic, 0.3), pointOf(cubic, 0.1), Float64Array.of(1), 0);
    for (const p of [0.05, 0.2, 0.5]) {
      const { strain, fractional } = courseAt(c, p);
      expect(fractional[0]).toBeCloseTo(0.3 + p, 13);
      expect(strain).toBeCloseTo(cubic.strain(0.3 + p), 13);
    }
  });

  test("errs in the fourth order, and in the second from a single point", () => {
    const curve: Curve = { ...cubic, s: Math.sin, ds: Math.cos, strain: (a) => a, dstrain: () => 1 };
    const error = (h: number, alone: boolean) => {
      const c = course(
        pointOf(curve, 0.4),
        alone ? undefined : pointOf(curve, 0.4 - h),
        Float64Array.of(0),
        1,
      );
      return Math.abs(courseAt(c, h).fractional[0] - Math.sin(0.4 + h));
    };
    const order = (alone: boolean) => Math.log2(error(0.1, alone) / error(0.05, alone));
    expect(order(false)).toBeGreaterThan(3.8);
    expect(order(true)).toBeGreaterThan(1.9);
    expect(order(true)).toBeLessThan(2.3);
  });

  test("uses no history that does not lie behind", () => {
    const here = pointOf(cubic, 0.3);
    expect(course(here, pointOf(cubic, 0.5), Float64Array.of(1), 0).before).toBeUndefined();
  });

  test("sees a fold, γ = γ_c − κ(s − s_c)², at its place", () => {
    const fold: Curve = {
      s: (a) => a,
      ds: () => 1,
      strain: (a) => 0.02 - 0.7 * (a - 0.5) * (a - 0.5),
      dstrain: (a) => -1.4 * (a - 0.5),
    };
    const ahead = foldAhead(course(pointOf(fold, 0.3), pointOf(fold, 0.2), Float64Array.of(1), 0));
    expect(ahead.p).toBeCloseTo(0.2, 12);
    expect(ahead.strain).toBeCloseTo(0.02, 14);
  });

  test("sees none where the branch stiffens, nor from one point", () => {
    const c = course(pointOf(cubic, 0.9), pointOf(cubic, 0.8), Float64Array.of(1), 0);
    expect(foldAhead(c)).toEqual({ p: Infinity, strain: Infinity });
    expect(foldAhead(course(pointOf(cubic, 0.3), undefined, Float64Array.of(1), 0)).p).toBe(Infinity);
  });

  test("integrates σ dγ exactly where both are cubics of p", () => {
    const curve: Curve = {
      ...cubic,
      stress: (a) => 2 + 3 * a - a * a + 0.5 * a * a * a,
      dstress: (a) => 3 - 2 * a + 1.5 * a * a,
    };
    const c = course(pointOf(curve, 0.2), undefined, Float64Array.of(1), 0);
    let exact = 0;
    const n = 4000;
    for (let k = 0; k < n; k++) {
      const a = 0.2 + (0.6 * (k + 0.5)) / n;
      exact += (curve.stress!(a) * curve.dstrain(a) * 0.6) / n;
    }
    expect(elasticWork(c, pointOf(curve, 0.8), 0.6, 5)).toBeCloseTo(5 * exact, 6);
  });
});
