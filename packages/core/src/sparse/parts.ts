import {
  Arena,
  createLinalg,
  type FrontKernels,
  type Linalg,
  NODE_FIELDS,
  NODE_WORDS,
  type NodeField,
  type Plan,
  SEGMENT_WORDS,
} from "../kernels/index.ts";
import type { CholeskyWorkspace, Seat } from "./workspace.ts";
import { bankOf } from "./workspace.ts";

/** What a thread must know of a workspace to work in it: goes between threads. */
export interface SharedWorkspace {
  readonly memories: readonly WebAssembly.Memory[];
  readonly layouts: readonly Plan[];
  /** of each bank, of each thread */
  readonly seats: readonly (readonly Seat[])[];
  readonly relaxed: boolean;
  readonly count: number;
  /** scalar columns of all */
  readonly order: number;
  readonly rowCount: number;
  readonly segmentCount: number;
  readonly bankStarts: Int32Array;
  readonly branches: Int32Array;
  readonly trunk: Int32Array;
}

export function sharedWorkspace(workspace: CholeskyWorkspace): SharedWorkspace {
  const { banks, symbolic, cut, bankStarts, relaxed } = workspace;
  const [{ arena, layout }] = banks;
  const last = arena.i32(layout.nodes, symbolic.count * NODE_WORDS).subarray(-NODE_WORDS);
  return {
    memories: banks.map((bank) => bank.arena.memory),
    layouts: banks.map((bank) => bank.layout),
    seats: banks.map((bank) => bank.seats),
    count: symbolic.count,
    order: symbolic.pattern.size * symbolic.dimension,
    rowCount: symbolic.rows.length,
    segmentCount: last[NODE_FIELDS.indexOf("segmentEnd")],
    ...{ relaxed, bankStarts, branches: cut.branches, trunk: cut.trunk },
  };
}

/** A bank as one thread sees it: its own plans and workspaces there. */
export interface OwnBank extends Seat {
  readonly arena: Arena;
  readonly kernels: Linalg & FrontKernels;
}

/** A workspace as one thread sees it, and the tables that say what belongs together. */
export class Parts {
  readonly dimension: number;
  readonly count: number;
  readonly order: number;
  readonly banks: readonly OwnBank[];
  readonly bankStarts: Int32Array;
  readonly branches: Int32Array;
  readonly trunk: Int32Array;
  readonly signs: readonly number[];
  readonly #shared: SharedWorkspace;
  #nodes = new Int32Array(0);
  #rows = this.#nodes;
  #segments = this.#nodes;

  constructor(shared: SharedWorkspace, member: number) {
    const { layouts, seats, relaxed } = shared;
    this.banks = shared.memories.map((memory, b) => {
      const arena = new Arena(memory);
      return { arena, kernels: createLinalg(arena, relaxed ? "relaxed" : "simd"), ...seats[b][member] };
    });
    this.dimension = layouts[0].dimension;
    this.count = shared.count;
    this.order = shared.order;
    this.bankStarts = shared.bankStarts;
    this.branches = shared.branches;
    this.trunk = shared.trunk;
    this.signs = layouts.map(({ signs }) => signs);
    this.#shared = shared;
  }

  /** Views of the tables: those of a memory that grew are void (empty) where threads do not share it. */
  #view(): void {
    if (this.#nodes.length > 0) return;
    const [{ arena }] = this.banks;
    const { layouts, count, rowCount, segmentCount } = this.#shared;
    this.#nodes = arena.i32(layouts[0].nodes, count * NODE_WORDS);
    this.#rows = arena.i32(layouts[0].rows, rowCount);
    this.#segments = arena.i32(layouts[0].segments, segmentCount * SEGMENT_WORDS);
  }

  node(s: number, field: NodeField): number {
    this.#view();
    return this.#nodes[s * NODE_WORDS + NODE_FIELDS.indexOf(field)];
  }

  /** Particles of R. */
  below(s: number): number {
    return this.node(s, "below") / this.dimension;
  }

  /** R: particles (factor order), ascending. */
  rows(s: number): Int32Array {
    this.#view();
    const start = this.node(s, "rows");
    return this.#rows.subarray(start, start + this.below(s));
  }

  bank(s: number): number {
    return this.bankStarts.length === 2 ? 0 : bankOf(this.bankStarts, s);
  }

  /** Where in R a segment begins and ends, and the supernode that owns its columns. */
  segment(k: number): readonly [first: number, last: number, owner: number] {
    this.#view();
    const at = k * SEGMENT_WORDS;
    return [this.#segments[at], this.#segments[at + 1], this.#segments[at + 2]];
  }

  /** Operations to factorise supernode s, in millions. */
  work(s: number): number {
    const [c, m] = [this.node(s, "columns"), this.node(s, "below")];
    return (c * c * (c / 3 + m) + c * m * m) / 1e6;
  }
}

/** The first place of an ascending list whose number is not below x. */
export function lowerBound(list: Int32Array, x: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
