import type { RowNoise } from "./noise.ts";

/** Intervals between rows of the shortest stretch that is tested. */
const SHORTEST = 16;
/** Of a mean square residual over σ² that still counts as noise, beside four standard deviations: σ is an estimate. */
const SLACK = 1.3;

/**
 * Knots for rows that scatter: rows of the table, ascending, first and last among them. Stretches of 16, 32, 64, … rows,
 * counted from the last row, are joined in pairs for as long as a polynomial of the degree describes the rows of the two
 * together within their scatter; each stretch is given a knot at its middle and at its ends, and where not even the
 * shortest is described, every row is a knot. O(rows · log rows · degree).
 *
 * @param values rows + their noise. Read.
 */
export function knotsOf(values: ArrayLike<number>, noise: RowNoise, degree: number): number[] {
  const last = values.length - 1;
  const accepted: boolean[][] = [];
  for (let length = SHORTEST; 4 * length <= last || accepted.length === 0; length *= 2) {
    const basis = orthonormal(length + 1, degree);
    const below = accepted.at(-1);
    const count = Math.floor(last / length);
    accepted.push(
      Array.from({ length: count }, (_, b) => {
        if (below && !(below[2 * b] && below[2 * b + 1])) return false;
        return described(values, last - (b + 1) * length, basis, noise);
      }),
    );
    if (!accepted.at(-1)!.includes(true)) break;
  }
  const knots = [last];
  for (let block = 0, end = last; end > 0; ) {
    let level = -1;
    while (accepted[level + 1]?.[block >> (level + 1)] && block % 2 ** (level + 1) === 0) level++;
    const half = SHORTEST * 2 ** (Math.max(level, 0) - 1);
    const length = Math.min(2 * half, end);
    for (let back = half; back <= length; back += half) knots.push(end - back);
    if (knots.at(-1) !== end - length) knots.push(end - length);
    end -= length;
    block += 2 ** Math.max(level, 0);
  }
  return knots.reverse();
}

/** Whether a mean square residual, over σ², is that of noise. */
export function isNoise(meanSquare: number, freedom: number): boolean {
  return meanSquare <= SLACK * (1 + 4 * Math.sqrt(2 / freedom));
}

/** Discrete orthonormal polynomials of degrees 0 … p on n equally spaced points (Gram), by their recurrence. */
function orthonormal(points: number, degree: number): readonly Float64Array[] {
  const basis = [new Float64Array(points).fill(1 / Math.sqrt(points))];
  let before = new Float64Array(points);
  let carried = 0;
  for (let p = 1; p <= degree; p++) {
    const previous = basis[p - 1];
    const next = previous.map((value, k) => ((2 * k) / (points - 1) - 1) * value - carried * before[k]);
    carried = Math.sqrt(next.reduce((sum, value) => sum + value * value, 0));
    for (let k = 0; k < points; k++) next[k] /= carried;
    basis.push(next);
    before = previous;
  }
  return basis;
}

/** Whether the polynomial of least squares leaves no more of the rows from `start` on than their scatter. */
function described(
  values: ArrayLike<number>,
  start: number,
  basis: readonly Float64Array[],
  noise: RowNoise,
): boolean {
  const points = basis[0].length;
  const rest = new Float64Array(points);
  for (let k = 0; k < points; k++) rest[k] = values[start + k] - values[start];
  for (const function_ of basis) {
    let share = 0;
    for (let k = 0; k < points; k++) share += function_[k] * rest[k];
    for (let k = 0; k < points; k++) rest[k] -= share * function_[k];
  }
  const freedom = points - basis.length;
  let sum = 0;
  for (let k = 0; k < points; k++) {
    const z = rest[k] / noise.at(start + k);
    sum += z * z;
  }
  return isNoise(sum / freedom, freedom);
}
