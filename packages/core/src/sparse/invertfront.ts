import { ALONE, branchCosts, inRanges, type Tell } from "./factorfront.ts";
import type { Hand } from "./hand.ts";
import { GATHERED_WHOLE, gatheredParticles } from "./nodetables.ts";
import type { OwnBank, Parts } from "./parts.ts";

/** Rows of Z11 that one task takes: a multiple of 16. */
const ROWS = 128;

/** The selected inverse along the factor, by all hands: fills the banks' blocks. Bits as in `factorTogether`. */
export function invertTogether(parts: Parts, hand: Hand, tell: Tell): void {
  const { branches, trunk } = parts;
  for (let t = trunk.length - 1; t >= 0; t--) {
    invertTrunk(parts, hand, trunk[t]);
    if (hand.first) tell(hand.done(Math.round(parts.work(trunk[t]))));
  }
  const costs = branchCosts(parts);
  const byCost = Array.from(costs.keys()).sort((a, b) => costs[b] - costs[a] || a - b);
  hand.share(byCost.length, (k) => {
    const b = byCost[k];
    inRanges(parts, branches[2 * b], branches[2 * b + 1], true, (from, to, work) => {
      invertRange(parts, from, to);
      hand.beat();
      const done = hand.done(Math.round(work));
      if (hand.first) tell(done);
    });
  });
}

/** Supernodes of one branch by one hand; their G may lie in several banks. */
function invertRange(parts: Parts, from: number, to: number): void {
  const own = parts.banks[parts.bank(from)];
  const together = parts.banks.length === 1;
  const large = (s: number) => parts.node(s, "below") > GATHERED_WHOLE;
  for (let s = to - 1; s >= from; s--) {
    if (large(s)) {
      for (const [count, task] of steps(parts, s, own.branch)) for (let k = 0; k < count; k++) task(k);
      own.kernels.frontEmit(own.branch, s);
      continue;
    }
    if (together) {
      const end = s + 1;
      while (s > from && !large(s - 1)) s--;
      own.kernels.invertRange(own.branch, s, end);
      continue;
    }
    const ld = (parts.node(s, "below") + 3) & ~3;
    for (let k = parts.node(s, "segmentStart"); k < parts.node(s, "segmentEnd"); k++) {
      const [first, last, owner] = parts.segment(k);
      const there = parts.banks[parts.bank(owner)];
      there.kernels.gatherPart(there.branch, s, k);
      copy(there, own, ld * parts.dimension * first, ld * parts.dimension * (last - first));
    }
    own.kernels.invertSupernode(own.branch, s);
  }
}

/** Part of one bank's workspace to the same place in another's. */
function copy(from: OwnBank, to: OwnBank, start: number, length: number): void {
  if (from === to) return;
  to.arena.f64(to.square + 8 * start, length).set(from.arena.f64(from.square + 8 * start, length));
}

/** A supernode of the trunk. */
function invertTrunk(parts: Parts, hand: Hand, s: number): void {
  const { kernels, trunk } = parts.banks[parts.bank(s)];
  const all = steps(parts, s, trunk);
  if (parts.work(s) < ALONE) {
    hand.alone(() => {
      for (const [count, task] of all) for (let k = 0; k < count; k++) task(k);
      return 0;
    });
  } else for (const [count, task] of all) hand.share(count, task);
  if (hand.first) kernels.frontEmit(trunk, s);
}

/** The steps to Z of a supernode, one after the other: how many tasks they have, which may go at the same time. */
function steps(parts: Parts, s: number, plan: number): readonly (readonly [number, (k: number) => void])[] {
  const { kernels } = parts.banks[parts.bank(s)];
  const columns = parts.node(s, "columns");
  const below = parts.below(s);
  const step = gatheredParticles(parts.dimension);
  const block = kernels.frontBlock;
  const blocks = Math.ceil(columns / block);
  const tasks = Math.ceil(columns / ROWS);
  const rows = (k: number) => [k * ROWS, Math.min(columns, (k + 1) * ROWS)] as const;
  return [
    [blocks, (k) => kernels.frontTriangle(plan, s, k * block)],
    [
      below > 0 ? 2 * blocks : blocks,
      (k) => {
        if (k < blocks) kernels.frontSquare(plan, s, k * block);
        else kernels.frontLeft(plan, s, (k - blocks) * block);
      },
    ],
    [
      Math.ceil(below / step),
      (k) => invertColumns(parts, s, plan, k * step, Math.min(below, (k + 1) * step)),
    ],
    [below > 0 ? tasks : 0, (k) => kernels.frontSubtract(plan, s, ...rows(tasks - 1 - k))],
    [tasks, (k) => kernels.frontMirror(plan, s, ...rows(k))],
  ];
}

/** Columns p0..p1−1 (particles of R) of Z21ᵀ. */
function invertColumns(parts: Parts, s: number, plan: number, p0: number, p1: number): void {
  const { dimension: d, banks } = parts;
  const own = banks[parts.bank(s)];
  const ld = ((p1 - p0) * d + 3) & ~3;
  const below = parts.below(s);
  for (let k = parts.node(s, "segmentStart"); k < parts.node(s, "segmentEnd"); k++) {
    const [first, last, owner] = parts.segment(k);
    const there = banks[parts.bank(owner)];
    there.kernels.frontGather(there.trunk, s, k, p0, p1);
    if (there === own) continue;
    // columns before and among the rows
    if (first < p1) copy(there, own, ld * d * first, ld * d * (Math.min(last, p1) - first));
    // of some rows, the columns behind
    const [j0, j1] = [Math.max(first, p0), Math.min(last, p1)];
    if (j0 >= j1) continue;
    for (let i = p1 * d; i < below * d; i++) copy(there, own, i * ld + (j0 - p0) * d, (j1 - j0) * d);
  }
  own.kernels.frontColumns(plan, s, p0, p1);
}
