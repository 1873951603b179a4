/** Pearson's correlation of two lists of energies. O(m). */
export function pearson(a: Float64Array, b: Float64Array): number {
  const [ma, mb] = [a, b].map((values) => values.reduce((sum, x) => sum + x, 0) / values.length) as [
    number,
    number,
  ];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((x, k) => {
    const [p, q] = [x - ma, b[k] - mb];
    ab += p * q;
    aa += p * p;
    bb += q * q;
  });
  return ab / Math.sqrt(aa * bb);
}

/** The share of the `count` bonds of largest |E| of one that are so in the other. */
export function overlap(a: Float64Array, b: Float64Array, count: number): number {
  const top = (values: Float64Array) =>
    Array.from(values.keys())
      .sort((p, q) => Math.abs(values[q]) - Math.abs(values[p]))
      .slice(0, count);
  const others = new Set(top(b));
  return top(a).filter((m) => others.has(m)).length / count;
}
