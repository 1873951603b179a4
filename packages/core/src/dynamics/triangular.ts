/** Product of two lower triangular d×d matrices. */
export function lowerProduct(a: Float64Array, b: Float64Array, d: number): Float64Array {
  const product = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = j; k <= i; k++) sum += a[i * d + k] * b[k * d + j];
      product[i * d + j] = sum;
    }
  }
  return product;
}

/** ‖A‖₂ ≤ √(‖A‖₁ ‖A‖_∞). */
export function spectralBound(a: Float64Array, d: number): number {
  let rows = 0;
  let columns = 0;
  for (let i = 0; i < d; i++) {
    let row = 0;
    let column = 0;
    for (let k = 0; k < d; k++) {
      row += Math.abs(a[i * d + k]);
      column += Math.abs(a[k * d + i]);
    }
    rows = Math.max(rows, row);
    columns = Math.max(columns, column);
  }
  return Math.sqrt(rows * columns);
}
