// What loops over pairs do with their two lanes and with sums in memory.

// @ts-ignore: decorator
@inline
export function splat(at: usize): v128 {
  return v128.load_splat<f64>(at);
}

// @ts-ignore: decorator
@inline
export function sum2(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

// @ts-ignore: decorator
@inline
export function addTo(at: usize, value: f64): void {
  store<f64>(at, load<f64>(at) + value);
}

/**
 * The larger of both lanes of `most`, NaN where any bit of `nan` is set: of chains of f64x2.pmax beside a mask of what was NaN.
 * (f64x2.max looks after NaN itself, at every turn, in several instructions that wait for one another.)
 */
// @ts-ignore: decorator
@inline
export function largest(most: v128, nan: v128): f64 {
  return v128.any_true(nan) ? NaN : max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
}

// @ts-ignore: decorator
@inline
export function orNaN(nan: v128, x: v128): v128 {
  return v128.or(nan, f64x2.ne(x, x));
}
