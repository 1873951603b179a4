import type { PotentialTable } from "./types.ts";

/**
 * The spline of odd degree p through equally spaced values, C^{p−1}, as local polynomials. The p − 1 missing
 * conditions are "not a knot": the (p−1)/2 data sites next to each end carry no knot. Exact for polynomials
 * up to degree p; the error of φ‴ falls as spacing^{p−2}.
 *
 * @param values n ≥ p + 1 values at rMin + k·spacing. Read.
 * Cost: O(n p²) once.
 */
export function interpolatingSpline(
  grid: { readonly rMin: number; readonly spacing: number },
  values: ArrayLike<number>,
  degree: 5 | 7,
): PotentialTable {
  const count = values.length;
  const knots = notAKnot(count, degree);
  const control = solveCollocation(knots, values, degree);
  const polynomials = localPolynomials({ knots, control, degree }, count - 1, (k) =>
    spanOf(k, count, degree),
  );
  return { ...grid, degree, polynomials };
}

/** A spline Σ_l control_l B_l over knots in units of the rows' spacing. */
export interface ControlledSpline {
  readonly knots: Float64Array;
  readonly control: Float64Array;
  readonly degree: number;
}

/** Knots in units of the spacing: ends repeated p + 1 times, data sites between except (p−1)/2 beside each end. */
function notAKnot(count: number, degree: number): Float64Array {
  const knots = new Float64Array(count + degree + 1);
  const skip = (degree + 1) / 2;
  for (let k = 0; k < count - degree - 1; k++) knots[degree + 1 + k] = skip + k;
  knots.fill(count - 1, count);
  return knots;
}

/** Index μ with knots[μ] ≤ t < knots[μ+1]; the last interval holds its end. */
function spanOf(t: number, count: number, degree: number): number {
  const inner = Math.floor(t) - (degree + 1) / 2;
  return degree + Math.min(Math.max(inner + 1, 0), count - degree - 1);
}

/** The degree + 1 B-splines that do not vanish on span μ, at t (Cox–de Boor), into basis[0…degree]. */
export function basisSplines(knots: Float64Array, span: number, t: number, basis: Float64Array): void {
  basis[0] = 1;
  for (let p = 1; p < basis.length; p++) raiseDegree(knots, span, t, p, basis);
}

/** B-splines of degree p in the place of those of degree p − 1. */
function raiseDegree(knots: Float64Array, span: number, t: number, p: number, basis: Float64Array): void {
  let carried = 0;
  for (let l = 0; l < p; l++) {
    const right = knots[span + l + 1];
    const left = knots[span + l + 1 - p];
    const share = basis[l] / (right - left);
    basis[l] = carried + (right - t) * share;
    carried = (t - left) * share;
  }
  basis[p] = carried;
}

/**
 * Control values c with Σ_l c_l B_l(k) = values[k]. The matrix is banded and totally positive, so elimination
 * without pivoting is stable (de Boor & Pinkus 1977).
 */
function solveCollocation(knots: Float64Array, values: ArrayLike<number>, degree: number): Float64Array {
  const count = values.length;
  const width = 2 * degree + 1;
  // Row k, column l at band[k·width + l − k + degree].
  const band = new Float64Array(count * width);
  const basis = new Float64Array(degree + 1);
  for (let k = 0; k < count; k++) {
    const span = spanOf(k, count, degree);
    basisSplines(knots, span, k, basis);
    for (let l = 0; l <= degree; l++) {
      if (basis[l] !== 0) band[k * width + span - degree + l - k + degree] = basis[l];
    }
  }
  const control = Float64Array.from(values);
  for (let k = 0; k < count; k++) {
    const pivot = band[k * width + degree];
    for (let row = k + 1; row <= Math.min(k + degree, count - 1); row++) {
      const factor = band[row * width + k - row + degree] / pivot;
      if (factor === 0) continue;
      for (let l = k + 1; l <= Math.min(k + degree, count - 1); l++) {
        band[row * width + l - row + degree] -= factor * band[k * width + l - k + degree];
      }
      control[row] -= factor * control[k];
    }
  }
  for (let k = count - 1; k >= 0; k--) {
    let sum = control[k];
    for (let l = k + 1; l <= Math.min(k + degree, count - 1); l++) {
      sum -= band[k * width + l - k + degree] * control[l];
    }
    control[k] = sum / band[k * width + degree];
  }
  return control;
}

/**
 * Taylor coefficients at the left end of each interval between rows, lowest power first.
 *
 * @param spanAt μ with knots[μ] ≤ k < knots[μ+1] of row k.
 */
export function localPolynomials(
  { knots, control, degree }: ControlledSpline,
  intervals: number,
  spanAt: (k: number) => number,
): Float64Array {
  const width = degree + 1;
  const polynomials = new Float64Array(intervals * width);
  const basis = new Float64Array(width);
  const derivatives = new Float64Array(width * width);
  for (let k = 0, last = -1; k < intervals; k++) {
    const span = spanAt(k);
    if (span !== last) controlOfDerivatives({ knots, control, degree }, span, derivatives);
    last = span;
    basis[0] = 1;
    for (let p = 0; p <= degree; p++) {
      if (p > 0) raiseDegree(knots, span, k, p, basis);
      const order = degree - p;
      let value = 0;
      for (let l = 0; l <= p; l++) value += derivatives[order * width + l] * basis[l];
      polynomials[k * width + order] = value / FACTORIALS[order];
    }
  }
  return polynomials;
}

/** k! up to the highest degree. */
const FACTORIALS = [1, 1, 2, 6, 24, 120, 720, 5040];

/** Control values of the spline and of its derivatives on one span, a row an order: p (c_{l+1} − c_l)/(knot differences). */
function controlOfDerivatives(
  { knots, control, degree }: ControlledSpline,
  span: number,
  rows: Float64Array,
): void {
  const width = degree + 1;
  for (let l = 0; l < width; l++) rows[l] = control[span - degree + l];
  for (let order = 1; order <= degree; order++) {
    const p = width - order;
    const above = (order - 1) * width;
    for (let l = 0; l < p; l++) {
      const length = knots[span + l + 1] - knots[span + l + 1 - p];
      rows[order * width + l] = (p * (rows[above + l + 1] - rows[above + l])) / length;
    }
  }
}
