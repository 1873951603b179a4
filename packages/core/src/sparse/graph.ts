import type { BlockPattern } from "./blocksymmetric.ts";

/** Neighbours of every particle in compressed form, both directions, no diagonal. Read-only once made. */
export interface Graph {
  /** size+1 */
  readonly starts: Int32Array;
  /** unordered within a particle */
  readonly neighbors: Int32Array;
}

/** The graph of a block pattern; cost O(size + blocks). */
export function patternGraph({ size, columnStarts, rows }: BlockPattern): Graph {
  const starts = new Int32Array(size + 1);
  for (let k = 0; k < size; k++) {
    for (let p = columnStarts[k]; p < columnStarts[k + 1]; p++) {
      starts[k]++;
      starts[rows[p]]++;
    }
  }
  let total = 0;
  for (let k = 0; k <= size; k++) {
    total += starts[k];
    starts[k] = total;
  }
  const neighbors = new Int32Array(total);
  // Filling backwards turns end positions into starts.
  for (let k = size - 1; k >= 0; k--) {
    for (let p = columnStarts[k + 1] - 1; p >= columnStarts[k]; p--) {
      const i = rows[p];
      neighbors[--starts[k]] = i;
      neighbors[--starts[i]] = k;
    }
  }
  return { starts, neighbors };
}

/**
 * Connected components: the component of every particle, numbered by their smallest particle, how many, and all particles
 * breadth first, so that neighbours are near in that order.
 */
export function components({ starts, neighbors }: Graph): {
  component: Int32Array;
  count: number;
  order: Int32Array;
} {
  const size = starts.length - 1;
  const component = new Int32Array(size).fill(-1);
  const order = new Int32Array(size);
  let [count, tail] = [0, 0];
  for (let root = 0; root < size; root++) {
    if (component[root] >= 0) continue;
    component[root] = count;
    order[tail] = root;
    for (let head = tail++; head < tail; head++) {
      const v = order[head];
      for (let p = starts[v]; p < starts[v + 1]; p++) {
        const u = neighbors[p];
        if (component[u] >= 0) continue;
        component[u] = count;
        order[tail++] = u;
      }
    }
    count++;
  }
  return { component, count, order };
}
