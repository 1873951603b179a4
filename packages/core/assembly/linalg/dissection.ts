// Nested dissection by geometry, as test/oracles/dissection.ts says it: the same cuts, the same order.
import { minimumVertexCover } from "./cover";
import { int, putInt } from "./memory";

/** i32 arrays of N that `dissect` needs as workspace. */
export const DISSECT_WORK: i32 = 11;

/**
 * Orders places from..to−1 of `size` particles, a subset that nothing outside of it but separators touches: `sorted` holds
 * per axis (`axes` lists of N) the particles by ascending coordinate and is overwritten; the first list becomes the
 * elimination order. Subsets of at most `leaf` are not cut: their first places and those behind their last go to `left`.
 * Returns how many there are.
 */
export function dissect(
  size: i32, axes: i32, leaf: i32, from: i32, to: i32, starts: usize, neighbors: usize, sorted: usize, work: usize,
  left: usize,
): i32 {
  const bytes = (<usize>size) << 2;
  const mark = work;
  const cover = work + bytes;
  const best = work + bytes * 2;
  const boundary = work + bytes * 3;
  const buffer = boundary;
  const matching = work + bytes * 4;
  const stack = work + bytes * 9;
  memory.fill(mark, 0xff, bytes);
  memory.fill(matching, 0xff, bytes * 2);
  let stamp = 0;
  let depth = 1;
  let found = 0;
  putInt(stack, 0, from);
  putInt(stack, 1, to);
  while (depth > 0) {
    depth--;
    const start = int(stack, 2 * depth);
    const end = int(stack, 2 * depth + 1);
    if (end - start <= leaf) {
      if (left) {
        putInt(left, 2 * found, start);
        putInt(left, 2 * found + 1, end);
      }
      found++;
      continue;
    }
    let separator = -1;
    let axis = 0;
    for (let a = 0; a < axes; a++) {
      stamp += 2;
      const covered = medianSeparator(
        stamp, start, end, sorted + <usize>a * bytes, bytes, starts, neighbors, mark, boundary, matching, cover,
      );
      if (separator >= 0 && covered >= separator) continue;
      separator = covered;
      axis = a;
      memory.copy(best, cover, (<usize>covered) << 2);
    }
    stamp += 4;
    const list = sorted + <usize>axis * bytes;
    const middle = (start + end) >> 1;
    for (let q = start; q < end; q++) putInt(mark, int(list, q), q < middle ? stamp : stamp + 1);
    for (let q = 0; q < separator; q++) putInt(mark, int(best, q), stamp + 2);
    let first = 0;
    for (let q = start; q < middle; q++) if (int(mark, int(list, q)) == stamp) first++;
    for (let a = 0; a < axes; a++) {
      partition(sorted + <usize>a * bytes, mark, stamp, start, end, start + first, end - separator, buffer);
    }
    const half = start + first;
    const rest = end - separator;
    if (half == start && rest == end) continue;
    if (half > start) {
      putInt(stack, 2 * depth, start);
      putInt(stack, 2 * depth + 1, half);
      depth++;
    }
    if (rest > half) {
      putInt(stack, 2 * depth, half);
      putInt(stack, 2 * depth + 1, rest);
      depth++;
    }
  }
  return found;
}

/** Marks the halves about the median of one axis; the cover of the bonds between them and its size. */
export function medianSeparator(
  stamp: i32, start: i32, end: i32, list: usize, bytes: usize, starts: usize, neighbors: usize,
  mark: usize, boundary: usize, matching: usize, cover: usize,
): i32 {
  const middle = (start + end) >> 1;
  for (let q = start; q < middle; q++) putInt(mark, int(list, q), stamp);
  for (let q = middle; q < end; q++) putInt(mark, int(list, q), stamp + 1);
  let count = 0;
  for (let q = start; q < middle; q++) {
    const v = int(list, q);
    for (let p = int(starts, v), last = int(starts, v + 1); p < last; p++) {
      if (int(mark, int(neighbors, p)) != stamp + 1) continue;
      putInt(boundary, count++, v);
      break;
    }
  }
  return minimumVertexCover(starts, neighbors, boundary, count, mark, stamp + 1, matching, bytes, cover);
}

/** Stable three-way partition of one axis list by the particles' marks. */
export function partition(
  list: usize, mark: usize, stamp: i32, start: i32, end: i32, second: i32, third: i32, buffer: usize,
): void {
  let a = start;
  let b = second;
  let c = third;
  for (let q = start; q < end; q++) {
    const v = int(list, q);
    const side = int(mark, v) - stamp;
    putInt(buffer, side == 0 ? a++ : side == 1 ? b++ : c++, v);
  }
  memory.copy(list + ((<usize>start) << 2), buffer + ((<usize>start) << 2), (<usize>(end - start)) << 2);
}
