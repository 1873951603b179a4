/**
 * Standard deviation of the rounding of each row, from its digits as they were printed: a file of d decimals rounds to
 * 10⁻ᵈ, one of s significant digits row by row; whichever is coarser, q, gives q/√12. O(rows).
 */
export function roundingOf(values: readonly number[]): Float64Array {
  let [decimals, significant] = [0, 0];
  const exponents = new Int32Array(values.length);
  for (let k = 0; k < values.length; k++) {
    const value = Math.abs(values[k]);
    if (value === 0) continue;
    const text = value.toExponential();
    const end = text.indexOf("e");
    // "1e+0", "1.25e-3": all but the point are digits
    const digits = end === 1 ? 1 : end - 1;
    const exponent = Number(text.slice(end + 1));
    significant = Math.max(significant, digits);
    decimals = Math.max(decimals, digits - 1 - exponent);
    exponents[k] = exponent;
  }
  const sigmas = new Map<number, number>();
  return Float64Array.from(values, (value, k) => {
    const coarsest = value === 0 ? -decimals : Math.max(-decimals, exponents[k] + 1 - significant);
    const sigma = sigmas.get(coarsest) ?? Number(`1e${coarsest}`) / Math.sqrt(12);
    sigmas.set(coarsest, sigma);
    return sigma;
  });
}
