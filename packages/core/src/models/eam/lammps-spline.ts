import type { PotentialTable } from "../types.ts";

// The cubic splines of LAMMPS's pair_style eam, eam/alloy and eam/fs (Plimpton, J. Comput. Phys. 117, 1, 1995; its method
// `interpolate`): through all rows, with slopes by differences, so that φ″, f″ and F″ jump at every row.

/** Of the tables that they become, beside those of splines of degree five. */
const DEGREE = 5;
const STRIDE = DEGREE + 1;

/**
 * Cubic Hermite polynomials through rows, whose slopes at the rows are differences over five rows (over three and two at
 * the ends): (f_{k−2} − 8 f_{k−1} + 8 f_{k+1} − f_{k+2})/12. In t = row − k, lowest power first; O(rows).
 */
function hermite(values: ArrayLike<number>): Float64Array {
  const last = values.length - 1;
  const slope = (k: number) => {
    if (k === 0) return values[1] - values[0];
    if (k === last) return values[last] - values[last - 1];
    if (k === 1 || k === last - 1) return 0.5 * (values[k + 1] - values[k - 1]);
    return (values[k - 2] - values[k + 2] + 8 * (values[k + 1] - values[k - 1])) / 12;
  };
  const polynomials = new Float64Array(last * STRIDE);
  for (let k = 0; k < last; k++) {
    const [rise, left, right] = [values[k + 1] - values[k], slope(k), slope(k + 1)];
    polynomials.set([values[k], left, 3 * rise - 2 * left - right, left + right - 2 * rise], k * STRIDE);
  }
  return polynomials;
}

/** F over ρ; beyond the last row a straight line. */
export function lammpsEmbedding(values: readonly number[], spacing: number): PotentialTable {
  const polynomials = continued(hermite(values), values, 1);
  return { rMin: 0, spacing, degree: DEGREE, polynomials };
}

/** f over r, a straight line from the last row to the cutoff. */
export function lammpsDensity(values: readonly number[], spacing: number, cutoff: number): PotentialTable {
  return {
    rMin: 0,
    spacing,
    degree: DEGREE,
    polynomials: toCutoff(hermite(values), values, spacing, cutoff),
  };
}

/**
 * φ over r from the first row beside 0 on, of r·φ by rows: on each interval the quotient (r·φ)/r as a polynomial of degree
 * five about its middle, which is off by (h/2r)⁶ φ.
 */
export function lammpsPair(values: readonly number[], spacing: number, cutoff: number): PotentialTable {
  const product = toCutoff(hermite(values), values, spacing, cutoff);
  const polynomials = product.slice(STRIDE);
  for (let k = 1; k * STRIDE < product.length; k++) {
    const row = polynomials.subarray((k - 1) * STRIDE, k * STRIDE);
    shift(row, 0.5);
    // 1/(h (m + u)) = Σ (−u/m)ʲ/(h m), m = k + ½: q_j = (p_j − q_{j−1} h)/(h m) term by term
    for (let j = 0, before = 0; j <= DEGREE; j++) {
      before = row[j] = (row[j] / spacing - before) / (k + 0.5);
    }
    shift(row, -0.5);
  }
  return { rMin: spacing, spacing, degree: DEGREE, polynomials };
}

/** p(t + by) in place of p(t). */
function shift(p: Float64Array, by: number): void {
  for (let k = 0; k < DEGREE; k++) for (let l = DEGREE - 1; l >= k; l--) p[l] += by * p[l + 1];
}

/** As far as the cutoff, which may lie behind the last row. */
function toCutoff(
  cubic: Float64Array,
  values: readonly number[],
  spacing: number,
  cutoff: number,
): Float64Array {
  const missing = Math.max(0, Math.ceil(cutoff / spacing - 1e-9) - (values.length - 1));
  return continued(cubic, values, missing);
}

/**
 * With so many intervals of a straight line behind. LAMMPS goes on with the slope at the end, for f and r·φ with a constant
 * value beside: where it is not 0, its energies there are not those of its forces, which are taken.
 */
function continued(cubic: Float64Array, values: readonly number[], intervals: number): Float64Array {
  const slope = values[values.length - 1] - values[values.length - 2];
  const whole = new Float64Array(cubic.length + intervals * STRIDE);
  whole.set(cubic);
  for (let k = 0; k < intervals; k++)
    whole.set([values[values.length - 1] + k * slope, slope], cubic.length + k * STRIDE);
  return whole;
}
