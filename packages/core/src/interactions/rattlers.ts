import { typicalForce } from "./energy.ts";
import { type Interactions, pairsOf, renamed } from "./interactions.ts";
import type { PairArrays } from "./pairarrays.ts";

/** A bond whose |φ′| lies below this fraction of the typical pair force carries no load. */
const UNLOADED = 1e-6;

/**
 * Rattlers, in ascending order: particles with at most d interactions, none of which carries a load, found again
 * and again with those removed. In d dimensions at least d+1 contacts hold a particle by repulsion alone; one with
 * fewer rests on a flat or singular block of M. A particle with few bonds under load stays: it belongs to the
 * structure, and if it is not stable, the factorisation says so. O(m).
 */
export function findRattlers(interactions: Interactions): Int32Array {
  const pairs = pairsOf(interactions);
  const { particleCount: n, dimension: d, i, j } = pairs;
  const degree = new Int32Array(n);
  for (let m = 0; m < i.length; m++) {
    degree[i[m]] = degree[i[m]] + 1;
    degree[j[m]] = degree[j[m]] + 1;
  }
  if (degree.every((count) => count > d)) return new Int32Array(0);
  const loaded = loadedParticles(interactions);
  const { starts, bonds } = bondsOfParticles(pairs);
  const gone = new Uint8Array(n);
  const stack: number[] = [];
  const visit = (p: number) => {
    if (gone[p] || loaded[p] || degree[p] > d) return;
    gone[p] = 1;
    stack.push(p);
  };
  for (let p = 0; p < n; p++) visit(p);
  for (let p = stack.pop(); p !== undefined; p = stack.pop()) {
    for (let k = starts[p]; k < starts[p + 1]; k++) {
      const m = bonds[k];
      const other = i[m] === p ? j[m] : i[m];
      degree[other] = degree[other] - 1;
      visit(other);
    }
  }
  return Int32Array.from({ length: n }, (_, p) => p).filter((p) => gone[p] === 1);
}

/** 1 for each particle with a bond under load. */
function loadedParticles(interactions: Interactions): Uint8Array {
  const { i, j, phi1, particleCount } = pairsOf(interactions);
  const least = UNLOADED * typicalForce(interactions);
  const loaded = new Uint8Array(particleCount);
  for (let m = 0; m < i.length; m++) {
    if (Math.abs(phi1[m]) <= least) continue;
    loaded[i[m]] = 1;
    loaded[j[m]] = 1;
  }
  return loaded;
}

/** CSR of the pairs of each particle: bonds[starts[p] .. starts[p+1]) are indices of pairs. O(N + m). */
export function bondsOfParticles({ particleCount: n, i, j }: Pick<PairArrays, "particleCount" | "i" | "j">): {
  starts: Int32Array;
  bonds: Int32Array;
} {
  const starts = new Int32Array(n + 1);
  for (let m = 0; m < i.length; m++) {
    starts[i[m] + 1] = starts[i[m] + 1] + 1;
    starts[j[m] + 1] = starts[j[m] + 1] + 1;
  }
  for (let p = 0; p < n; p++) starts[p + 1] = starts[p + 1] + starts[p];
  const next = starts.slice();
  const bonds = new Int32Array(2 * i.length);
  for (let m = 0; m < i.length; m++) {
    const p = i[m];
    const q = j[m];
    bonds[next[p]] = m;
    next[p] = next[p] + 1;
    bonds[next[q]] = m;
    next[q] = next[q] + 1;
  }
  return { starts, bonds };
}

/**
 * Connected clusters of the graph of pairs: `labels` (N) numbers each particle's cluster, `sizes` counts its
 * particles. Each cluster has d zero modes of its own. O(N + m).
 */
export function connectedClusters(interactions: Interactions): { labels: Int32Array; sizes: number[] } {
  const pairs = pairsOf(interactions);
  const { particleCount: n, i, j } = pairs;
  const { starts, bonds } = bondsOfParticles(pairs);
  const labels = new Int32Array(n).fill(-1);
  const sizes: number[] = [];
  const stack: number[] = [];
  for (let seed = 0; seed < n; seed++) {
    if (labels[seed] !== -1) continue;
    const label = sizes.length;
    let size = 0;
    labels[seed] = label;
    stack.push(seed);
    for (let p = stack.pop(); p !== undefined; p = stack.pop()) {
      size++;
      for (let k = starts[p]; k < starts[p + 1]; k++) {
        const m = bonds[k];
        const other = i[m] === p ? j[m] : i[m];
        if (labels[other] !== -1) continue;
        labels[other] = label;
        stack.push(other);
      }
    }
    sizes.push(size);
  }
  return { labels, sizes };
}

/**
 * The interactions among the particles that are not `removed` (ascending indices), renumbered 0..kept−1.
 * `particles` maps new to old particle indices. O(N + m).
 */
export function withoutParticles(
  interactions: Interactions,
  removed: Int32Array,
): { interactions: Interactions; particles: Int32Array } {
  const n = interactions.particleCount;
  const names = new Int32Array(n);
  for (const p of removed) names[p] = -1;
  let kept = 0;
  for (let p = 0; p < n; p++) if (names[p] !== -1) names[p] = kept++;
  const particles = Int32Array.from({ length: n }, (_, p) => p).filter((p) => names[p] !== -1);
  return { interactions: renamed(interactions, names, kept), particles };
}
