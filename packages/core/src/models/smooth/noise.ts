import { medianOf } from "./median.ts";

/** Rows a window begins after the last, and rows of a window. */
const STRIDE = 64;
const WINDOW = 128;
/** Differences of these orders are looked at. */
const LOWEST = 5;
const HIGHEST = 8;
/** σ by differences of order 8 over that of order 7 from which on the differences are noise: 1 for white noise. */
const WHITE = 0.7;
/** The median of |x| of a normal distribution, over σ. */
const MEDIAN = 0.6745;
/** Standard deviation of the rounding of doubles, over their size. */
const DOUBLE = 2 ** -53 / 3;

/** Rows from which on their noise is estimated. */
export const LEAST_ROWS = WINDOW;

/** How much rows of a table scatter about a smooth function. */
export interface RowNoise {
  /** σ at row k. */
  at(k: number): number;
  /** Whether rows about k are seen to scatter. */
  rough(k: number): boolean;
}

/**
 * The scatter of equally spaced rows about a smooth function, in windows of 128 rows. Differences of order m have
 * variance C(2m, m) σ² for white noise, while those of a smooth function fall with m: σ is the least that they say for
 * m = 5 … 8, by medians of |Δᵐ|, which a kink does not touch. Where differences still fall at m = 8 no noise is seen, and
 * σ is the rounding of doubles. Nowhere is it less than the rounding that is known: where a function is flat, rounded rows
 * are steps, whose differences are mostly zero. O(rows).
 *
 * @param values at least LEAST_ROWS. Read.
 * @param rounding standard deviation of each row's rounding, where it is known. Read.
 */
export function rowNoise(values: ArrayLike<number>, rounding?: ArrayLike<number>): RowNoise {
  const windows = Math.ceil((values.length - WINDOW) / STRIDE) + 1;
  const sigma = new Float64Array(windows);
  const rough = new Uint8Array(windows);
  const least = new Float64Array(windows);
  const orders = differences(values);
  for (let w = 0; w < windows; w++) {
    const end = Math.min(w * STRIDE + WINDOW, values.length);
    const start = end - WINDOW;
    const each = orders.map(({ order, of, deviation }) => medianSize(of, start, end - order) / deviation);
    least[w] = Math.min(...each);
    const exact = DOUBLE * largest(values, start, end);
    const known = rounding === undefined ? 0 : middle(rounding, start, end);
    const white = each[HIGHEST - LOWEST] > WHITE * each[HIGHEST - LOWEST - 1];
    rough[w] = (white && least[w] > 2 * exact) || known > 2 * exact ? 1 : 0;
    sigma[w] = Math.max(rough[w] ? least[w] : 0, exact, known);
  }
  // Where a function has vanished its rows have no scatter of their own: half of the least that is seen elsewhere.
  const seen = sigma.filter((_, w) => rough[w] === 1);
  const floor = seen.length === 0 ? 0 : 0.5 * seen.reduce((a, b) => Math.min(a, b));
  for (let w = 0; w < windows; w++) if (least[w] < floor) sigma[w] = Math.max(sigma[w], floor);
  const window = (k: number) => Math.min(Math.max(Math.floor((k - STRIDE / 2) / STRIDE), 0), windows - 1);
  return { at: (k) => sigma[window(k)], rough: (k) => rough[window(k)] === 1 };
}

interface Differences {
  readonly order: number;
  readonly of: Float64Array;
  /** Of white noise with σ = 1. */
  readonly deviation: number;
}

function differences(values: ArrayLike<number>): Differences[] {
  const found: Differences[] = [];
  let of = Float64Array.from(values);
  let variance = 1;
  for (let order = 1; order <= HIGHEST; order++) {
    const next = new Float64Array(of.length - 1);
    for (let k = 0; k < next.length; k++) next[k] = of[k + 1] - of[k];
    of = next;
    // C(2m, m) from C(2m − 2, m − 1)
    variance *= (2 * (2 * order - 1)) / order;
    if (order >= LOWEST) found.push({ order, of, deviation: Math.sqrt(variance) });
  }
  return found;
}

function medianSize(values: Float64Array, start: number, end: number): number {
  return medianOf(values.subarray(start, end).map(Math.abs)) / MEDIAN;
}

function largest(values: ArrayLike<number>, start: number, end: number): number {
  let most = 0;
  for (let k = start; k < end; k++) most = Math.max(most, Math.abs(values[k]));
  return most;
}

function middle(values: ArrayLike<number>, start: number, end: number): number {
  return values[(start + end) >> 1];
}
