import { Arena, createOrdering, giveArena, type OrderingKernels, takeArena } from "../kernels/index.ts";
import { type Coordinates, LEAF, sortAxes } from "./dissection.ts";
import { inversePermutation, postorder, relabelTree, type TreeOrder } from "./etree.ts";
import type { Graph } from "./graph.ts";
import type { Hand } from "./hand.ts";
import { currentTeam } from "./team.ts";
import { inTeam, type Trades } from "./teamwork.ts";

/** Fewer particles are dissected sooner than others are told of it. */
const SHARED = 20_000;
/** Subsets that are dissected at the same time, at most: each has a workspace of its own. */
const SUBSETS = 8;

/** Subsets of particles that nothing but separators joins: goes between threads. */
interface SubsetWork {
  readonly memory: WebAssembly.Memory;
  readonly size: number;
  readonly axes: number;
  /** addresses, as `dissect` of the kernels takes them */
  readonly starts: number;
  readonly neighbors: number;
  readonly sorted: number;
  /** of each subset */
  readonly works: readonly number[];
  /** first places and those behind the last */
  readonly subsets: Int32Array;
}

function dissectSubsets(kernels: OrderingKernels, hand: Hand, told: SubsetWork): void {
  const { size, axes, starts, neighbors, sorted, works, subsets } = told;
  hand.share(works.length, (k) => {
    const [from, to] = subsets.subarray(2 * k, 2 * k + 2);
    kernels.dissect(size, axes, LEAF, from, to, starts, neighbors, sorted, works[k], 0);
  });
}

/** The work of this file in a team. */
const ORDER = "order";
export const orderTrade: Trades = {
  [ORDER]: (told, hand) => {
    const work = told as SubsetWork;
    dissectSubsets(createOrdering(new Arena(work.memory)), hand, work);
  },
};

/**
 * Nested dissection, its elimination tree in postorder, and the entries of every column of L; the threads of a team take
 * a subset each. Cost O(d·bonds·log N).
 */
export function treeOrder(graph: Graph, coordinates: Coordinates): TreeOrder {
  const size = graph.starts.length - 1;
  const axes = sortAxes(coordinates, size);
  const threads = size < SHARED ? 1 : Math.min(SUBSETS, currentTeam()?.size ?? 1);
  const arena = takeArena(0, threads > 1);
  const kernels = createOrdering(arena);
  const starts = arena.putI32(graph.starts);
  const neighbors = arena.putI32(graph.neighbors);
  const sorted = arena.allocI32(size * axes.length);
  const work = arena.allocI32(size * kernels.dissectWork);
  const parent = arena.allocI32(size);
  axes.forEach((list, axis) => {
    arena.i32(sorted + 4 * axis * size, size).set(list);
  });
  const whole = [starts, neighbors, sorted, work] as const;
  if (threads === 1) kernels.dissect(size, axes.length, LEAF, 0, size, ...whole, 0);
  else {
    const left = arena.allocI32(4 * threads);
    const most = Math.ceil(size / threads);
    const count = kernels.dissect(size, axes.length, most, 0, size, ...whole, left);
    const subsets = arena.i32(left, 2 * count).slice();
    const works = Array.from({ length: count }, (_, k) =>
      k === 0 ? work : arena.allocI32(size * kernels.dissectWork),
    );
    const told: SubsetWork = {
      ...{ memory: arena.memory, size, axes: axes.length },
      ...{ starts, neighbors, sorted, works, subsets },
    };
    inTeam(
      { trade: ORDER, threads },
      () => told,
      (hand) => dissectSubsets(kernels, hand, told),
    );
  }
  const dissected = arena.i32(sorted, size).slice();
  // The workspace of the dissection is free now: positions, then counts and scratch of N each.
  const position = work;
  const counts = work + 4 * size;
  const scratch = work + 8 * size;
  arena.i32(position, size).set(inversePermutation(dissected));
  kernels.eliminationTree(size, starts, neighbors, sorted, position, parent, scratch);
  const tree = arena.i32(parent, size).slice();
  const post = postorder(tree);
  const order = arena.i32(sorted, size);
  for (let k = 0; k < size; k++) order[k] = dissected[post[k]];
  arena.i32(position, size).set(inversePermutation(order));
  const relabelled = relabelTree(tree, post);
  arena.i32(parent, size).set(relabelled);
  kernels.columnCounts(size, starts, neighbors, sorted, position, parent, counts, scratch);
  const found = { order: order.slice(), parent: relabelled, counts: arena.i32(counts, size).slice() };
  giveArena(arena);
  return found;
}
