import { NODE_WORDS, SEGMENT_WORDS } from "../kernels/index.ts";
import type { CholeskySymbolic } from "./symbolic.ts";
import { type TreeCut, uncut } from "./treecut.ts";

/** The tables of a plan that follow from the symbolic analysis alone, and the workspaces that it needs. */
export interface IndexTables extends Works {
  nodes: Int32Array;
  segments: Int32Array;
  relative: Int32Array;
  entryIds: Int32Array;
  entryOffsets: Int32Array;
}

/** The same with where its panels lie; lengths in doubles. */
export interface NodeTables extends IndexTables {
  /** first supernode of each bank of memory, and the count of supernodes */
  banks: Int32Array;
  /** all panels of L of each bank */
  valueLengths: number[];
  /** panels of Z of each bank: the longest path; of the trunk, where there is one, all */
  inverseLengths: number[];
  /** longest path of panels of Z in a branch, where there is a trunk */
  local: number;
}

/** Workspaces, in doubles. */
interface Works {
  /** of a thread: largest workspace of R×R or some rows of it, of the triangle, of triangle×R; longest column */
  square: number;
  triangle: number;
  left: number;
  stride: number;
  /** a strip of 128 rows of a panel, or its triangle, times the signs of its columns */
  strip: number;
  /** for all threads: triangle and triangle×R of the trunk */
  frontTriangle: number;
  frontLeft: number;
}

const padded = (n: number) => (n + 3) & ~3;

/** Particles whose rows of G = Z[R,R] are gathered at a time for a supernode of the trunk: whole fours, some 256 rows. */
export function gatheredParticles(dimension: number): number {
  return Math.floor(64 / dimension) * 4;
}

/** Scalar rows of R up to which all of G is gathered for a supernode of a branch of a tree that is cut. */
export const GATHERED_WHOLE = 768;

/** Sizes, offsets and scatter positions of all supernodes; `room`: doubles that a bank has for panels. */
export function nodeTables(
  symbolic: CholeskySymbolic,
  cut: TreeCut = uncut(symbolic),
  room: (tables: IndexTables & Pick<NodeTables, "local">) => number = () => Infinity,
): NodeTables {
  const { count, firsts, rowStarts, dimension: d } = symbolic;
  const nodes = new Int32Array(count * NODE_WORDS);
  for (let s = 0; s < count; s++) {
    const columns = d * (firsts[s + 1] - firsts[s]);
    const below = d * (rowStarts[s + 1] - rowStarts[s]);
    const top = padded(columns);
    nodes.set([firsts[s], columns, below, top, top + padded(below)], s * NODE_WORDS);
    nodes[s * NODE_WORDS + 7] = rowStarts[s];
  }
  const tables = {
    nodes,
    ...works(nodes, d, cut),
    ...segmentTables(symbolic, nodes),
    ...entryTables(symbolic, nodes),
  };
  const path = placePaths(symbolic, nodes, cut);
  const whole = cut.trunk.length === 0;
  const local = whole ? 0 : path;
  const placed = placePanels(symbolic, nodes, cut, room({ ...tables, local }));
  if (whole) placed.inverseLengths[0] = path;
  return { ...tables, ...placed, local };
}

/**
 * Z of a supernode of a branch lies behind its parent's: only the path to the root is alive at a time. Longest path, in
 * doubles.
 */
function placePaths(
  { count, parents }: CholeskySymbolic,
  nodes: Int32Array,
  { branches, trunk }: TreeCut,
): number {
  const ends = new Float64Array(count);
  let longest = 0;
  for (let k = branches.length - 2; k >= 0; k -= 2) {
    for (let s = branches[k + 1] - 1; s >= branches[k]; s--) {
      const up = parents[s];
      const start = up === -1 || up >= branches[k + 1] ? 0 : ends[up];
      ends[s] = start + panelOf(nodes, s);
      longest = Math.max(longest, ends[s]);
      nodes[s * NODE_WORDS + 6] = trunk.length === 0 ? start : ~start;
    }
  }
  return longest;
}

/** Doubles of a supernode's panel. */
function panelOf(nodes: Int32Array, s: number): number {
  return nodes[s * NODE_WORDS + 1] * nodes[s * NODE_WORDS + 4];
}

/** Where panels of L, and those of Z of the trunk, lie. A branch is whole in one bank. */
function placePanels(
  { count }: CholeskySymbolic,
  nodes: Int32Array,
  { branches }: TreeCut,
  capacity: number,
): Pick<NodeTables, "banks" | "valueLengths" | "inverseLengths"> {
  const size = (s: number) => panelOf(nodes, s);
  const banks: number[] = [];
  const valueLengths: number[] = [];
  const inverseLengths: number[] = [];
  /** A run of supernodes that stays together. */
  const place = (from: number, to: number, kept: boolean) => {
    let length = 0;
    for (let s = from; s < to; s++) length += size(s);
    const need = kept ? 2 * length : length;
    const b = banks.length - 1;
    if (b < 0 || valueLengths[b] + inverseLengths[b] + need > capacity) {
      banks.push(from);
      valueLengths.push(0);
      inverseLengths.push(0);
    }
    const own = banks.length - 1;
    for (let s = from; s < to; s++) {
      nodes[s * NODE_WORDS + 5] = valueLengths[own];
      valueLengths[own] += size(s);
      if (!kept) continue;
      nodes[s * NODE_WORDS + 6] = inverseLengths[own];
      inverseLengths[own] += size(s);
    }
  };
  for (let s = 0, next = 0; s < count; ) {
    const branch = branches[next] === s;
    const to = branch ? branches[next + 1] : s + 1;
    place(s, to, !branch);
    if (branch) next += 2;
    s = to;
  }
  return { banks: Int32Array.from([...banks, count]), valueLengths, inverseLengths };
}

function works(nodes: Int32Array, d: number, { branches, trunk }: TreeCut): Works {
  const sizes = { square: 0, triangle: 0, left: 0, stride: 0, strip: 0, frontTriangle: 0, frontLeft: 0 };
  const grow = (name: keyof Works, length: number) => {
    sizes[name] = Math.max(sizes[name], length);
  };
  const slab = (below: number) => padded(below) * d * gatheredParticles(d);
  const node = (s: number) => nodes.subarray(s * NODE_WORDS, (s + 1) * NODE_WORDS);
  for (let k = 0; k < branches.length; k += 2) {
    for (let s = branches[k]; s < branches[k + 1]; s++) {
      const [, columns, below, top, stride] = node(s);
      if (trunk.length === 0 || below <= GATHERED_WHOLE) grow("square", padded(below) * padded(below));
      else grow("square", slab(below));
      grow("triangle", top * top);
      grow("left", top * padded(below));
      grow("strip", columns * Math.max(128, top));
      grow("stride", stride);
    }
  }
  for (const s of trunk) {
    const [, columns, below, top, stride] = node(s);
    grow("square", slab(below));
    grow("frontTriangle", top * top);
    grow("frontLeft", top * padded(below));
    grow("strip", columns * 128);
    grow("stride", stride);
  }
  return sizes;
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
