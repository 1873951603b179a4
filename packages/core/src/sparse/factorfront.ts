import type { Hand } from "./hand.ts";
import { lowerBound, type Parts } from "./parts.ts";

/** Particles of R whose columns of an update are made at a time (`CHUNK` of the kernels). */
const CHUNK = 32;
/** Particles of a branch's border that one task updates. */
const PIECE = 48;
/** Rows of a panel that one task reduces or solves. */
const ROWS = 256;
/** Supernodes of less work (in millions of operations) are left to one hand. */
export const ALONE = 4;
/** Supernodes of a range between two looks at the board: some milliseconds of work, in millions of operations. */
const RANGE = 20;

/** Is told how far the work is, in millions of operations. */
export type Tell = (work: number) => void;

/**
 * The factorisation of what the banks' blocks hold, by all hands; −1, or the scalar column (factor order) of the first
 * bad pivot. Supernodes update their ancestors in ascending order, whatever hand does it: a sum has the same order, and
 * the same bits, as when one thread goes through the supernodes one after the other.
 */
export function factorTogether(parts: Parts, hand: Hand, tell: Tell): number {
  assembleTogether(parts, hand);
  const { branches, trunk } = parts;
  const count = branches.length / 2;
  const costs = branchCosts(parts);
  const byCost = Array.from(costs.keys()).sort((a, b) => costs[b] - costs[a] || a - b);
  hand.share(count, (k) => hand.note(byCost[k], factorBranch(parts, hand, byCost[k], tell)));
  for (let b = 0, t = 0; b < count || t < trunk.length; ) {
    if (b < count && (t === trunk.length || branches[2 * b] < trunk[t])) {
      const failed = hand.noted(b);
      if (failed >= 0) return failed;
      updateFromBranch(parts, hand, b++);
    } else {
      const s = trunk[t++];
      const failed = factorTrunk(parts, hand, s);
      if (failed >= 0) return failed;
      if (hand.first) tell(hand.done(Math.round(parts.work(s))));
    }
  }
  return -1;
}

/** Operations of each branch, in millions. */
export function branchCosts(parts: Parts): Float64Array {
  const costs = new Float64Array(parts.branches.length / 2);
  for (let b = 0; b < costs.length; b++)
    for (let s = parts.branches[2 * b]; s < parts.branches[2 * b + 1]; s++) costs[b] += parts.work(s);
  return costs;
}

function assembleTogether({ banks, bankStarts, count }: Parts, hand: Hand): void {
  const step = Math.ceil(count / 64);
  const ranges = banks.flatMap((_, b) => {
    const [from, to] = [bankStarts[b], bankStarts[b + 1]];
    return Array.from({ length: Math.ceil((to - from) / step) }, (_, k) => {
      const start = from + k * step;
      return [b, start, Math.min(to, start + step)] as const;
    });
  });
  hand.share(ranges.length, (k) => {
    const [b, from, to] = ranges[k];
    banks[b].kernels.assemble(banks[b].branch, from, to);
  });
}

/** A branch by one hand, without its updates to the trunk; −1 or the column of the first bad pivot. */
function factorBranch(parts: Parts, hand: Hand, b: number, tell: Tell): number {
  const [from, to] = [parts.branches[2 * b], parts.branches[2 * b + 1]];
  const { kernels, branch } = parts.banks[parts.bank(from)];
  const end = parts.node(to - 1, "first") + parts.node(to - 1, "columns") / parts.dimension;
  let failed = -1;
  inRanges(parts, from, to, false, (start, stop, work) => {
    if (failed < 0) failed = kernels.factorRange(branch, start, stop, end);
    hand.beat();
    const done = hand.done(Math.round(work));
    if (hand.first) tell(done);
  });
  return failed;
}

/** Calls back with consecutive ranges of supernodes of about equal work (in millions of operations). */
export function inRanges(
  parts: Parts,
  from: number,
  to: number,
  descending: boolean,
  step: (from: number, to: number, work: number) => void,
): void {
  for (let done = 0; done < to - from; ) {
    const start = done;
    let work = 0;
    for (; done < to - from && work < RANGE; done++)
      work += parts.work(descending ? to - 1 - done : from + done);
    if (descending) step(to - done, to - start, work);
    else step(from + start, from + done, work);
  }
}

/** The updates of a branch's supernodes to the trunk: each task takes some columns of the trunk from all of them. */
function updateFromBranch(parts: Parts, hand: Hand, b: number): void {
  const [from, to] = [parts.branches[2 * b], parts.branches[2 * b + 1]];
  const border = parts.rows(to - 1);
  if (border.length === 0) return;
  const outer: number[] = [];
  for (let s = from; s < to; s++) if (parts.rows(s).at(-1)! >= border[0]) outer.push(s);
  hand.share(Math.ceil(border.length / PIECE), (k) => {
    const first = border[k * PIECE];
    const end = border[(k + 1) * PIECE] ?? Infinity;
    for (const s of outer) {
      const rows = parts.rows(s);
      update(parts, s, lowerBound(rows, first), lowerBound(rows, end));
    }
  });
}

/** The update of supernode s to its ancestors' columns that are places from..to−1 of R. */
function update(parts: Parts, s: number, from: number, to: number): void {
  if (from >= to) return;
  const { dimension: d, banks } = parts;
  const own = banks[parts.bank(s)];
  let k = parts.node(s, "segmentStart");
  while (parts.segment(k)[1] <= from) k++;
  for (let origin = from; origin < to; ) {
    const end = Math.min(to, origin - (origin % CHUNK) + CHUNK);
    const ldu = own.kernels.updateProduct(own.branch, s, origin, end, own.square);
    for (let column = origin; column < end; ) {
      const [, last, owner] = parts.segment(k);
      const stop = Math.min(end, last);
      const there = banks[parts.bank(owner)];
      if (there !== own) {
        const at = 8 * d * ldu * (column - origin);
        const length = d * ldu * (stop - column);
        there.arena.f64(there.square + at, length).set(own.arena.f64(own.square + at, length));
      }
      there.kernels.scatterPart(there.branch, s, k, column, stop, origin, there.square, ldu);
      column = stop;
      if (stop === last) k++;
    }
    origin = end;
  }
}

/** A supernode of the trunk and its updates. */
function factorTrunk(parts: Parts, hand: Hand, s: number): number {
  const { kernels, trunk } = parts.banks[parts.bank(s)];
  const below = parts.below(s);
  const chunks = Math.ceil(below / CHUNK);
  const updateChunk = (k: number) => update(parts, s, k * CHUNK, Math.min(below, (k + 1) * CHUNK));
  const [columns, stride] = [parts.node(s, "columns"), parts.node(s, "stride")];
  const block = kernels.frontBlock;
  if (hand.count === 1 || parts.work(s) < ALONE) {
    return hand.alone(() => {
      for (let from = 0; from < columns; from += block) {
        if (from > 0) kernels.frontReduce(trunk, s, from, from, stride);
        const failed = kernels.frontPivot(trunk, s, from);
        if (failed >= 0) return failed;
        kernels.frontSolve(trunk, s, from, behind(columns, from, block), stride);
      }
      for (let k = 0; k < chunks; k++) updateChunk(k);
      return -1;
    });
  }
  const rowTasks = (from: number, task: (r0: number, r1: number) => void) => {
    hand.share(Math.ceil((stride - from) / ROWS), (k) => {
      const r0 = from + k * ROWS;
      task(r0, Math.min(stride, r0 + ROWS));
    });
  };
  for (let from = 0; from < columns; from += block) {
    if (from > 0) rowTasks(from, (r0, r1) => kernels.frontReduce(trunk, s, from, r0, r1));
    const failed = hand.alone(() => kernels.frontPivot(trunk, s, from));
    if (failed >= 0) return failed;
    rowTasks(behind(columns, from, block), (r0, r1) => kernels.frontSolve(trunk, s, from, r0, r1));
  }
  hand.share(chunks, updateChunk);
  return -1;
}

/** The first row behind the triangle of the block of columns that begins with `from`. */
function behind(columns: number, from: number, block: number): number {
  return (Math.min(columns, from + block) + 3) & ~3;
}
