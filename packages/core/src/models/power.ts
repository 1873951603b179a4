/** Largest integer exponent that is taken by products rather than by `Math.pow`. */
const LARGEST_PRODUCT = 64;

/**
 * x^n for x > 0: by products and one division where n is a small integer, so that the result is the same
 * on every engine and several times faster; by `Math.pow` otherwise.
 */
export function power(x: number, n: number): number {
  if (n < 0) return naturalOrRealPower(1 / x, -n);
  return naturalOrRealPower(x, n);
}

function naturalOrRealPower(x: number, n: number): number {
  let k = n | 0;
  if (k !== n || k > LARGEST_PRODUCT) return x ** n;
  let product = (k & 1) === 1 ? x : 1;
  let square = x;
  while ((k >>= 1) > 0) {
    square *= square;
    if ((k & 1) === 1) product *= square;
  }
  return product;
}
