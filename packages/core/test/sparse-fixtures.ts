import type { BlockPattern, BlockSymmetric, CholeskySymbolic } from "../src/sparse/index.ts";
import { cutWide } from "../src/sparse/strips.ts";
import { testRandom } from "./reference.ts";

/** A matrix with the coordinates that steer its ordering. */
export interface Fixture {
  readonly matrix: BlockSymmetric;
  readonly coordinates: { readonly dimension: 2 | 3; readonly fractional: Float64Array };
}

type Edge = readonly [number, number];

/** Pattern of a list of edges in any order and direction; repeated ones count once. */
export function patternOf(size: number, edges: readonly Edge[]): BlockPattern {
  const columns = Array.from({ length: size }, () => new Set<number>());
  for (const [a, b] of edges) if (a !== b) columns[Math.min(a, b)].add(Math.max(a, b));
  const lists = columns.map((set) => [...set].sort((a, b) => a - b));
  const columnStarts = new Int32Array(size + 1);
  lists.forEach((list, k) => {
    columnStarts[k + 1] = columnStarts[k] + list.length;
  });
  return { size, columnStarts, rows: Int32Array.from(lists.flat()) };
}

/** Random points in a periodic unit box. */
export function randomPoints(size: number, dimension: 2 | 3, seed: number): Float64Array {
  const random = testRandom(seed);
  return Float64Array.from({ length: size * dimension }, random);
}

/** Squared periodic distance in the unit box. */
function squaredDistance(points: Float64Array, dimension: 2 | 3, i: number, j: number): number {
  let square = 0;
  for (let a = 0; a < dimension; a++) {
    const u = points[j * dimension + a] - points[i * dimension + a];
    square += (u - Math.round(u)) ** 2;
  }
  return square;
}

/** The nearest of the particles before k. */
function nearest(points: Float64Array, dimension: 2 | 3, k: number): number {
  let best = 0;
  for (let i = 1; i < k; i++)
    if (squaredDistance(points, dimension, i, k) < squaredDistance(points, dimension, best, k)) best = i;
  return best;
}

/** All pairs nearer than `radius` in the periodic unit box. */
export function nearEdges(points: Float64Array, dimension: 2 | 3, radius: number): Edge[] {
  const edges: Edge[] = [];
  for (let j = 0; j < points.length / dimension; j++)
    for (let i = 0; i < j; i++)
      if (squaredDistance(points, dimension, i, j) < radius * radius) edges.push([i, j]);
  return edges;
}

/** Random symmetric blocks on a pattern; with `dominance` > 0 made positive definite by the diagonal. */
export function randomMatrix(
  pattern: BlockPattern,
  dimension: 2 | 3,
  seed: number,
  dominance = 0.5,
): BlockSymmetric {
  const random = testRandom(seed);
  const dd = dimension * dimension;
  const lower = Float64Array.from({ length: pattern.rows.length * dd }, () => random() - 0.5);
  const diagonal = new Float64Array(pattern.size * dd);
  for (let k = 0; k < pattern.size; k++) {
    for (let a = 0; a < dimension; a++) {
      for (let b = 0; b <= a; b++) {
        const value = random() - 0.5;
        diagonal[k * dd + a * dimension + b] = diagonal[k * dd + b * dimension + a] = value;
      }
      diagonal[k * dd + a * (dimension + 1)] += dimension;
    }
    for (let p = pattern.columnStarts[k]; p < pattern.columnStarts[k + 1]; p++) {
      for (let a = 0; a < dimension; a++) {
        diagonal[k * dd + a * (dimension + 1)] += dominance;
        diagonal[pattern.rows[p] * dd + a * (dimension + 1)] += dominance;
      }
    }
  }
  return { ...pattern, dimension, lower, diagonal };
}

/** A translation-invariant matrix: on every entry of the pattern a random positive definite stiffness K. */
export function springMatrix(pattern: BlockPattern, dimension: 2 | 3, seed: number): BlockSymmetric {
  const random = testRandom(seed);
  const d = dimension;
  const dd = d * d;
  const lower = new Float64Array(pattern.rows.length * dd);
  const diagonal = new Float64Array(pattern.size * dd);
  for (let k = 0; k < pattern.size; k++) {
    for (let p = pattern.columnStarts[k]; p < pattern.columnStarts[k + 1]; p++) {
      const n = Array.from({ length: d }, () => random() - 0.5);
      const [along, across] = [1 + random(), 0.05 + 0.1 * random()];
      for (let a = 0; a < d; a++) {
        for (let b = 0; b < d; b++) {
          const value = along * n[a] * n[b] + (a === b ? across : 0);
          lower[p * dd + a * d + b] = -value;
          diagonal[k * dd + a * d + b] += value;
          diagonal[pattern.rows[p] * dd + a * d + b] += value;
        }
      }
    }
  }
  return { ...pattern, dimension, lower, diagonal };
}

/** A glass-like fixture: random springs, `neighbors` is the mean coordination. */
export function glass(size: number, dimension: 2 | 3, neighbors: number, seed: number): Fixture {
  const fractional = randomPoints(size, dimension, seed);
  const volume = neighbors / size;
  const radius = dimension === 2 ? Math.sqrt(volume / Math.PI) : Math.cbrt((3 * volume) / (4 * Math.PI));
  // Every particle also holds on to the nearest of those before it: the graph is connected, and bonds are short.
  const ties = Array.from(
    { length: size - 1 },
    (_, k): Edge => [nearest(fractional, dimension, k + 1), k + 1],
  );
  const pattern = patternOf(size, [...nearEdges(fractional, dimension, radius), ...ties]);
  return { matrix: springMatrix(pattern, dimension, seed + 1), coordinates: { dimension, fractional } };
}

/** Graphs that break careless orderings: name → edges of `size` particles. */
export const ADVERSARIAL: Readonly<Record<string, (size: number) => Edge[]>> = {
  none: () => [],
  chain: (size) => Array.from({ length: size - 1 }, (_, k): Edge => [k, k + 1]),
  star: (size) => Array.from({ length: size - 1 }, (_, k): Edge => [0, k + 1]),
  arrow: (size) =>
    Array.from({ length: size - 1 }, (_, k): Edge[] => [
      [k, k + 1],
      [k, size - 1],
    ]).flat(),
  complete: (size) =>
    Array.from({ length: size }, (_, j) => Array.from({ length: j }, (_, i): Edge => [i, j])).flat(),
  halves: (size) => Array.from({ length: size - 2 }, (_, k): Edge => [k, k + 2]),
  bipartite: (size) =>
    Array.from({ length: size }, (_, k): Edge[] => [
      [k, (k * 7 + 3) % size],
      [k, (k * 5 + 1) % size],
    ]).flat(),
};

/** Inverse of a dense symmetric matrix with some rows and columns dropped (left 0), by Gauss–Jordan. */
export function denseInverse(dense: Float64Array, dropped: ReadonlySet<number> = new Set()): Float64Array {
  const n = Math.sqrt(dense.length);
  const kept = Array.from({ length: n }, (_, k) => k).filter((k) => !dropped.has(k));
  const a = kept.map((i) =>
    Float64Array.from([...kept.map((j) => dense[i * n + j]), ...kept.map((j) => +(i === j))]),
  );
  for (let k = 0; k < kept.length; k++) {
    let best = k;
    for (let i = k + 1; i < kept.length; i++) if (Math.abs(a[i][k]) > Math.abs(a[best][k])) best = i;
    [a[k], a[best]] = [a[best], a[k]];
    const pivot = a[k][k];
    a[k] = a[k].map((x) => x / pivot);
    for (let i = 0; i < kept.length; i++) {
      const f = a[i][k];
      if (i === k || f === 0) continue;
      const [row, top] = [a[i], a[k]];
      for (let j = k; j < row.length; j++) row[j] -= f * top[j];
    }
  }
  const inverse = new Float64Array(n * n);
  kept.forEach((i, r) => {
    kept.forEach((j, c) => {
      inverse[i * n + j] = a[r][kept.length + c];
    });
  });
  return inverse;
}

/** Largest absolute difference of two arrays over the largest entry of the second. */
export function relativeError(found: ArrayLike<number>, exact: ArrayLike<number>): number {
  if (found.length !== exact.length) return Number.NaN;
  let [difference, scale] = [0, 0];
  for (let k = 0; k < exact.length; k++) {
    const gap = Math.abs(found[k] - exact[k]);
    if (!(gap <= difference)) difference = gap;
    scale = Math.max(scale, Math.abs(exact[k]));
  }
  return difference === 0 ? 0 : difference / scale;
}

/** An analysis with its supernodes cut into strips of at most so many particles, more or less. */
export function cutFine(symbolic: CholeskySymbolic, particles: number): CholeskySymbolic {
  const { count, firsts, parents, rowStarts, rows, dimension, pattern } = symbolic;
  const below = Int32Array.from({ length: count }, (_, s) => rowStarts[s + 1] - rowStarts[s]);
  const whole = { forest: { count, firsts, parents, below }, rowStarts, rows };
  const limits = { widest: particles * dimension, strip: particles * dimension };
  const { forest, ...structures } = cutWide(whole, dimension, limits);
  const owner = new Int32Array(pattern.size);
  for (let s = 0; s < forest.count; s++) owner.fill(s, forest.firsts[s], forest.firsts[s + 1]);
  return {
    ...symbolic,
    ...structures,
    ...{ count: forest.count, firsts: forest.firsts, parents: forest.parents, owner },
  };
}
