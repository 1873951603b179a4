/** A number with so many significant digits: for sentences, where trailing zeros say nothing. */
export function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}
