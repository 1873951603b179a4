/** A density on logarithmic bins, and a guide of the paper's slope. */
export interface Density {
  readonly x: number[];
  readonly y: number[];
  readonly guide: { readonly x: number[]; readonly y: number[] };
}

const BINS_PER_DECADE = 8;
const LOWEST = 0.1;
/** p(E) ∼ E^−9/4 (Fig. 2, Zylberg 2017). */
const SLOPE = -9 / 4;
/** The tail begins about here. */
const TAIL = 1.8;

/** Probability density of the positive values, normalised over all of them; empty bins are left out. */
export function distribution(values: Float64Array): Density {
  const counts: number[] = [];
  for (const value of values) {
    if (!(value >= LOWEST)) continue;
    const bin = Math.floor(BINS_PER_DECADE * Math.log10(value / LOWEST));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const edge = (bin: number) => LOWEST * 10 ** (bin / BINS_PER_DECADE);
  const x: number[] = [];
  const y: number[] = [];
  counts.forEach((count, bin) => {
    x.push(Math.sqrt(edge(bin) * edge(bin + 1)));
    y.push(count / (values.length * (edge(bin + 1) - edge(bin))));
  });
  const start = x.findIndex((at) => at >= TAIL);
  if (start < 0) return { x, y, guide: { x: [], y: [] } };
  const end = Math.max(x.at(-1)!, 2 * TAIL);
  const lift = 1.6;
  const at = (value: number) => lift * y[start] * (value / x[start]) ** SLOPE;
  return { x, y, guide: { x: [x[start], end], y: [at(x[start]), at(end)] } };
}
