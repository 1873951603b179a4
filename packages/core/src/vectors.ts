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
