import type { CholeskyFactor } from "./factorize.ts";

/**
 * The particles (factor order) of every component that a pin holds; of every component where there are no pins.
 * A uniform shift of one of them costs no energy.
 */
export function constantModes({ workspace, pins }: CholeskyFactor): Int32Array[] {
  const { component, componentCount, order } = workspace.symbolic;
  const members: number[][] = Array.from({ length: componentCount }, () => []);
  for (let k = 0; k < order.length; k++) members[component[order[k]]].push(k);
  const held = new Set(Array.from(pins, (pin) => component[pin]));
  return members.filter((_, c) => held.size === 0 || held.has(c)).map((list) => Int32Array.from(list));
}

/** What hangs together: each cluster can be translated as a whole at no cost. */
export interface Clusters {
  readonly dimension: 2 | 3;
  /** Cluster of each particle, −1 for rattlers. */
  readonly labels: Int32Array;
  readonly sizes: readonly number[];
}

/** Takes every cluster's mean off a vector (N×d, overwritten), and sets rattlers to 0. */
export function centre({ labels, sizes, dimension: d }: Clusters, x: Float64Array): void {
  const means = new Float64Array(sizes.length * d);
  for (let p = 0; p < labels.length; p++) {
    const label = labels[p];
    for (let a = 0; a < d; a++) {
      if (label < 0) x[p * d + a] = 0;
      else means[label * d + a] += x[p * d + a] / sizes[label];
    }
  }
  for (let p = 0; p < labels.length; p++) {
    const label = labels[p];
    if (label < 0) continue;
    for (let a = 0; a < d; a++) x[p * d + a] -= means[label * d + a];
  }
}

/** A vector (N×d, read) without its mean: the gauge in which no pinned particle shows. */
export function withoutMean(x: Float64Array, d: number): Float64Array {
  const mean = new Float64Array(d);
  for (let k = 0; k < x.length; k++) mean[k % d] += x[k] / (x.length / d);
  return x.map((value, k) => value - mean[k % d]);
}

/**
 * Removes the mean displacement of each group from a vector in factor order, in place; with `root`, √m of each particle,
 * from one of √m·u. Sums before it divides, unlike `centre`: modes that are kept have these bits.
 */
export function removeTranslations(
  groups: readonly Int32Array[],
  d: number,
  x: Float64Array,
  root?: Float64Array,
): void {
  for (const group of groups) {
    if (root) {
      removeWeighted(group, d, x, root);
      continue;
    }
    for (let a = 0; a < d; a++) {
      let mean = 0;
      for (let q = 0; q < group.length; q++) mean += x[group[q] * d + a];
      mean /= group.length;
      for (let q = 0; q < group.length; q++) x[group[q] * d + a] -= mean;
    }
  }
}

/** x ← x − √m_q Σ √m x/Σ m, each component. */
function removeWeighted(group: Int32Array, d: number, x: Float64Array, root: Float64Array): void {
  let mass = 0;
  for (const q of group) mass += root[q] * root[q];
  for (let a = 0; a < d; a++) {
    let sum = 0;
    for (const q of group) sum += root[q] * x[q * d + a];
    for (const q of group) x[q * d + a] -= (root[q] * sum) / mass;
  }
}
