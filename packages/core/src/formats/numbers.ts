import { decimal } from "../decimal.ts";

const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
/** Dekker's splitting constant 2²⁷ + 1. */
const SPLITTER = 134217729;
/** Decimal digits that the leading and the trailing integer of a mantissa may hold. */
const LEADING_DIGITS = 15;
const MANTISSA_DIGITS = 22;

/** The rounding error of the product p = fl(a·b), exactly (Dekker 1971). */
function productError(a: number, b: number, p: number): number {
  const sa = SPLITTER * a;
  const aHigh = sa - (sa - a);
  const aLow = a - aHigh;
  const sb = SPLITTER * b;
  const bHigh = sb - (sb - b);
  const bLow = b - bHigh;
  return aLow * bLow - (p - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/**
 * (leading·10^k + trailing)/10^e, correctly rounded, or NaN in the rare cases where double-double arithmetic
 * can't decide the rounding. Needs leading < 10¹⁵, trailing < 10^k, 0 < k ≤ 7, 0 ≤ e ≤ 22.
 */
function roundedQuotient(leading: number, trailing: number, k: number, e: number): number {
  const shift = POWERS_OF_TEN[k];
  const divisor = POWERS_OF_TEN[e];
  // The numerator as an unevaluated sum high + low; an integer below 10²², so the sum is exact.
  const product = leading * shift;
  const high = product + trailing;
  const low = productError(leading, shift, product) + (trailing - (high - product));
  const q0 = high / divisor;
  const p = q0 * divisor;
  const remainder = high - p - productError(q0, divisor, p) + low;
  const q1 = remainder / divisor;
  const result = q0 + q1;
  const error = q1 - (result - q0);
  // q1 is good to a few 2⁻⁵³ of itself: `result` is the nearest double unless `error` is that close to a tie.
  return result + error * 1.0000001 === result ? result : Number.NaN;
}

function asciiText(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let k = start; k < end; k++) text += String.fromCharCode(bytes[k]);
  return text;
}

/**
 * Reads decimal numbers from ASCII bytes, giving the same double as `Number` on the token's text.
 *
 * Grammar: [+-] digits [. digits] [(e|E|d|D) [+-] digits], with at least one digit in the mantissa;
 * d and D are Fortran's. Everything else (hexadecimal, "nan", "1.2.3", an empty token) is NaN.
 */
export class RealParser {
  /** Significant digits of the mantissa last read, without leading zeros. */
  digits = 0;

  /** The value of bytes[start, end), or NaN where they are not a number. Cost O(end − start). */
  parse(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    const sign = bytes[at];
    if (sign === 45 || sign === 43) at++;
    let leading = 0;
    let trailing = 0;
    let digits = 0;
    let point = -1;
    const mantissaStart = at;
    for (; at < end; at++) {
      const digit = bytes[at] - 48;
      if (digit >= 0 && digit <= 9) {
        if (digits > 0 || digit > 0) {
          if (digits < LEADING_DIGITS) leading = leading * 10 + digit;
          else if (digits < MANTISSA_DIGITS) trailing = trailing * 10 + digit;
          digits++;
        }
      } else if (digit === -2 && point < 0) point = at;
      else break;
    }
    if (at - mantissaStart - (point < 0 ? 0 : 1) === 0) return Number.NaN;
    let exponent = point < 0 ? 0 : point + 1 - at;
    if (at < end) {
      const stated = statedExponent(bytes, at, end);
      if (Number.isNaN(stated)) return Number.NaN;
      exponent += stated;
    }
    this.digits = digits;
    const magnitude = this.#magnitude(leading, trailing, exponent);
    if (Number.isNaN(magnitude)) return Number(asciiText(bytes, start, end).replace(/[dD]/, "e"));
    return sign === 45 ? -magnitude : magnitude;
  }

  #magnitude(leading: number, trailing: number, exponent: number): number {
    const digits = this.digits;
    if (leading === 0) return 0;
    if (digits > MANTISSA_DIGITS || exponent < -22 || exponent > 22) return Number.NaN;
    if (digits <= LEADING_DIGITS) {
      // Both operands are exact, so IEEE division and product round correctly (Clinger 1990).
      return exponent < 0 ? leading / POWERS_OF_TEN[-exponent] : leading * POWERS_OF_TEN[exponent];
    }
    if (exponent > 0) return Number.NaN;
    return roundedQuotient(leading, trailing, digits - LEADING_DIGITS, -exponent);
  }
}

/** The exponent in bytes[at, end) = (e|E|d|D) [+-] digits; NaN if malformed. */
function statedExponent(bytes: Uint8Array, at: number, end: number): number {
  const letter = bytes[at++] | 32;
  if (letter !== 101 && letter !== 100) return Number.NaN;
  const sign = bytes[at];
  if (at < end && (sign === 45 || sign === 43)) at++;
  if (at >= end) return Number.NaN;
  let exponent = 0;
  for (; at < end; at++) {
    const digit = bytes[at] - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    exponent = Math.min(exponent * 10 + digit, 99999);
  }
  return sign === 45 ? -exponent : exponent;
}

/** The value that a text spells in words (nan, inf, infinity, any sign and case); undefined where it does not. */
export function spelledNonFinite(text: string): number | undefined {
  const match = /^([+-]?)(?:(nan(?:\(.*\))?)|inf(?:inity)?)$/i.exec(text);
  if (!match) return undefined;
  if (match[2] !== undefined) return Number.NaN;
  return match[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** A decimal number, or one that its word spells; NaN for anything else, hexadecimal and empty texts too. */
export function decimalNumber(text: string): number {
  return spelledNonFinite(text) ?? decimal(text);
}
