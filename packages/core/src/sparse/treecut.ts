import { nodeFlops } from "./sweep.ts";
import type { CholeskySymbolic } from "./symbolic.ts";

/**
 * The forest of supernodes cut for several threads: branches, whole subtrees that do not need each other, and the trunk
 * above them.
 */
export interface TreeCut {
  /** First supernode of each branch and the one after its root, ascending: 2 numbers a branch. */
  readonly branches: Int32Array;
  /** All other supernodes, ascending. */
  readonly trunk: Int32Array;
}

/** All in one piece. */
export function uncut({ count }: CholeskySymbolic): TreeCut {
  return { branches: Int32Array.of(0, count), trunk: new Int32Array(0) };
}

/** Branches of at most 1/`parts` of all operations. O(supernodes). */
export function cutTree(symbolic: CholeskySymbolic, parts: number): TreeCut {
  const { count, parents } = symbolic;
  const flops = nodeFlops(symbolic);
  const work = new Float64Array(count);
  const first = Int32Array.from({ length: count }, (_, s) => s);
  let all = 0;
  for (let s = 0; s < count; s++) {
    work[s] += flops(s);
    all += flops(s);
    const up = parents[s];
    if (up === -1) continue;
    work[up] += work[s];
    first[up] = Math.min(first[up], first[s]);
  }
  const branches: number[] = [];
  const trunk: number[] = [];
  const small = (s: number) => work[s] * parts <= all;
  for (let s = 0; s < count; s++) {
    if (!small(s)) trunk.push(s);
    else if (parents[s] === -1 || !small(parents[s])) branches.push(first[s], s + 1);
  }
  return { branches: Int32Array.from(branches), trunk: Int32Array.from(trunk) };
}

/** Cuts that are tried, pieces a thread; and what part of a thread's work may be lost to branches of unlike size. */
const [FEWEST, MOST, LOST] = [2, 16, 0.03];

/**
 * Into how many pieces to cut for so many threads: as few as give each thread as much to do, for a branch goes on without
 * waiting, and the trunk does not. O(supernodes).
 */
export function piecesFor(symbolic: CholeskySymbolic, threads: number): number {
  const flops = nodeFlops(symbolic);
  let all = 0;
  for (let s = 0; s < symbolic.count; s++) all += flops(s);
  for (let each = FEWEST; each < MOST; each *= 2) {
    const { branches } = cutTree(symbolic, each * threads);
    const costs = Array.from({ length: branches.length / 2 }, (_, b) => {
      let cost = 0;
      for (let s = branches[2 * b]; s < branches[2 * b + 1]; s++) cost += flops(s);
      return cost;
    }).sort((a, b) => b - a);
    const loads = new Float64Array(threads);
    for (const cost of costs) loads[loads.indexOf(Math.min(...loads))] += cost;
    const mean = loads.reduce((sum, load) => sum + load, 0) / threads;
    if (Math.max(...loads) - mean <= (LOST * all) / threads) return each * threads;
  }
  return MOST * threads;
}
