/** 1, d×d. */
export function identity(d: number): Float64Array {
  return Float64Array.from({ length: d * d }, (_, k) => (k % (d + 1) === 0 ? 1 : 0));
}

/** A·B, d×d. */
export function multiplied(a: Float64Array, b: Float64Array, d: number): Float64Array {
  const out = new Float64Array(d * d);
  for (let p = 0; p < d; p++)
    for (let q = 0; q < d; q++) for (let k = 0; k < d; k++) out[p * d + q] += a[p * d + k] * b[k * d + q];
  return out;
}

/** tr A */
export function trace(a: Float64Array, d: number): number {
  let sum = 0;
  for (let k = 0; k < d; k++) sum += a[k * (d + 1)];
  return sum;
}

/** A⁻¹ of a regular d×d matrix near to 1, d = 2 or 3, by its cofactors. */
export function inverted(a: Float64Array, d: number): Float64Array {
  if (d === 2) {
    const det = a[0] * a[3] - a[1] * a[2];
    return Float64Array.of(a[3] / det, -a[1] / det, -a[2] / det, a[0] / det);
  }
  const out = new Float64Array(9);
  for (let p = 0; p < 3; p++) {
    for (let q = 0; q < 3; q++) {
      const [r, s, u, v] = [(p + 1) % 3, (p + 2) % 3, (q + 1) % 3, (q + 2) % 3];
      out[q * 3 + p] = a[r * 3 + u] * a[s * 3 + v] - a[r * 3 + v] * a[s * 3 + u];
    }
  }
  const det = a[0] * out[0] + a[1] * out[3] + a[2] * out[6];
  return out.map((own) => own / det);
}
