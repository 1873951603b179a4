// Elimination tree, column counts and column structures, as src/sparse/etree.ts and symbolic.ts say them.
import { int, putInt } from "./memory";

/** Liu's algorithm: parent (new numbering, −1 for roots); `ancestor` is workspace of N. */
export function eliminationTree(
  size: i32, starts: usize, neighbors: usize, order: usize, position: usize, parent: usize, ancestor: usize,
): void {
  memory.fill(parent, 0xff, (<usize>size) << 2);
  memory.fill(ancestor, 0xff, (<usize>size) << 2);
  for (let j = 0; j < size; j++) {
    const v = int(order, j);
    for (let p = int(starts, v), last = int(starts, v + 1); p < last; p++) {
      let k = int(position, int(neighbors, p));
      while (k != -1 && k < j) {
        const up = int(ancestor, k);
        putInt(ancestor, k, j);
        if (up == -1) putInt(parent, k, j);
        k = up;
      }
    }
  }
}

/**
 * Entries of every column of L, diagonal included, of a postordered tree (Gilbert, Ng & Peyton, SIAM J. Matrix Anal. Appl.
 * 15, 1075 (1994)): row i of L is a subtree whose leaves are the j with A_ij ≠ 0 that have no such j in their own subtree. Column
 * counts are sums over subtrees of what leaves add and what their lowest common ancestors take off again, found by
 * union–find. `work`: four arrays of N.
 */
export function columnCounts(
  size: i32, starts: usize, neighbors: usize, order: usize, position: usize, parent: usize, counts: usize, work: usize,
): void {
  const bytes = (<usize>size) << 2;
  const first = work;
  const highest = work + bytes;
  const last = work + bytes * 2;
  const ancestor = work + bytes * 3;
  memory.fill(highest, 0xff, bytes);
  memory.fill(last, 0xff, bytes);
  // the first vertex of each subtree; one that is its own is a leaf of the tree
  for (let j = 0; j < size; j++) putInt(first, j, j);
  for (let j = 0; j < size; j++) {
    putInt(ancestor, j, j);
    putInt(counts, j, int(first, j) == j ? 1 : 0);
    const up = int(parent, j);
    if (up != -1 && int(first, j) < int(first, up)) putInt(first, up, int(first, j));
  }
  for (let j = 0; j < size; j++) {
    const up = int(parent, j);
    if (up != -1) putInt(counts, up, int(counts, up) - 1);
    const v = int(order, j);
    for (let p = int(starts, v), end = int(starts, v + 1); p < end; p++) {
      const i = int(position, int(neighbors, p));
      if (i <= j || int(first, j) <= int(highest, i)) continue;
      putInt(highest, i, int(first, j));
      putInt(counts, j, int(counts, j) + 1);
      const before = int(last, i);
      putInt(last, i, j);
      if (before == -1) continue;
      const common = rootOf(ancestor, before);
      putInt(counts, common, int(counts, common) - 1);
    }
    if (up != -1) putInt(ancestor, j, up);
  }
  for (let j = 0; j < size; j++) {
    const up = int(parent, j);
    if (up != -1) putInt(counts, up, int(counts, up) + int(counts, j));
  }
}

/** The last of the ancestors found so far; the path to it is made short. */
function rootOf(ancestor: usize, vertex: i32): i32 {
  let root = vertex;
  while (int(ancestor, root) != root) root = int(ancestor, root);
  for (let k = vertex; k != root; ) {
    const next = int(ancestor, k);
    putInt(ancestor, k, root);
    k = next;
  }
  return root;
}
