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

/** Entries of every column of L, by row subtrees; `seen` is workspace of N. */
export function columnCounts(
  size: i32, starts: usize, neighbors: usize, order: usize, position: usize, parent: usize, counts: usize, seen: usize,
): void {
  memory.fill(seen, 0xff, (<usize>size) << 2);
  for (let i = 0; i < size; i++) putInt(counts, i, 1);
  for (let i = 0; i < size; i++) {
    putInt(seen, i, i);
    const v = int(order, i);
    for (let p = int(starts, v), last = int(starts, v + 1); p < last; p++) {
      let k = int(position, int(neighbors, p));
      while (k < i && int(seen, k) != i) {
        putInt(counts, k, int(counts, k) + 1);
        putInt(seen, k, i);
        k = int(parent, k);
      }
    }
  }
}
