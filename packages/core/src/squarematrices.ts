// d×d matrices, row-major.

/** A·x of each of the d-vectors that stand one after the other. */
export function mapped(x: Float64Array, a: Float64Array, d: number): Float64Array {
  const out = new Float64Array(x.length);
  for (let p = 0; p < x.length; p += d)
    for (let c = 0; c < d; c++) for (let b = 0; b < d; b++) out[p + c] += a[c * d + b] * x[p + b];
  return out;
}

/** Aᵀ */
export function transposed(a: Float64Array, d: number): Float64Array {
  return a.map((_, k) => a[(k % d) * d + Math.floor(k / d)]);
}

/** A·B */
export function product(a: Float64Array, b: Float64Array, d: number): Float64Array {
  return a.map((_, k) => {
    const [r, c] = [Math.floor(k / d), k % d];
    let sum = 0;
    for (let s = 0; s < d; s++) sum += a[r * d + s] * b[s * d + c];
    return sum;
  });
}

export function identity(d: number): Float64Array {
  return Float64Array.from({ length: d * d }, (_, k) => (k % (d + 1) === 0 ? 1 : 0));
}
