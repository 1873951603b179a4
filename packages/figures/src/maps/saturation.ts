/** The p-quantile of magnitudes by nearest rank; O(n log n). 0 for an empty list. */
export function magnitudeQuantile(magnitudes: ArrayLike<number>, p: number): number {
  const sorted = Float64Array.from(magnitudes).sort();
  if (sorted.length === 0) return 0;
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))];
}

/** The magnitude at which a map saturates: the 0.995 quantile, two digits; 1 where everything is zero. */
export function saturationOf(magnitudes: ArrayLike<number>): number {
  return Number(magnitudeQuantile(magnitudes, 0.995).toPrecision(2)) || 1;
}
