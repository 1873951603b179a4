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

/** max |x_k|. */
export function maxNorm(x: Float64Array): number {
  let most = 0;
  for (const value of x) most = Math.max(most, Math.abs(value));
  return most;
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

/** Some rows of a matrix of so many columns: of a field (N×d) what some particles have. */
export function rowsOf(values: Float64Array, rows: Int32Array, columns: number): Float64Array {
  const picked = new Float64Array(rows.length * columns);
  rows.forEach((row, k) => {
    for (let c = 0; c < columns; c++) picked[k * columns + c] = values[row * columns + c];
  });
  return picked;
}

/** The other way: a matrix of `count` rows that are 0 but for these. */
export function ontoRows(
  values: Float64Array,
  rows: Int32Array,
  columns: number,
  count: number,
): Float64Array {
  const all = new Float64Array(count * columns);
  rows.forEach((row, k) => {
    for (let c = 0; c < columns; c++) all[row * columns + c] = values[k * columns + c];
  });
  return all;
}

/** Σ|u_i|² and Σ|u_i|⁴ of d-vectors u_i that stand one after the other: what participations are made of. */
export function moments(u: Float64Array, d: number): { readonly second: number; readonly fourth: number } {
  let [second, fourth] = [0, 0];
  for (let k = 0; k < u.length; k += d) {
    let square = 0;
    for (let a = 0; a < d; a++) square += u[k + a] * u[k + a];
    second += square;
    fourth += square * square;
  }
  return { second, fourth };
}
