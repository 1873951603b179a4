/** Differences of this share of the highest value fill the scale at least. */
const LEAST_CONTRAST = 0.05;

/**
 * Values on a scale from 0 (lowest) to 1 (highest) that is linear about the median and grows as the logarithm far above:
 * ln(1 + (x − low)/s) over its largest, s = 3·(median − low). Where few values are far above the rest, the rest is seen, too.
 */
export function levelsOf(values: Float64Array): { levels: Float32Array; low: number; high: number } {
  const sorted = values.slice().sort();
  const low = sorted[0] ?? 0;
  const high = sorted.at(-1) ?? 1;
  const scale = Math.max(3 * (sorted[sorted.length >> 1] - low), 1e-3 * (high - low), 1e-300);
  // A field that is all but uniform is drawn so.
  const top = Math.log1p(Math.max(high - low, LEAST_CONTRAST * high) / scale) || 1;
  return { levels: Float32Array.from(values, (x) => Math.log1p((x - low) / scale) / top), low, high };
}

/** N×4: each vector and its length; NaN (rattlers) becomes 0. */
export function arrowLayer(vectors: Float64Array, d: 2 | 3): Float32Array {
  const count = vectors.length / d;
  const out = new Float32Array(4 * count);
  for (let p = 0; p < count; p++) {
    let square = 0;
    for (let c = 0; c < d; c++) {
      const x = vectors[p * d + c];
      out[4 * p + c] = Number.isFinite(x) ? x : 0;
      square += Number.isFinite(x) ? x * x : 0;
    }
    out[4 * p + 3] = Math.sqrt(square);
  }
  return out;
}

/** The q-quantile of |values|, finite ones only; at least a tiny positive number. */
export function magnitudeQuantile(values: ArrayLike<number>, q: number): number {
  const sizes = Float64Array.from(values, Math.abs)
    .filter((x) => Number.isFinite(x))
    .sort();
  return Math.max(1e-12, sizes[Math.min(sizes.length - 1, Math.floor(q * sizes.length))] ?? 1);
}

/** The q-quantile of |values| whose ascending order of magnitude is known; at least a tiny positive number. O(1) */
export function orderedQuantile(values: Float64Array, order: Uint32Array, q: number): number {
  const at = order[Math.min(order.length - 1, Math.floor(q * order.length))];
  return Math.max(1e-12, Math.abs(values[at] ?? 1));
}

/** |v| of each of N vectors of d components. */
export function lengths(vectors: Float64Array, d: number): Float64Array {
  const out = new Float64Array(vectors.length / d);
  for (let p = 0; p < out.length; p++) {
    let square = 0;
    for (let c = 0; c < d; c++) square += vectors[p * d + c] * vectors[p * d + c];
    out[p] = Math.sqrt(square);
  }
  return out;
}
