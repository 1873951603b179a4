import type { Arena } from "./arena.ts";

/** i32 words of a supernode's record in memory (assembly/linalg/plan.ts reads the same). */
export const NODE_WORDS = 12;
/** i32 words of a plan's header. */
export const PLAN_WORDS = 21;
/** i32 words of a segment: first and end particle position in R, owner, start of its relative rows. */
export const SEGMENT_WORDS = 4;

/** The header of a plan: where everything that the supernodal kernels touch lies; addresses in bytes. */
export interface Plan {
  readonly dimension: number;
  readonly nodes: number;
  readonly rows: number;
  readonly segments: number;
  readonly relative: number;
  readonly values: number;
  readonly inverse: number;
  readonly squareWork: number;
  readonly triangleWork: number;
  readonly leftWork: number;
  readonly rightWork: number;
  readonly panelWork: number;
  readonly floors: number;
  readonly entryIds: number;
  readonly entryOffsets: number;
  readonly lower: number;
  readonly diagonal: number;
  readonly order: number;
  /** signs of the pivots, a double a scalar column in factor order; 0: all positive by definition */
  readonly signs: number;
  readonly signedWork: number;
  /** where panels of Z begin that a thread keeps to itself */
  readonly local: number;
}

/** Fields of `Plan` in memory order. */
export const PLAN_FIELDS = [
  "dimension",
  "nodes",
  "rows",
  "segments",
  "relative",
  "values",
  "inverse",
  "squareWork",
  "triangleWork",
  "leftWork",
  "rightWork",
  "panelWork",
  "floors",
  "entryIds",
  "entryOffsets",
  "lower",
  "diagonal",
  "order",
  "signs",
  "signedWork",
  "local",
] as const satisfies readonly (keyof Plan)[];

/**
 * Fields of a supernode's record: first particle; scalar columns; scalar rows below; columns rounded up to
 * fours (= the row where L21 begins); leading dimension; offset of its panel in L and in the stack of Z
 * (doubles; with all bits flipped: in the thread's own stack); start of its rows; its segments; its entries of the pattern.
 */
export const NODE_FIELDS = [
  "first",
  "columns",
  "below",
  "top",
  "stride",
  "panel",
  "inverse",
  "rows",
  "segmentStart",
  "segmentEnd",
  "entryStart",
  "entryEnd",
] as const;

export type NodeField = (typeof NODE_FIELDS)[number];

/** One field of supernode s. */
export function nodeField(arena: Arena, plan: Plan, s: number, field: NodeField): number {
  return arena.i32(plan.nodes + 4 * (s * NODE_WORDS + NODE_FIELDS.indexOf(field)), 1)[0];
}
