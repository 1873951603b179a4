import { Jet } from "./jets.ts";

/** Of the polynomial evaluated last: its value and its derivatives over k!. */
export const powers = new Jet();

/** p(s) = Σ_l c[l] s^{l − first}, l = first … last, and its first four derivatives over k!, by Horner's rule, into `powers`. */
export function horner(c: Float64Array, first: number, last: number, s: number): void {
  let q0 = 0;
  let q1 = 0;
  let q2 = 0;
  let q3 = 0;
  let q4 = 0;
  for (let l = last; l >= first; l--) {
    q4 = q4 * s + q3;
    q3 = q3 * s + q2;
    q2 = q2 * s + q1;
    q1 = q1 * s + q0;
    q0 = q0 * s + c[l];
  }
  powers.d0 = q0;
  powers.d1 = q1;
  powers.d2 = q2;
  powers.d3 = q3;
  powers.d4 = q4;
}
