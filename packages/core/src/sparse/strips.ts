import type { SupernodeForest } from "./supernodes.ts";

/** Scalar columns of the widest supernode that stays whole, and of a strip. */
const LIMITS = { widest: 3072, strip: 1024 };

/** Supernodes with R, their rows below the triangle: particles (new), ascending. */
export interface Structures {
  readonly forest: SupernodeForest;
  /** count+1 */
  readonly rowStarts: Int32Array;
  readonly rows: Int32Array;
}

/**
 * Cuts wide supernodes into chains of strips, each the parent of the one before, the first that of their children (which
 * may have no row in it: a subtree stays a range). A panel stores its triangle as a
 * square: of strips little is empty, and what is worked on at a time is small beside the factor. O(rows).
 */
export function cutWide(
  { forest, rowStarts, rows }: Structures,
  blockSize: number,
  { widest, strip } = LIMITS,
): Structures {
  const { count, firsts, below, parents } = forest;
  // particles of each strip: whole fours, so that strips need no padding
  const steps = Int32Array.from({ length: count }, (_, s) => {
    const particles = firsts[s + 1] - firsts[s];
    if (blockSize * particles <= widest) return particles;
    return Math.ceil(particles / Math.ceil((blockSize * particles) / strip) / 4) * 4;
  });
  // the number of the first strip of each supernode
  const numbers = new Int32Array(count + 1);
  for (let s = 0; s < count; s++)
    numbers[s + 1] = numbers[s] + Math.ceil((firsts[s + 1] - firsts[s]) / steps[s]);
  const total = numbers[count];
  if (total === count) return { forest, rowStarts, rows };
  const cut = {
    count: total,
    firsts: new Int32Array(total + 1),
    below: new Int32Array(total),
    parents: new Int32Array(total),
  };
  const lists: Int32Array[] = [];
  for (let s = 0; s < count; s++) {
    const end = firsts[s + 1];
    const up = parents[s] === -1 ? -1 : numbers[parents[s]];
    for (let t = numbers[s]; t < numbers[s + 1]; t++) {
      const next = Math.min(end, firsts[s] + (t - numbers[s] + 1) * steps[s]);
      cut.firsts[t + 1] = next;
      cut.below[t] = end - next + below[s];
      cut.parents[t] = next < end ? t + 1 : up;
      const list = new Int32Array(cut.below[t]);
      for (let j = next; j < end; j++) list[j - next] = j;
      list.set(rows.subarray(rowStarts[s], rowStarts[s + 1]), end - next);
      lists.push(list);
    }
  }
  const starts = new Int32Array(total + 1);
  for (let t = 0; t < total; t++) starts[t + 1] = starts[t] + cut.below[t];
  const joined = new Int32Array(starts[total]);
  lists.forEach((list, t) => {
    joined.set(list, starts[t]);
  });
  return { forest: cut, rowStarts: starts, rows: joined };
}
