import { jet } from "../jet.ts";
import { interpolatingSpline } from "../spline.ts";
import { evaluateTable } from "../table.ts";
import type { PotentialTable } from "../types.ts";
import { isNoise, knotsOf } from "./blocks.ts";
import { type Fit, leastSquares } from "./fit.ts";
import { medianOf } from "./median.ts";
import { LEAST_ROWS, type RowNoise, rowNoise } from "./noise.ts";

/**
 * Root mean square over an interval of the third derivative of a spline through white noise, σ/(H³ √n) for knots n rows,
 * or H, apart: where every row is a knot, and where few are (measured; of degrees 5 and 7).
 */
const EVERY_ROW = 10.2;
const FEW_ROWS = 12.3;
/** Noise of third derivatives that rows as they are may have, over their size, the terms of T_α. */
const TOLERABLE = 1e-3;
/**
 * Rows between knots at kinks, where a spline meets rows the worse the farther knots are apart: not fewer, for φ‴ between
 * them would be noise again, but where the mean square of what is left is more than so many σ² (φ itself jumps).
 */
const FEWEST = 4;
const MISSED = 100;
/** Rounds of making intervals of knots shorter where rows are not met. */
const ROUNDS = 14;

/** What was made of rows that scatter too much for third derivatives. */
export interface Smoothing {
  /** Rows between knots: median over the rows that scatter. */
  readonly rows: number;
  /** Noise of the third derivative: median over those rows, through all rows and as it is now; and its own size. */
  readonly before: number;
  readonly after: number;
  readonly size: number;
  /** Largest noise that is left, over the size of the third derivative. */
  readonly left: number;
  /** Root mean square and largest residual of the rows, over their scatter. */
  readonly typical: number;
  readonly largest: number;
}

export interface SmoothTable {
  readonly table: PotentialTable;
  /** Absent where rows are taken as they are. */
  readonly smoothing?: Smoothing;
}

/**
 * A spline with p − 1 continuous derivatives of rows that may have few digits. The third derivative of one through all
 * rows has noise 10 σ/h³ of their scatter σ (`rowNoise`). Where that is less than a thousandth of the third derivative it
 * is taken as it is (`interpolatingSpline`, to the bit). Else the spline of least squares whose knots are as far apart as
 * the rows' scatter allows: intervals between knots are those of `knotsOf`, halved where what is left of the rows is more
 * than their scatter. Its noise is 12 σ/(H³ √n) for knots n rows, H = n h, apart.
 *
 * @param values n ≥ degree + 1 values at rMin + k·spacing. Read.
 * @param rounding standard deviation of the rounding of each, where it is known (`roundingOf`). Read.
 * Cost: some rounds of O(n p²).
 */
export function smoothTable(
  grid: { readonly rMin: number; readonly spacing: number },
  values: ArrayLike<number>,
  degree: 5 | 7,
  rounding?: ArrayLike<number>,
): SmoothTable {
  if (values.length < LEAST_ROWS) return { table: interpolatingSpline(grid, values, degree) };
  const noise = rowNoise(values, rounding);
  if (!isRough(noise, values.length)) return { table: interpolatingSpline(grid, values, degree) };
  const { polynomials, residuals, knots } = fitted(values, noise, degree);
  const table = { ...grid, degree, polynomials: polynomials() };
  const smoothing = described(table, { noise, residuals, knots });
  return smoothing ? { table, smoothing } : { table: interpolatingSpline(grid, values, degree) };
}

function isRough(noise: RowNoise, rows: number): boolean {
  for (let k = 0; k < rows; k++) if (noise.rough(k)) return true;
  return false;
}

const known = new WeakMap<object, Map<string, SmoothTable>>();

/** The table that was made of a column of rows before: making one of a thousand rows and more takes some time. */
export function once(owner: object, column: string, make: () => SmoothTable): SmoothTable {
  const own = known.get(owner) ?? new Map<string, SmoothTable>();
  known.set(owner, own);
  const made = own.get(column) ?? make();
  own.set(column, made);
  return made;
}

function fitted(values: ArrayLike<number>, noise: RowNoise, degree: number) {
  let knots = knotsOf(values, noise, degree);
  let fit: Fit | undefined;
  for (let round = 0; ; round++) {
    fit = leastSquares(values, knots, degree, fit);
    const shorter = shortened(knots, fit.residuals, noise);
    if (shorter.length === knots.length || round === ROUNDS) return { ...fit, knots };
    knots = shorter;
  }
}

/** Knots with another in the middle of intervals whose rows, and whose neighbours', are not met within their scatter. */
function shortened(knots: readonly number[], residuals: Float64Array, noise: RowNoise): number[] {
  const squares = new Float64Array(residuals.length + 1);
  residuals.forEach((rest, k) => {
    const z = rest / noise.at(k);
    squares[k + 1] = squares[k] + z * z;
  });
  const intervals = knots.length - 1;
  const split = new Uint8Array(intervals);
  for (let k = 0; k < intervals; k++) {
    const [from, to] = [knots[Math.max(k - 1, 0)], knots[Math.min(k + 2, intervals)]];
    const freedom = to - from + 1 - 3;
    const meanSquare = (squares[to + 1] - squares[from]) / freedom;
    if (freedom < 1 || isNoise(meanSquare, freedom)) continue;
    const least = meanSquare > MISSED ? 1 : FEWEST;
    for (let l = Math.max(k - 1, 0); l <= Math.min(k + 1, intervals - 1); l++)
      if (knots[l + 1] - knots[l] > least) split[l] = 1;
  }
  return knots.flatMap((row, k) => {
    const length = (knots[k + 1] ?? row) - row;
    return split[k] === 1 ? [row, row + (length >> 1)] : [row];
  });
}

interface Made {
  readonly noise: RowNoise;
  readonly residuals: Float64Array;
  readonly knots: readonly number[];
}

/** Undefined where rows as they are would do. */
function described(table: PotentialTable, { noise, residuals, knots }: Made): Smoothing | undefined {
  const { rMin, spacing } = table;
  const sizes: number[] = [];
  const [rows, before, after, third]: number[][] = [[], [], [], []];
  const z: number[] = [];
  const cube = spacing * spacing * spacing;
  for (let k = 0, interval = 0; k + 1 < residuals.length; k++) {
    if (k >= knots[interval + 1]) interval++;
    if (!noise.rough(k)) continue;
    const x = rMin + (k + 0.5) * spacing;
    evaluateTable(table, x);
    const length = knots[interval + 1] - knots[interval];
    const raw = noise.at(k) / cube;
    sizes.push(Math.abs(jet.d3) + 3 * Math.abs(jet.d2 / x) + 3 * Math.abs(jet.d1 / (x * x)));
    third.push(Math.abs(jet.d3));
    rows.push(length);
    before.push(EVERY_ROW * raw);
    after.push(
      length === 1 ? EVERY_ROW * raw : (FEW_ROWS * raw) / (length * length * length * Math.sqrt(length)),
    );
    z.push(Math.abs(residuals[k]) / noise.at(k));
  }
  // Where a function fades out, noise counts against a hundredth of its typical size.
  const floor = 0.01 * median(sizes);
  const worst = (list: readonly number[]) =>
    list.reduce((most, value, k) => Math.max(most, value / Math.max(sizes[k], floor)), 0);
  if (!(worst(before) > TOLERABLE)) return undefined;
  return {
    rows: median(rows),
    before: median(before),
    after: median(after),
    size: median(third),
    left: worst(after),
    typical: Math.sqrt(z.reduce((sum, value) => sum + value * value, 0) / z.length),
    largest: z.reduce((most, value) => Math.max(most, value), 0),
  };
}

function median(values: readonly number[]): number {
  return medianOf(Float64Array.from(values));
}
