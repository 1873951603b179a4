import { NODE_WORDS } from "../kernels/index.ts";
import { type IndexLengths, indexLengths } from "./indextables.ts";
import type { CholeskySymbolic } from "./symbolic.ts";
import { type TreeCut, uncut } from "./treecut.ts";

/** Sizes of all supernodes of a plan, and of the workspaces and index tables that it needs. */
export interface NodeSizes extends Works {
  /** a record each, but for what `fillIndexTables` puts there */
  nodes: Int32Array;
  lengths: IndexLengths;
}

/** The same with where its panels lie; lengths in doubles. */
export interface NodeTables extends NodeSizes {
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

/** Sizes and places of all supernodes; `room`: doubles that a bank has for panels. */
export function nodeTables(
  symbolic: CholeskySymbolic,
  cut: TreeCut = uncut(symbolic),
  room: (sizes: NodeSizes & Pick<NodeTables, "local">) => number = () => Infinity,
): NodeTables {
  const { count, firsts, rowStarts, dimension: d } = symbolic;
  const nodes = new Int32Array(count * NODE_WORDS);
  for (let s = 0; s < count; s++) {
    const columns = d * (firsts[s + 1] - firsts[s]);
    const below = d * (rowStarts[s + 1] - rowStarts[s]);
    const top = padded(columns);
    const at = s * NODE_WORDS;
    nodes[at] = firsts[s];
    nodes[at + 1] = columns;
    nodes[at + 2] = below;
    nodes[at + 3] = top;
    nodes[at + 4] = top + padded(below);
    nodes[at + 7] = rowStarts[s];
  }
  const sizes = { nodes, ...works(nodes, d, cut), lengths: indexLengths(symbolic) };
  const path = placePaths(symbolic, nodes, cut);
  const whole = cut.trunk.length === 0;
  const local = whole ? 0 : path;
  const placed = placePanels(symbolic, nodes, cut, room({ ...sizes, local }));
  if (whole) placed.inverseLengths[0] = path;
  return { ...sizes, ...placed, local };
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
  for (let k = 0; k < branches.length; k += 2) {
    for (let s = branches[k]; s < branches[k + 1]; s++) {
      const at = s * NODE_WORDS;
      const [columns, below, top, stride] = [nodes[at + 1], nodes[at + 2], nodes[at + 3], nodes[at + 4]];
      if (trunk.length === 0 || below <= GATHERED_WHOLE) grow("square", padded(below) * padded(below));
      else grow("square", slab(below));
      grow("triangle", top * top);
      grow("left", top * padded(below));
      grow("strip", columns * Math.max(128, top));
      grow("stride", stride);
    }
  }
  for (const s of trunk) {
    const [, columns, below, top, stride] = nodes.subarray(s * NODE_WORDS, (s + 1) * NODE_WORDS);
    grow("square", slab(below));
    grow("frontTriangle", top * top);
    grow("frontLeft", top * padded(below));
    grow("strip", columns * 128);
    grow("stride", stride);
  }
  return sizes;
}
