import { NODE_WORDS, SEGMENT_WORDS } from "../kernels/index.ts";
import type { CholeskySymbolic } from "./symbolic.ts";

/** The tables of a plan that follow from the symbolic analysis alone, and how much memory it needs (doubles). */
export interface NodeTables {
  nodes: Int32Array;
  segments: Int32Array;
  relative: Int32Array;
  entryIds: Int32Array;
  entryOffsets: Int32Array;
  /** all panels of L */
  valueLength: number;
  /** the longest path of panels of Z */
  inverseLength: number;
  /** largest workspace of R×R, of the triangle, of triangle×R; longest column */
  square: number;
  triangle: number;
  left: number;
  stride: number;
  /** a strip of 128 rows of a panel, or its triangle, times the signs of its columns */
  strip: number;
}

const padded = (n: number) => (n + 3) & ~3;

/** Sizes, offsets and scatter positions of all supernodes. */
export function nodeTables(symbolic: CholeskySymbolic): NodeTables {
  const { count, firsts, parents, rowStarts, dimension: d } = symbolic;
  const nodes = new Int32Array(count * NODE_WORDS);
  const sizes = { valueLength: 0, inverseLength: 0, square: 0, triangle: 0, left: 0, stride: 0, strip: 0 };
  // Z of a supernode lies behind its parent's: only the path to the root is alive at a time.
  const inverseEnd = new Float64Array(count);
  for (let s = count - 1; s >= 0; s--) {
    const columns = d * (firsts[s + 1] - firsts[s]);
    const below = d * (rowStarts[s + 1] - rowStarts[s]);
    const top = padded(columns);
    const stride = top + padded(below);
    const start = parents[s] === -1 ? 0 : inverseEnd[parents[s]];
    inverseEnd[s] = start + columns * stride;
    const at = s * NODE_WORDS;
    nodes[at] = firsts[s];
    nodes[at + 1] = columns;
    nodes[at + 2] = below;
    nodes[at + 3] = top;
    nodes[at + 4] = stride;
    nodes[at + 6] = start;
    nodes[at + 7] = rowStarts[s];
    sizes.inverseLength = Math.max(sizes.inverseLength, inverseEnd[s]);
    sizes.square = Math.max(sizes.square, padded(below) * padded(below));
    sizes.triangle = Math.max(sizes.triangle, top * top);
    sizes.left = Math.max(sizes.left, top * padded(below));
    sizes.strip = Math.max(sizes.strip, columns * Math.max(128, top));
    sizes.stride = Math.max(sizes.stride, stride);
  }
  for (let s = 0; s < count; s++) {
    nodes[s * NODE_WORDS + 5] = sizes.valueLength;
    sizes.valueLength += nodes[s * NODE_WORDS + 1] * nodes[s * NODE_WORDS + 4];
  }
  return { nodes, ...sizes, ...segmentTables(symbolic, nodes), ...entryTables(symbolic, nodes) };
}

/** R of every supernode cut by owner, and where each later row of R lies in the owner's panel. */
function segmentTables(
  symbolic: CholeskySymbolic,
  nodes: Int32Array,
): Pick<NodeTables, "segments" | "relative"> {
  const { count, rowStarts, rows, owner } = symbolic;
  let segmentCount = 0;
  let relativeCount = 0;
  for (let s = 0; s < count; s++) {
    const end = rowStarts[s + 1];
    for (let p = rowStarts[s]; p < end; p++) {
      if (p > rowStarts[s] && owner[rows[p]] === owner[rows[p - 1]]) continue;
      segmentCount++;
      relativeCount += end - p;
    }
  }
  const segments = new Int32Array(segmentCount * SEGMENT_WORDS);
  const relative = new Int32Array(relativeCount);
  let at = 0;
  let fill = 0;
  for (let s = 0; s < count; s++) {
    const start = rowStarts[s];
    const end = rowStarts[s + 1];
    nodes[s * NODE_WORDS + 8] = at / SEGMENT_WORDS;
    for (let p = start; p < end; ) {
      const t = owner[rows[p]];
      let last = p + 1;
      while (last < end && owner[rows[last]] === t) last++;
      segments[at++] = p - start;
      segments[at++] = last - start;
      segments[at++] = t;
      segments[at++] = fill;
      relativeRows(symbolic, nodes, { from: p, last, end }, relative.subarray(fill));
      fill += end - p;
      p = last;
    }
    nodes[s * NODE_WORDS + 9] = at / SEGMENT_WORDS;
  }
  return { segments, relative };
}

/** Scalar panel rows, in the owner of rows[from..last), of rows[from..end): a merge of two ascending lists. */
function relativeRows(
  { firsts, rowStarts, rows, owner, dimension: d }: CholeskySymbolic,
  nodes: Int32Array,
  part: { from: number; last: number; end: number },
  relative: Int32Array,
): void {
  const t = owner[rows[part.from]];
  const top = nodes[t * NODE_WORDS + 3];
  let fill = 0;
  for (let p = part.from; p < part.last; p++) relative[fill++] = (rows[p] - firsts[t]) * d;
  const base = rowStarts[t];
  let q = base;
  for (let p = part.last; p < part.end; p++) {
    while (rows[q] < rows[p]) q++;
    relative[fill++] = top + (q - base) * d;
  }
}

/** Entries of the pattern by the supernode whose panel holds them: id·2 + (1 if transposed), place in the panel. */
function entryTables(
  symbolic: CholeskySymbolic,
  nodes: Int32Array,
): Pick<NodeTables, "entryIds" | "entryOffsets"> {
  const { pattern, position, owner, count, firsts, rowStarts, rows, dimension: d } = symbolic;
  const starts = entryStarts(symbolic);
  const entries = pattern.rows.length;
  // By entry first: the position of its column in L, and of its row.
  const columns = new Int32Array(entries);
  const below = new Int32Array(entries);
  const entryIds = new Int32Array(entries);
  const entryOffsets = new Int32Array(entries);
  for (let k = 0; k < pattern.size; k++) {
    const x = position[k];
    for (let p = pattern.columnStarts[k]; p < pattern.columnStarts[k + 1]; p++) {
      const y = position[pattern.rows[p]];
      const column = Math.min(x, y);
      const q = starts[owner[column]]++;
      columns[q] = column;
      below[q] = Math.max(x, y);
      entryIds[q] = 2 * p + (x > y ? 1 : 0);
    }
  }
  const place = new Int32Array(pattern.size);
  let q = 0;
  for (let s = 0; s < count; s++) {
    const at = s * NODE_WORDS;
    const first = firsts[s];
    const top = nodes[at + 3];
    const step = d * nodes[at + 4];
    for (let j = first; j < firsts[s + 1]; j++) place[j] = (j - first) * d;
    for (let r = rowStarts[s]; r < rowStarts[s + 1]; r++) place[rows[r]] = top + (r - rowStarts[s]) * d;
    nodes[at + 10] = q;
    for (; q < starts[s]; q++) entryOffsets[q] = (columns[q] - first) * step + place[below[q]];
    nodes[at + 11] = q;
  }
  return { entryIds, entryOffsets };
}

/** Where each supernode's entries begin. */
function entryStarts({ pattern, position, owner, count }: CholeskySymbolic): Int32Array {
  const starts = new Int32Array(count + 1);
  for (let k = 0; k < pattern.size; k++) {
    const x = position[k];
    for (let p = pattern.columnStarts[k]; p < pattern.columnStarts[k + 1]; p++) {
      const y = position[pattern.rows[p]];
      const s = owner[Math.min(x, y)] + 1;
      starts[s] = starts[s] + 1;
    }
  }
  for (let s = 0; s < count; s++) starts[s + 1] = starts[s + 1] + starts[s];
  return starts;
}
