// Minimum vertex cover of a cut: Hopcroft–Karp matching, then König's theorem, as src/sparse/vertexcover.ts.
import { int, putInt } from "./memory";

/**
 * `left` (count vertices) against their neighbours whose mark is `right`. `work`: five i32 arrays (`bytes` each):
 * mate and level, −1 before and after; next, queue, path. Writes the cover and returns its size.
 */
export function minimumVertexCover(
  starts: usize, neighbors: usize, left: usize, count: i32, mark: usize, right: i32,
  work: usize, bytes: usize, cover: usize,
): i32 {
  const mate = work;
  const level = work + bytes;
  greedy(starts, neighbors, left, count, mark, right, mate);
  while (layers(starts, neighbors, left, count, mark, right, mate, level, work + bytes * 2, work + bytes * 3)) {
    augment(starts, neighbors, left, count, mark, right, mate, level, work + bytes * 2, work + bytes * 4);
  }
  const size = collect(starts, neighbors, left, count, mark, right, level, cover);
  for (let q = 0; q < count; q++) {
    const v = int(left, q);
    putInt(mate, v, -1);
    putInt(level, v, -1);
    for (let p = int(starts, v), last = int(starts, v + 1); p < last; p++) {
      const u = int(neighbors, p);
      if (int(mark, u) != right) continue;
      putInt(mate, u, -1);
      putInt(level, u, -1);
    }
  }
  return size;
}

function greedy(
  starts: usize, neighbors: usize, left: usize, count: i32, mark: usize, right: i32, mate: usize,
): void {
  for (let q = 0; q < count; q++) {
    const v = int(left, q);
    for (let p = int(starts, v), last = int(starts, v + 1); p < last; p++) {
      const u = int(neighbors, p);
      if (int(mark, u) != right || int(mate, u) != -1) continue;
      putInt(mate, u, v);
      putInt(mate, v, u);
      break;
    }
  }
}

/** Breadth-first levels of alternating paths from the free left vertices; whether one reaches a free right. */
export function layers(
  starts: usize, neighbors: usize, left: usize, count: i32, mark: usize, right: i32,
  mate: usize, level: usize, next: usize, queue: usize,
): bool {
  let tail = 0;
  for (let q = 0; q < count; q++) {
    const v = int(left, q);
    const free = int(mate, v) == -1;
    putInt(next, v, int(starts, v));
    putInt(level, v, free ? 0 : -1);
    if (free) putInt(queue, tail++, v);
  }
  let found = false;
  for (let head = 0; head < tail; head++) {
    const v = int(queue, head);
    for (let p = int(starts, v), last = int(starts, v + 1); p < last; p++) {
      const u = int(neighbors, p);
      if (int(mark, u) != right) continue;
      const w = int(mate, u);
      if (w == -1) found = true;
      else if (int(level, w) == -1) {
        putInt(level, w, int(level, v) + 1);
        putInt(queue, tail++, w);
      }
    }
  }
  return found;
}

/** Vertex-disjoint shortest augmenting paths, depth first along the levels. */
export function augment(
  starts: usize, neighbors: usize, left: usize, count: i32, mark: usize, right: i32,
  mate: usize, level: usize, next: usize, path: usize,
): void {
  for (let q = 0; q < count; q++) {
    const root = int(left, q);
    if (int(mate, root) != -1) continue;
    let depth = 0;
    putInt(path, 0, root);
    while (depth >= 0) {
      const v = int(path, depth);
      const p = int(next, v);
      if (p >= int(starts, v + 1)) {
        depth--;
        continue;
      }
      putInt(next, v, p + 1);
      const u = int(neighbors, p);
      if (int(mark, u) != right) continue;
      const w = int(mate, u);
      if (w != -1) {
        if (int(level, w) == int(level, v) + 1) putInt(path, ++depth, w);
        continue;
      }
      for (let k = depth; k >= 0; k--) {
        const x = int(path, k);
        const y = int(neighbors, int(next, x) - 1);
        putInt(mate, x, y);
        putInt(mate, y, x);
      }
      break;
    }
  }
}

/** Left vertices that alternating paths do not reach, and right vertices that they do. */
function collect(
  starts: usize, neighbors: usize, left: usize, count: i32, mark: usize, right: i32, level: usize, cover: usize,
): i32 {
  let size = 0;
  for (let q = 0; q < count; q++) {
    const v = int(left, q);
    if (int(level, v) == -1) {
      putInt(cover, size++, v);
      continue;
    }
    for (let p = int(starts, v), last = int(starts, v + 1); p < last; p++) {
      const u = int(neighbors, p);
      if (int(mark, u) != right || int(level, u) != -1) continue;
      putInt(level, u, 0);
      putInt(cover, size++, u);
    }
  }
  return size;
}
