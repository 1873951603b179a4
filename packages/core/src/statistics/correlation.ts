/** Pearson's r of pairs that are both numbers; NaN of fewer than three, or where one does not vary. O(n). */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const [a, b] = bothKnown(x, y);
  const n = a.length;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / n;
  const [ma, mb] = [mean(a), mean(b)];
  let [aa, bb, ab] = [0, 0, 0];
  for (let k = 0; k < n; k++) {
    aa += (a[k] - ma) * (a[k] - ma);
    bb += (b[k] - mb) * (b[k] - mb);
    ab += (a[k] - ma) * (b[k] - mb);
  }
  return n < 3 || aa === 0 || bb === 0 ? Number.NaN : ab / Math.sqrt(aa * bb);
}

/** Spearman's ρ, Pearson's r of the ranks, which knows no scale: of a quantity it is that of its logarithm. O(n log n). */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const [a, b] = bothKnown(x, y);
  return pearson(ranks(a), ranks(b));
}

function bothKnown(x: ArrayLike<number>, y: ArrayLike<number>): readonly [number[], number[]] {
  if (x.length !== y.length) throw new RangeError(`${x.length} and ${y.length} values are no pairs`);
  const known = Array.from(x, (_, k) => k).filter((k) => !Number.isNaN(x[k]) && !Number.isNaN(y[k]));
  return [known.map((k) => x[k]), known.map((k) => y[k])];
}

/** 1 for the least; equal values share the mean of their places. */
function ranks(values: readonly number[]): number[] {
  const order = Array.from(values.keys()).sort((p, q) => values[p] - values[q]);
  const found = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (const p of order.slice(from, to)) found[p] = (from + 1 + to) / 2;
    from = to;
  }
  return found;
}
