import { type Coordinates, LEAF, sortAxes } from "../../src/sparse/dissection.ts";
import type { Graph } from "../../src/sparse/graph.ts";
import { type CoverWorkspace, coverWorkspace, minimumVertexCover } from "./vertexcover.ts";

interface Dissection {
  readonly graph: Graph;
  /** Per axis the particles in ascending coordinate; a subset is the same index range in each. Overwritten. */
  readonly sorted: Int32Array[];
  /** Side of the cut last tried: an even stamp, or that + 1; stamps grow, so older marks never match. */
  readonly mark: Int32Array;
  readonly boundary: Int32Array;
  readonly cover: Int32Array;
  readonly buffer: Int32Array;
  readonly workspace: CoverWorkspace;
  stamp: number;
}

/**
 * Nested dissection by geometry: each subset is cut at its median coordinate, the separator is the minimum
 * vertex cover of the cut bonds (those through the periodic boundary included), the best axis is kept.
 *
 * Returns the elimination order, new → old. Cost O(d·bonds·log N).
 */
export function nestedDissection(graph: Graph, coordinates: Coordinates): Int32Array {
  const size = graph.starts.length - 1;
  const sorted = sortAxes(coordinates, size);
  const work: Dissection = {
    graph,
    sorted,
    mark: new Int32Array(size).fill(-1),
    boundary: new Int32Array(size),
    cover: new Int32Array(size),
    buffer: new Int32Array(size),
    workspace: coverWorkspace(size),
    stamp: 0,
  };
  const ranges = [0, size];
  while (ranges.length > 0) {
    const end = ranges.pop()!;
    const start = ranges.pop()!;
    if (end - start <= LEAF) continue;
    const separator = bestSeparator(work, start, end);
    const half = splitByMark(work, start, end, separator);
    const rest = end - separator.size;
    if (half === start && rest === end) continue;
    if (half > start) ranges.push(start, half);
    if (rest > half) ranges.push(half, rest);
  }
  return sorted[0];
}

interface Separator {
  readonly axis: number;
  readonly size: number;
  readonly particles: Int32Array;
}

function bestSeparator(work: Dissection, start: number, end: number): Separator {
  let best: Separator | undefined;
  for (let axis = 0; axis < work.sorted.length; axis++) {
    const size = medianSeparator(work, axis, start, end);
    if (!best || size < best.size) best = { axis, size, particles: work.cover.slice(0, size) };
  }
  return best!;
}

/** Marks the halves about the median of one axis and finds the cover of the bonds between them. */
function medianSeparator(work: Dissection, axis: number, start: number, end: number): number {
  const { graph, mark, boundary } = work;
  const { starts, neighbors } = graph;
  const list = work.sorted[axis];
  const stamp = (work.stamp += 2);
  const middle = (start + end) >> 1;
  for (let q = start; q < middle; q++) mark[list[q]] = stamp;
  for (let q = middle; q < end; q++) mark[list[q]] = stamp + 1;
  let count = 0;
  for (let q = start; q < middle; q++) {
    const v = list[q];
    for (let p = starts[v]; p < starts[v + 1]; p++) {
      if (mark[neighbors[p]] !== stamp + 1) continue;
      boundary[count++] = v;
      break;
    }
  }
  const cut = { graph, left: boundary, leftCount: count, mark, rightMark: stamp + 1 };
  return minimumVertexCover(cut, work.workspace, work.cover);
}

/** Stable three-way partition of every axis list into first half, second half, separator; returns the border. */
function splitByMark(work: Dissection, start: number, end: number, separator: Separator): number {
  const { sorted, mark, buffer } = work;
  const stamp = (work.stamp += 4);
  const list = sorted[separator.axis];
  const middle = (start + end) >> 1;
  for (let q = start; q < end; q++) mark[list[q]] = q < middle ? stamp : stamp + 1;
  for (const v of separator.particles) mark[v] = stamp + 2;
  let first = 0;
  for (let q = start; q < middle; q++) if (mark[list[q]] === stamp) first++;
  for (const axisList of sorted) {
    let a = start;
    let b = start + first;
    let c = end - separator.size;
    for (let q = start; q < end; q++) {
      const v = axisList[q];
      const side = mark[v] - stamp;
      buffer[side === 0 ? a++ : side === 1 ? b++ : c++] = v;
    }
    axisList.set(buffer.subarray(start, end), start);
  }
  return start + first;
}
