import { dot } from "../vectors.ts";
import { type BondOrderArrays, widthOf } from "./bondorders-arrays.ts";
import { bondOrderGradient, bondOrderHessian, times } from "./bondorders-derivatives.ts";
import type { Blocks } from "./terms.ts";

/* Sums over bond orders: each is a function of the legs of one centre, a matrix of legs goes on the particles as such. */

/** Terms and their legs' entries (w of each, from `at` on, in an array of L×d). */
function eachTerm(e: BondOrderArrays, of: (t: number, at: number, w: number) => void): void {
  for (let t = 0; t < e.centre.length; t++) of(t, e.starts[t] * e.dimension, widthOf(e, t));
}

/** ∂ε/∂y of all legs, L×d. */
export function bondOrderGradients(e: BondOrderArrays): Float64Array {
  const g = new Float64Array(e.vectors.length);
  eachTerm(e, (t, at) => g.set(bondOrderGradient(e, t), at));
  return g;
}

/** H·v of all legs, L×d. */
export function bondOrderRates(e: BondOrderArrays, v: Float64Array): Float64Array {
  const rates = new Float64Array(v.length);
  eachTerm(e, (t, at, w) => rates.set(times(bondOrderHessian(e, t), v.subarray(at, at + w), w), at));
  return rates;
}

/** What each term gives for its part of v (L×d), t. */
export function alongLegs(e: BondOrderArrays, x: Float64Array, y: Float64Array): Float64Array {
  const sums = new Float64Array(e.centre.length);
  eachTerm(e, (t, at, w) => {
    sums[t] = dot(x.subarray(at, at + w), y.subarray(at, at + w));
  });
  return sums;
}

/** Of each term: every leg's end with the centre, then every two ends. */
export function bondOrderCouplings({ centre, starts, ends }: BondOrderArrays): {
  readonly p: Int32Array;
  readonly q: Int32Array;
} {
  const [p, q]: number[][] = [[], []];
  for (let t = 0; t < centre.length; t++) {
    const own = ends.subarray(starts[t], starts[t + 1]);
    for (const end of own) {
      p.push(end);
      q.push(centre[t]);
    }
    own.forEach((end, x) => {
      for (const other of own.subarray(x + 1)) {
        p.push(end);
        q.push(other);
      }
    });
  }
  return { p: Int32Array.from(p), q: Int32Array.from(q) };
}

/** Adds a w×w matrix of the legs of each term. Ends that are images of one particle couple on its diagonal. */
export function addBondOrderBlocks(
  e: BondOrderArrays,
  { width, lower, diagonal, places }: Blocks,
  matrixOf: (t: number) => Float64Array,
): void {
  const { dimension: d, centre, starts, ends } = e;
  const size = width * width;
  const put = (p: number, q: number, at: number, value: (a: number, b: number) => number) => {
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < d; b++) {
        if (p === q) diagonal[p * size + a * width + b] += value(a, b);
        else lower[at * size + (p > q ? a * width + b : b * width + a)] += value(a, b);
      }
    }
  };
  let coupling = 0;
  for (let t = 0; t < centre.length; t++) {
    const h = matrixOf(t);
    const w = widthOf(e, t);
    const legs = w / d;
    const c = centre[t];
    const block = (x: number, y: number) => (a: number, b: number) => h[(x * d + a) * w + y * d + b];
    const row = (x: number, a: number, b: number) => {
      let sum = 0;
      for (let y = 0; y < legs; y++) sum += h[(x * d + a) * w + y * d + b];
      return sum;
    };
    for (let x = 0; x < legs; x++) {
      const end = ends[starts[t] + x];
      put(end, end, 0, block(x, x));
      put(end, c, places[coupling++], (a, b) => -row(x, a, b));
      put(c, c, 0, (a, b) => row(x, a, b));
    }
    for (let x = 0; x < legs; x++) {
      for (let y = x + 1; y < legs; y++) {
        const [p, q] = [ends[starts[t] + x], ends[starts[t] + y]];
        const at = places[coupling++];
        put(p, q, at, block(x, y));
        if (p === q) put(p, p, 0, block(y, x));
      }
    }
  }
}
