/**
 * Standard deviation of the rounding of each row, from its digits as they were printed: a file of d decimals rounds to
 * 10⁻ᵈ, one of s significant digits row by row; whichever is coarser, q, gives q/√12. O(rows).
 */
export function roundingOf(values: readonly number[]): Float64Array {
  let [decimals, significant] = [0, 0];
  const exponents = values.map((value) => {
    if (value === 0) return Number.NEGATIVE_INFINITY;
    const [mantissa, power] = value.toExponential().split("e");
    const digits = mantissa.replace(/[-.]/g, "").length;
    const exponent = Number(power);
    significant = Math.max(significant, digits);
    decimals = Math.max(decimals, digits - 1 - exponent);
    return exponent;
  });
  const coarsest = exponents.map((exponent) => Math.max(-decimals, exponent + 1 - significant));
  return Float64Array.from(coarsest, (exponent) => Number(`1e${exponent}`) / Math.sqrt(12));
}
