// How a supernodal factor lies in memory: a header of i32 words and one record of i32 words a supernode,
// laid out by src/kernels/linalg-plan.ts and written by src/sparse/workspace.ts. Offsets into value arrays count doubles, addresses bytes.

export const NODE_WORDS: i32 = 12;
const PLAN_WORDS: i32 = 21;

/** The k-th of plans one behind the other. */
// @ts-ignore: decorator
@inline
export function planAt(plans: usize, k: i32): usize { return plans + <usize>(k * PLAN_WORDS * 4); }

// @ts-ignore: decorator
@inline
function word(p: usize, k: i32): i32 {
  return load<i32>(p + ((<usize>k) << 2));
}

// @ts-ignore: decorator
@inline
export function dimension(plan: usize): i32 { return word(plan, 0); }
// @ts-ignore: decorator
@inline
export function nodeAt(plan: usize, s: i32): usize { return <usize>word(plan, 1) + <usize>(s * NODE_WORDS * 4); }
// @ts-ignore: decorator
@inline
export function rowsOf(plan: usize, node: usize): usize { return <usize>word(plan, 2) + ((<usize>word(node, 7)) << 2); }
// @ts-ignore: decorator
@inline
export function segmentsOf(plan: usize): usize { return <usize>word(plan, 3); }
// @ts-ignore: decorator
@inline
export function relativeOf(plan: usize): usize { return <usize>word(plan, 4); }
// @ts-ignore: decorator
@inline
export function panelOf(plan: usize, node: usize): usize { return <usize>word(plan, 5) + ((<usize>word(node, 5)) << 3); }
// @ts-ignore: decorator
@inline
export function inverseOf(plan: usize, node: usize): usize {
  const place = word(node, 6);
  return place >= 0 ? <usize>word(plan, 6) + ((<usize>place) << 3) : <usize>word(plan, 20) + ((<usize>~place) << 3);
}
/** U of the factorisation, G of the selected inversion. */
// @ts-ignore: decorator
@inline
export function squareWork(plan: usize): usize { return <usize>word(plan, 7); }
// @ts-ignore: decorator
@inline
export function triangleWork(plan: usize): usize { return <usize>word(plan, 8); }
// @ts-ignore: decorator
@inline
export function leftWork(plan: usize): usize { return <usize>word(plan, 9); }
// @ts-ignore: decorator
@inline
export function rightWork(plan: usize): usize { return <usize>word(plan, 10); }
// @ts-ignore: decorator
@inline
export function panelWork(plan: usize): usize { return <usize>word(plan, 11); }
// @ts-ignore: decorator
@inline
export function floorsOf(plan: usize): usize { return <usize>word(plan, 12); }
// @ts-ignore: decorator
@inline
export function entryIds(plan: usize): usize { return <usize>word(plan, 13); }
// @ts-ignore: decorator
@inline
export function entryOffsets(plan: usize): usize { return <usize>word(plan, 14); }
// @ts-ignore: decorator
@inline
export function lowerBlocks(plan: usize): usize { return <usize>word(plan, 15); }
// @ts-ignore: decorator
@inline
export function diagonalBlocks(plan: usize): usize { return <usize>word(plan, 16); }
// @ts-ignore: decorator
@inline
export function orderOf(plan: usize): usize { return <usize>word(plan, 17); }
/** Signs of the pivots, one double a scalar column in factor order; 0 where all are positive by definition. */
// @ts-ignore: decorator
@inline
export function signsOf(plan: usize): usize { return <usize>word(plan, 18); }
/** The signs of a supernode's columns; 0 as `signsOf`. */
// @ts-ignore: decorator
@inline
export function nodeSigns(plan: usize, node: usize): usize {
  const signs = signsOf(plan);
  return signs ? signs + ((<usize>(firstOf(node) * dimension(plan))) << 3) : 0;
}
/** A panel's strip times its signs. Word 20: where panels of Z begin whose place is negative (`inverseOf`). */
// @ts-ignore: decorator
@inline
export function signedWork(plan: usize): usize { return <usize>word(plan, 19); }

// @ts-ignore: decorator
@inline
export function firstOf(node: usize): i32 { return word(node, 0); }
// @ts-ignore: decorator
@inline
export function columnsOf(node: usize): i32 { return word(node, 1); }
// @ts-ignore: decorator
@inline
export function belowOf(node: usize): i32 { return word(node, 2); }
/** Columns rounded up to fours: the row of the panel where L21 begins. */
// @ts-ignore: decorator
@inline
export function topOf(node: usize): i32 { return word(node, 3); }
// @ts-ignore: decorator
@inline
export function strideOf(node: usize): i32 { return word(node, 4); }
// @ts-ignore: decorator
@inline
export function segmentStart(node: usize): i32 { return word(node, 8); }
// @ts-ignore: decorator
@inline
export function segmentEnd(node: usize): i32 { return word(node, 9); }
// @ts-ignore: decorator
@inline
export function entryStart(node: usize): i32 { return word(node, 10); }
// @ts-ignore: decorator
@inline
export function entryEnd(node: usize): i32 { return word(node, 11); }
