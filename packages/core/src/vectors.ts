/** xᵀy of two arrays of one length, summed from the front. */
export function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < x.length; k++) sum += x[k] * y[k];
  return sum;
}

/** |x|. */
export function norm(x: Float64Array): number {
  return Math.sqrt(dot(x, x));
}

/** x/|x|. */
export function unit(x: Float64Array): Float64Array {
  const length = norm(x);
  return x.map((value) => value / length);
}

/** Component a of each of the d-vectors that stand one after the other in `values`. */
export function component(values: Float64Array, d: number, a: number): Float64Array {
  const count = values.length / d;
  const own = new Float64Array(count);
  for (let k = 0; k < count; k++) own[k] = values[k * d + a];
  return own;
}
