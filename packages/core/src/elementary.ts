/**
 * Elementary functions from additions, products, quotients and square roots alone. Those of `Math` and the operator
 * ** are rounded differently by engines and their versions; these give the same bits everywhere, for one seed is to
 * give one glass, and one glass one result, on every machine. The house's test keeps the others out of this package.
 */

/** ln 2 in two parts; the products of the first with integers below 2²⁰ are exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** 1/k!, k = 0…13. */
const INVERSE_FACTORIALS = new Float64Array(14).fill(1);
for (let k = 1, factorial = 1; k < 14; k++) INVERSE_FACTORIALS[k] = 1 / (factorial *= k);

/** x^n for x > 0; relative error at most about 2 + 2|n| units of rounding (2⁻⁵³), as its test holds. */
export function power(x: number, n: number): number {
  if (n < 0) return positivePower(1 / x, -n);
  return positivePower(x, n);
}

function positivePower(x: number, n: number): number {
  const whole = Math.floor(n);
  const rest = n - whole;
  const integer = integerPower(x, whole);
  if (rest === 0) return integer;
  return integer * (rest === 0.5 ? Math.sqrt(x) : exponential(rest * logarithm(x)));
}

/** x^n by repeated squaring; n beyond 2³¹ saturates (the power has long over- or underflown). */
function integerPower(x: number, n: number): number {
  let k = Math.min(n, 0x7fffffff) | 0;
  let product = (k & 1) === 1 ? x : 1;
  let square = x;
  while ((k >>= 1) > 0) {
    square *= square;
    if ((k & 1) === 1) product *= square;
  }
  return product;
}

/** e^x: Taylor's series on |x| ≤ ½ ln 2 after taking out a power of two; 1 unit in the last place. */
export function exponential(x: number): number {
  const twos = Math.round(x / (LN2_HIGH + LN2_LOW));
  if (!(Math.abs(twos) < 1100)) return x > 0 ? Number.POSITIVE_INFINITY : x < 0 ? 0 : Number.NaN;
  const rest = x - twos * LN2_HIGH - twos * LN2_LOW;
  let sum = 0;
  for (let k = 13; k >= 0; k--) sum = sum * rest + INVERSE_FACTORIALS[k];
  // In two steps, so that neither power of two overflows before the product does.
  const half = twos >> 1;
  return sum * power(2, half) * power(2, twos - half);
}

/** ln x: 2 artanh((m − 1)/(m + 1)) for the mantissa m in [½√2, √2], plus a multiple of ln 2; NaN for x < 0. */
export function logarithm(x: number): number {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x > 0 ? x : Number.NaN;
  let twos = 0;
  for (; x > Math.SQRT2; x /= 2) twos++;
  for (; x < Math.SQRT1_2; x *= 2) twos--;
  const z = (x - 1) / (x + 1);
  const square = z * z;
  let sum = 0;
  for (let k = 23; k > 1; k -= 2) sum = square * (1 / k + sum);
  return twos * LN2_HIGH + (twos * LN2_LOW + 2 * z * (1 + sum));
}

/** x²; the plain product. */
export function square(x: number): number {
  return x * x;
}

/** √x in 2D, ∛x in 3D, for x ≥ 0. */
export function root(x: number, dimension: 2 | 3): number {
  if (dimension === 2) return Math.sqrt(x);
  let y = Math.max(1, x);
  // Newton's method from above falls monotonically, until rounding
  for (;;) {
    const next = (2 * y + x / (y * y)) / 3;
    if (!(next < y)) return y;
    y = next;
  }
}

/** 10^x; exact powers of ten for integer x. */
export function powerOfTen(x: number): number {
  const whole = Math.floor(x);
  return Number(`1e${whole}`) * exponential((x - whole) * Math.LN10);
}

/** log₁₀ x; exact for whole powers of ten. */
export function decimalLogarithm(x: number): number {
  const near = logarithm(x) / Math.LN10;
  const whole = Math.round(near);
  return powerOfTen(whole) === x ? whole : near;
}

/** √(a² + b²) without overflow or underflow on the way. */
export function hypotenuse(a: number, b: number): number {
  const most = Math.max(Math.abs(a), Math.abs(b));
  if (most === 0) return 0;
  const ratio = Math.min(Math.abs(a), Math.abs(b)) / most;
  return most * Math.sqrt(1 + ratio * ratio);
}

/** sin 2πt: Taylor's series within a quarter of a turn. */
export function sineOfTurns(t: number): number {
  const rest = t - Math.round(t);
  const folded = rest > 0.25 ? 0.5 - rest : rest < -0.25 ? -0.5 - rest : rest;
  const x = 2 * Math.PI * folded;
  let sum = 0;
  for (let k = 23; k > 1; k -= 2) sum = ((1 + sum) * -(x * x)) / (k * (k - 1));
  return x * (1 + sum);
}

/** The angle of (x, y) from the first axis in turns, in (−½, ½]: half angles by square roots, then Taylor's series. */
export function turnsOf(x: number, y: number): number {
  const length = hypotenuse(x, y);
  if (length === 0) return 0;
  const [a, b] = [Math.abs(x) / length, Math.abs(y) / length];
  let cosine = Math.max(a, b);
  let sine = Math.min(a, b);
  for (let halved = 0; halved < HALVINGS; halved++) {
    const half = Math.sqrt((1 + cosine) / 2);
    sine /= 2 * half;
    cosine = half;
  }
  const t = sine / cosine;
  let sum = 0;
  for (let k = 15; k >= 1; k -= 2) sum = 1 / k - sum * t * t;
  const least = (sum * t * 2 ** HALVINGS) / (2 * Math.PI);
  const turns = b > a ? 0.25 - least : least;
  const folded = x < 0 ? 0.5 - turns : turns;
  return y < 0 ? -folded : folded;
}

/** Half a right angle becomes less than 0.1. */
const HALVINGS = 3;

/**
 * erfc x: 1 − (2/√π) e^{−x²} Σ 2ⁿx^{2n+1}/(2n+1)!! below 2, the continued fraction of Laplace from there on; absolute
 * error below 1e-15, relative error below 1e-13.
 */
export function complementaryError(x: number): number {
  if (x < 0) return 2 - complementaryError(-x);
  const decay = exponential(-x * x) / Math.sqrt(Math.PI);
  if (x < 2) {
    let term = x;
    let sum = x;
    for (let n = 1; n < 60; n++) sum += term *= (2 * x * x) / (2 * n + 1);
    return 1 - 2 * decay * sum;
  }
  let fraction = x;
  for (let k = 80; k > 0; k--) fraction = x + (0.5 * k) / fraction;
  return decay / fraction;
}
