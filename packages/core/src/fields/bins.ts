import { root } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";
import { type Box, wrapPositions } from "../space/index.ts";

/** Space cut into equal bins along the edges of the box; bin (b₀, b₁, b₂) has index (b₂·n₁ + b₁)·n₀ + b₀. */
export interface Bins {
  readonly box: Box;
  /** d, bins along each edge vector */
  readonly counts: readonly number[];
}

/** Particles a bin on average: L/40 at N = 10,000 in 2D, the paper's choice. */
const PARTICLES_PER_BIN = 6.25;

/** Largest number of bins along each edge, by the dimension: 2²⁴ bins in all. */
export function mostBins(dimension: 2 | 3): number {
  return dimension === 2 ? 2 ** 12 : 2 ** 8;
}

/** Number of bins. */
export function binCount({ counts }: Bins): number {
  return counts.reduce((product, n) => product * n, 1);
}

/**
 * Bins of the side at which the paper's always held two bonds (SI D): 6.25 particles a bin on average, which is L/40
 * at N = 10,000 in 2D; `perEdge` fixes their number along every edge instead. O(1).
 */
export function makeBins(box: Box, particles: number, perEdge?: number): Bins {
  const d = box.dimension;
  if (perEdge !== undefined) {
    const most = mostBins(d);
    if (!(Number.isInteger(perEdge) && perEdge >= 1 && perEdge <= most)) {
      const message = `${perEdge} bins along each edge: give a whole number from 1 to ${most}`;
      throw new SoftfieldError("usage", message, { field: "bins" });
    }
    return { box, counts: Array.from({ length: d }, () => perEdge) };
  }
  const edges = Array.from({ length: d }, (_, a) => box.vectors[a * d + a]);
  const size = edges.reduce((product, edge) => product * edge, 1);
  const side = root((size * PARTICLES_PER_BIN) / particles, d);
  // a box of exactly 40 sides has 40 bins, whatever the rounding of the root
  return { box, counts: edges.map((edge) => Math.max(1, Math.floor((edge / side) * (1 + 1e-9)))) };
}

/** Bins one coarser along each edge that has more than one. */
export function coarser({ box, counts }: Bins): Bins {
  return { box, counts: counts.map((n) => Math.max(1, n - 1)) };
}

/** The bin of each point (points m×d, unit λ, read; wrapped into the box): m indices. O(m). */
export function binIndices({ box, counts }: Bins, points: Float64Array): Int32Array {
  const d = box.dimension;
  const { fractional } = wrapPositions(box, points);
  const indices = new Int32Array(points.length / d);
  for (let k = 0; k < indices.length; k++) {
    let index = 0;
    for (let a = d - 1; a >= 0; a--) {
      const n = counts[a];
      index = index * n + Math.min(n - 1, Math.floor(fractional[k * d + a] * n));
    }
    indices[k] = index;
  }
  return indices;
}

/** Bin numbers along each edge of the bin of an index. */
export function binNumbers({ counts }: Bins, index: number): number[] {
  return counts.map((n) => {
    const number = index % n;
    index = Math.floor(index / n);
    return number;
  });
}

/** Index of the bin `steps` further along edge `axis`, periodic. */
export function neighborBin({ counts }: Bins, index: number, axis: number, steps: number): number {
  const stride = counts.slice(0, axis).reduce((product, n) => product * n, 1);
  const n = counts[axis];
  const here = Math.floor(index / stride) % n;
  const there = (((here + steps) % n) + n) % n;
  return index + (there - here) * stride;
}

/** Indices of a bin and its 8 (2D) or 26 (3D) periodic neighbours, each once however short the edges. */
export function neighborhood(bins: Bins, index: number): number[] {
  let found = [index];
  bins.counts.forEach((_, axis) => {
    found = found.flatMap((bin) => [neighborBin(bins, bin, axis, -1), bin, neighborBin(bins, bin, axis, 1)]);
  });
  return Array.from(new Set(found));
}

/** The Cartesian point (d, unit λ) at `offsets` (d, in bins from the corner) of a bin: ½ each is its centre. */
export function pointInBin(bins: Bins, index: number, offsets: readonly number[]): Float64Array {
  const { box, counts } = bins;
  const d = box.dimension;
  const numbers = binNumbers(bins, index);
  const point = new Float64Array(d);
  for (let a = 0; a < d; a++) {
    const s = (numbers[a] + offsets[a]) / counts[a];
    for (let c = 0; c < d; c++) point[c] = point[c] + s * box.vectors[a * d + c];
  }
  return point;
}
