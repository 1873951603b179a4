import { square } from "../elementary.ts";

/** |x_i|², N, of a field (N×d, read). */
export function squaredLengths(x: Float64Array, d: number): Float64Array {
  return Float64Array.from({ length: x.length / d }, (_, p) => {
    let length2 = 0;
    for (let a = 0; a < d; a++) length2 += square(x[p * d + a]);
    return length2;
  });
}

/** |x_i|, N. */
export function lengths(x: Float64Array, d: number): Float64Array {
  return squaredLengths(x, d).map(Math.sqrt);
}
