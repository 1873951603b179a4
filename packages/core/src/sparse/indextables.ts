import { NODE_WORDS, SEGMENT_WORDS } from "../kernels/index.ts";
import type { CholeskySymbolic } from "./symbolic.ts";

/** Lengths of the index tables of a plan. */
export interface IndexLengths {
  readonly segments: number;
  readonly relative: number;
  readonly entries: number;
}

/** The index tables of a plan, and its supernodes' records; overwritten. */
export interface IndexTables {
  readonly nodes: Int32Array;
  readonly segments: Int32Array;
  readonly relative: Int32Array;
  readonly entryIds: Int32Array;
  readonly entryOffsets: Int32Array;
}

/** O(rows). */
export function indexLengths({ pattern, count, rowStarts, rows, owner }: CholeskySymbolic): IndexLengths {
  let segments = 0;
  let relative = 0;
  for (let s = 0; s < count; s++) {
    const end = rowStarts[s + 1];
    for (let p = rowStarts[s]; p < end; p++) {
      if (p > rowStarts[s] && owner[rows[p]] === owner[rows[p - 1]]) continue;
      segments++;
      relative += end - p;
    }
  }
  return { segments: segments * SEGMENT_WORDS, relative, entries: pattern.rows.length };
}

/** Fills the tables, and what of the records points into them. O(relative). */
export function fillIndexTables(symbolic: CholeskySymbolic, tables: IndexTables): void {
  fillSegments(symbolic, tables);
  fillEntries(symbolic, tables);
}

/** R of every supernode cut by owner, and where each later row of R lies in the owner's panel. */
function fillSegments(symbolic: CholeskySymbolic, { nodes, segments, relative }: IndexTables): void {
  const { count, rowStarts, rows, owner } = symbolic;
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
      relativeRows(symbolic, nodes, { from: p, last, end }, relative, fill);
      fill += end - p;
      p = last;
    }
    nodes[s * NODE_WORDS + 9] = at / SEGMENT_WORDS;
  }
}

/** Scalar panel rows, in the owner of rows[from..last), of rows[from..end), to `fill` on: a merge of two ascending lists. */
function relativeRows(
  { firsts, rowStarts, rows, owner, dimension: d }: CholeskySymbolic,
  nodes: Int32Array,
  part: { from: number; last: number; end: number },
  relative: Int32Array,
  at: number,
): void {
  let fill = at;
  const t = owner[rows[part.from]];
  const top = nodes[t * NODE_WORDS + 3];
  for (let p = part.from; p < part.last; p++) relative[fill++] = (rows[p] - firsts[t]) * d;
  const base = rowStarts[t];
  let q = base;
  for (let p = part.last; p < part.end; p++) {
    while (rows[q] < rows[p]) q++;
    relative[fill++] = top + (q - base) * d;
  }
}

/** Entries of the pattern by the supernode whose panel holds them: id·2 + (1 if transposed), place in the panel. */
function fillEntries(symbolic: CholeskySymbolic, { nodes, entryIds, entryOffsets }: IndexTables): void {
  const { pattern, position, owner, count, firsts, rowStarts, rows, dimension: d } = symbolic;
  const starts = entryStarts(symbolic);
  const entries = pattern.rows.length;
  // By entry first: the position of its column in L, and of its row.
  const columns = new Int32Array(entries);
  const below = entryOffsets;
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
