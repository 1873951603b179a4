import type { Address, Arena } from "../../kernels/index.ts";
import { maxNorm } from "../../vectors.ts";
import { NODES, polynomialOver, TERMS } from "./chebyshev.ts";

/** A radial function as polynomials in u = (x/x_c)² (see assembly/dynamics/forces.ts). */
export interface RadialTable {
  /** Of all intervals of F, then of E, piece after piece; TERMS f64 an interval. */
  readonly coefficients: Float64Array;
  /** u where a piece begins, but for the first. */
  readonly breaks: readonly number[];
  /** Intervals of F and E of a piece together. */
  readonly perPiece: number;
  /** Bits of u that lie below the number of its interval. */
  readonly lowBits: number;
  /** Bytes from an interval of F to that of E. */
  readonly toEnergy: number;
  /** Below it the function goes on linearly in u. */
  readonly leastU: number;
  /** Largest deviation found between the nodes, relative to |F| and |E| at that distance or beyond. */
  readonly error: number;
}

/** E and dE/dx at m places x, each overwritten. */
export type RadialFunction = (x: Float64Array, value: Float64Array, slope: Float64Array) => void;

/** Octaves of u that a table has: x from x_c/16 on. */
const OCTAVES = 8;
/** Intervals an octave as a power of two: the least and the most that are tried. */
const FINENESS = { least: 6, most: 9 } as const;
/** Fine enough, see `error`. */
const ACCURACY = 4e-15;
/** Half the width must make the error smaller by this (2⁸ is the least for smooth functions), or it is rounding already. */
const WORTH = 8;
/** From this u on errors are relative to the largest value there: it goes to zero at the cutoff. */
const REFERENCE = 0.64;
const MANTISSA_BITS = 52;

/**
 * Compiles a function E(x), x ≤ x_c, to polynomials of degree 7 of E and of F = E′/x, interpolated at Chebyshev's
 * points between the places where it is not smooth (`breaks`, ascending). The intervals are halved until the error is
 * a rounding; functions that are no smoother than a spline end at 512 an octave. 10,000 to 115,000 evaluations, 64 to
 * 512 kB a piece.
 */
export function radialTable(
  cutoff: number,
  radial: RadialFunction,
  breaks: readonly number[] = [],
): RadialTable {
  const at = breaks.map((x) => (x / cutoff) * (x / cutoff));
  let best = interpolated(cutoff, radial, at, FINENESS.least);
  let fineness: number = FINENESS.least;
  while (best.error > ACCURACY && fineness < FINENESS.most) {
    const finer = interpolated(cutoff, radial, at, fineness + 1);
    if (finer.error > best.error / WORTH) break;
    best = finer;
    fineness++;
  }
  const count = OCTAVES * 2 ** fineness;
  return {
    ...best,
    breaks: at,
    perPiece: 2 * count,
    lowBits: MANTISSA_BITS - fineness,
    toEnergy: count * TERMS * 8,
    leastU: 1 / 2 ** OCTAVES,
  };
}

/** Puts a table into an arena: the address of the interval that would be number 0, and that of its breaks. */
export function placeTable(
  arena: Arena,
  { coefficients, breaks, lowBits, perPiece }: RadialTable,
): { readonly origin: Address; readonly breaks: Address } {
  // Of the bits of the least u, a power of two, the exponent only is set.
  const first = (1023 - OCTAVES) * 2 ** (MANTISSA_BITS - lowBits);
  const origin = arena.putF64(coefficients) - first * TERMS * 8;
  return { origin, breaks: arena.putF64(Float64Array.from(breaks.flatMap((u) => [u, perPiece]))) };
}

function interpolated(
  cutoff: number,
  radial: RadialFunction,
  breaks: readonly number[],
  fineness: number,
): Pick<RadialTable, "coefficients" | "error"> {
  const pieces = [0, ...breaks].map((from, p) => ({ from, to: breaks[p] ?? 1 }));
  const count = OCTAVES * 2 ** fineness;
  const coefficients = new Float64Array(2 * count * pieces.length * TERMS);
  let error = 0;
  pieces.forEach((piece, p) => {
    const part = coefficients.subarray(2 * count * p * TERMS, 2 * count * (p + 1) * TERMS);
    error = Math.max(error, fitPiece(cutoff, radial, piece, part));
  });
  return { coefficients, error };
}

interface Interval {
  readonly index: number;
  readonly middle: number;
  /** Where the function is looked at: within the piece. */
  readonly centre: number;
  readonly half: number;
  /** This as a fraction of the interval. */
  readonly share: number;
}

/** Intervals of an octave's `fraction` that have a part in a piece. */
function intervalsOf(
  { from, to }: { readonly from: number; readonly to: number },
  count: number,
): Interval[] {
  const perOctave = count / OCTAVES;
  return Array.from({ length: count }, (_, index) => {
    const octave = 2 ** (Math.floor(index / perOctave) - OCTAVES);
    const width = octave / perOctave;
    const start = octave + (index % perOctave) * width;
    const [low, high] = [Math.max(start, from), Math.min(start + width, to)];
    const half = 0.5 * (high - low);
    return { index, middle: start + 0.5 * width, centre: low + half, half, share: (high - low) / width };
  }).filter(({ share }) => share > 0);
}

/** Fills the intervals of a piece, F before E; returns the largest relative error. */
function fitPiece(
  cutoff: number,
  radial: RadialFunction,
  piece: { readonly from: number; readonly to: number },
  coefficients: Float64Array,
): number {
  const count = coefficients.length / (2 * TERMS);
  const intervals = intervalsOf(piece, count);
  const points = NODES.length;
  const x = new Float64Array(intervals.length * points);
  intervals.forEach(({ centre, half }, k) => {
    for (let p = 0; p < points; p++) x[k * points + p] = cutoff * Math.sqrt(centre + half * NODES[p]);
  });
  const energy = new Float64Array(x.length);
  const force = new Float64Array(x.length);
  radial(x, energy, force);
  for (let p = 0; p < x.length; p++) force[p] /= x[p];
  let error = 0;
  [force, energy].forEach((values, which) => {
    const beyond = intervals.findIndex(({ middle }) => middle > REFERENCE);
    let scale = Math.max(
      maxNorm(values.subarray((beyond < 0 ? intervals.length - 1 : beyond) * points)),
      Number.MIN_VALUE,
    );
    for (let k = intervals.length - 1; k >= 0; k--) {
      const own = values.subarray(k * points, (k + 1) * points);
      const { index, ...place } = intervals[k];
      const at = (which * count + index) * TERMS;
      scale = Math.max(scale, maxNorm(own));
      error = Math.max(error, polynomialOver(place, own, coefficients.subarray(at, at + TERMS)) / scale);
    }
  });
  return error;
}
