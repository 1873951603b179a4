import { basisSplines, localPolynomials } from "../spline.ts";

/** A spline of least squares through rows, and what it leaves of them. */
export interface Fit {
  /** Value of the spline less that of the row. */
  readonly residuals: Float64Array;
  /** intervals between rows × (degree + 1), in t = row − k, lowest power first. */
  polynomials(): Float64Array;
  /** B-splines at the rows: knots, of each row the span that it lies in, and the values of the degree + 1 there. */
  readonly basis: Basis;
}

interface Basis {
  readonly knots: Float64Array;
  readonly spans: Int32Array;
  readonly shares: Float64Array;
}

/**
 * The spline of degree p, C^{p−1}, that comes nearest to rows in the sense of least squares (de Boor, A Practical Guide to
 * Splines, ch. XIV), by an LDLᵀ factor of the banded normal equations. With every row a knot, but for (p−1)/2 beside each
 * end, it is the interpolating spline.
 *
 * @param breaks rows that are knots, ascending, the first and the last row among them. Read.
 * @param before a fit of the same rows with other knots: where knots are the same, B-splines are taken from it. Read.
 * Cost: O(rows · p²).
 */
export function leastSquares(
  values: ArrayLike<number>,
  breaks: readonly number[],
  degree: number,
  before?: Fit,
): Fit {
  const rows = values.length;
  const inner = withoutEnds(breaks, (degree + 1) / 2);
  const coefficients = inner.length + degree + 1;
  const knots = new Float64Array(coefficients + degree + 1);
  inner.forEach((row, k) => {
    knots[degree + 1 + k] = row;
  });
  knots.fill(rows - 1, coefficients);
  const basis = basisAt(knots, { rows, coefficients, degree }, before?.basis);
  const { spans, shares } = basis;
  const width = degree + 1;
  const band = new Float64Array(coefficients * width);
  const control = new Float64Array(coefficients);
  for (let k = 0; k < rows; k++) {
    const [first, own] = [spans[k] - degree, k * width];
    for (let a = 0; a < width; a++) {
      const share = shares[own + a];
      const at = (first + a) * width + a;
      control[first + a] += share * values[k];
      for (let b = 0; b <= a; b++) band[at - b] += share * shares[own + b];
    }
  }
  solveBanded(band, control, width);
  const residuals = new Float64Array(rows);
  for (let k = 0; k < rows; k++) {
    const first = spans[k] - degree;
    let value = 0;
    for (let a = 0; a < width; a++) value += shares[k * width + a] * control[first + a];
    residuals[k] = value - values[k];
  }
  return {
    residuals,
    basis,
    polynomials: () => localPolynomials({ knots, control, degree }, rows - 1, (k) => spans[k]),
  };
}

/** The B-splines at rows 0, 1, …; those of spans whose knots an earlier basis has as well are copied. */
function basisAt(
  knots: Float64Array,
  { rows, coefficients, degree }: Readonly<Record<"rows" | "coefficients" | "degree", number>>,
  before: Basis | undefined,
): Basis {
  const width = degree + 1;
  const spans = new Int32Array(rows);
  const shares = new Float64Array(rows * width);
  const values = new Float64Array(width);
  for (let k = 0, span = degree; k < rows; ) {
    while (span + 1 < coefficients && knots[span + 1] <= k) span++;
    const end = span + 1 < coefficients ? Math.min(knots[span + 1], rows) : rows;
    spans.fill(span, k, end);
    if (before && sameKnots(knots, span, before.knots, before.spans[k], degree)) {
      shares.set(before.shares.subarray(k * width, end * width), k * width);
      k = end;
    }
    for (; k < end; k++) {
      basisSplines(knots, span, k, values);
      shares.set(values, k * width);
    }
  }
  return { knots, spans, shares };
}

/** Whether the 2p knots are the same on which the B-splines of two spans depend. */
function sameKnots(a: Float64Array, span: number, b: Float64Array, other: number, degree: number): boolean {
  for (let l = 1 - degree; l <= degree; l++) if (a[span + l] !== b[other + l]) return false;
  return true;
}

/** Breaks between the ends; those too near to an end for its "not a knot" are left out. */
function withoutEnds(breaks: readonly number[], reach: number): readonly number[] {
  const last = breaks[breaks.length - 1];
  return breaks.filter((row) => row >= reach && row <= last - reach);
}

/** Solves A c = c in place; A symmetric, positive, lower band: A[k][k − d] at k·width + d. Overwrites both. */
function solveBanded(band: Float64Array, c: Float64Array, width: number): void {
  const count = c.length;
  for (let k = 0; k < count; k++) {
    // L[k][k − d]·D[k − d] in place of A[k][k − d], the farthest first
    for (let d = Math.min(width - 1, k); d >= 0; d--) {
      let sum = band[k * width + d];
      const column = k - d;
      for (let e = d + 1; e <= Math.min(width - 1, k); e++) {
        const other = e - d;
        if (other >= width) break;
        const at = k - e;
        sum -= (band[k * width + e] * band[column * width + other]) / band[at * width];
      }
      band[k * width + d] = sum;
    }
    for (let d = 1; d <= Math.min(width - 1, k); d++)
      c[k] -= (band[k * width + d] / band[(k - d) * width]) * c[k - d];
  }
  for (let k = count - 1; k >= 0; k--) {
    let value = c[k] / band[k * width];
    for (let d = 1; d < width && k + d < count; d++)
      value -= (band[(k + d) * width + d] / band[k * width]) * c[k + d];
    c[k] = value;
  }
}
