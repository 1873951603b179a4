// d×d matrices, row-major.

/** A·x of each of the d-vectors that stand one after the other. */
export function mapped(x: Float64Array, a: ArrayLike<number>, d: number): Float64Array {
  const out = new Float64Array(x.length);
  for (let p = 0; p < x.length; p += d)
    for (let c = 0; c < d; c++) for (let b = 0; b < d; b++) out[p + c] += a[c * d + b] * x[p + b];
  return out;
}

/** Aᵀ */
export function transposed(a: Float64Array, d: number): Float64Array {
  return a.map((_, k) => a[(k % d) * d + Math.floor(k / d)]);
}

/** (A + Aᵀ)/2: of a displacement gradient, the strain. */
export function symmetricPart(a: Float64Array, d: number): Float64Array {
  return a.map((x, k) => 0.5 * (x + a[(k % d) * d + Math.floor(k / d)]));
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
