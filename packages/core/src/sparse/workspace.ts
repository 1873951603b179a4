import {
  type Arena,
  createLinalg,
  dropLargeArena,
  type Linalg,
  PLAN_FIELDS,
  PLAN_WORDS,
  type Plan,
  relaxedSupported,
  takeArena,
} from "../kernels/index.ts";
import type { WorkControl } from "../progress.ts";
import { fillIndexTables, type IndexTables } from "./indextables.ts";
import { requireMemory } from "./memory.ts";
import { type NodeSizes, type NodeTables, nodeTables } from "./nodetables.ts";
import type { CholeskySymbolic } from "./symbolic.ts";
import { currentTeam } from "./team.ts";
import { cutTree, piecesFor, type TreeCut, uncut } from "./treecut.ts";

/** A part of a factor in one WebAssembly memory: the panels of a range of supernodes, and all index tables. */
export interface Bank {
  readonly arena: Arena;
  readonly kernels: Linalg;
  /** where everything lies, with the workspaces of the first thread */
  readonly layout: Plan;
  /** Of each thread: its plans of branches and of the trunk, and vectors for it to solve in. */
  readonly seats: readonly Seat[];
}

/** What a thread has to itself in a bank: byte addresses. */
export interface Seat {
  readonly branch: number;
  readonly trunk: number;
  /** its `squareWork` */
  readonly square: number;
  /** room for `VECTORS` vectors; 0 in the first bank, where vectors are */
  readonly vectors: number;
}

/**
 * Memory for the factor of one symbolic analysis: panels of L, the stack of Z, workspaces and index tables, in one
 * WebAssembly memory or, past its 4 GiB, in several. One at a time holds one factor; factorising again overwrites it.
 */
export interface CholeskyWorkspace {
  readonly symbolic: CholeskySymbolic;
  /** the first bank's */
  readonly arena: Arena;
  readonly kernels: Linalg;
  /** byte address of the plan */
  readonly plan: number;
  readonly layout: Plan;
  /** arena mark above the workspace: what lies beyond is scratch of single calls */
  readonly scratch: number;
  readonly cut: TreeCut;
  readonly banks: readonly Bank[];
  /** first supernode of each bank, and the count of supernodes */
  readonly bankStarts: Int32Array;
  /** threads that it has room for */
  readonly threads: number;
  readonly relaxed: boolean;
}

/** "fast" (default): fused multiply-add where the engine has it; "reproducible": the same bits on every machine. */
export type Arithmetic = "fast" | "reproducible";

/** How a factor is laid out for threads and in memories. */
export interface WorkspaceLayout {
  /** Branches of the tree have at most 1/parts of the work; 1: it is not cut. */
  readonly parts?: number;
  /** Threads of the team that there is room for. */
  readonly threads?: number;
  /** Bytes of panels in one memory. */
  readonly bankBytes?: number;
}

/** Of each workspace, the factor whose selected inverse its banks' blocks hold; none where they hold a matrix. */
export const inverted = new WeakMap<CholeskyWorkspace, object>();

/** By which arithmetic a workspace factorises and solves. */
export interface WorkspaceOptions {
  readonly arithmetic?: Arithmetic;
  /** Instead of `arithmetic`: kernels of one's own on the arena, such as the plain twins of the tests. */
  readonly kernels?: (arena: Arena) => Linalg;
  /** Pivots may be negative: A = L·S·Lᵀ (default: A = L·Lᵀ, unless there are hidden unknowns). */
  readonly signed?: boolean;
  /** Memory to reuse from a workspace no longer needed; its contents are lost. */
  readonly arena?: Arena;
  /** How it is laid out; by default as the work, the team, and memories of 4 GiB advise. No result depends on it. */
  readonly layout?: WorkspaceLayout;
}

/** Less work than this is not worth waking other threads for (operations of a factorisation). */
const TEAM_FLOPS = 1e9;
/** A larger factor is cut, so that workspaces stay small beside it (bytes). */
const WHOLE_BYTES = 2 ** 29;
/** A bank's memory, but for a rest of the 4 GiB that vectors need. */
const BANK_BYTES = 3.75 * 2 ** 30;
/** Beyond, branches are as small as they get. */
const MOST_PIECES = 1024;
/** `panelWork` of the kernels, before there are kernels. */
const PANEL = 163_856;
/** Memory grows with the number of particles at least to this power (in three dimensions 1.45). */
const GROWTH = 1.2;
/** Vectors that a thread solves at a time where a factor has several banks. */
export const VECTORS = 4;

/**
 * Lays a factor out in memory; `control` is told what the work on it takes. Throws "resource" where there is not so much
 * memory. Cost O(index tables).
 */
export function createWorkspace(
  symbolic: CholeskySymbolic,
  options: WorkspaceOptions = {},
  control: WorkControl = {},
): CholeskyWorkspace {
  const { signed = symbolic.hidden > 0, layout = {} } = options;
  const team = options.kernels || symbolic.flops < TEAM_FLOPS ? undefined : currentTeam();
  const { parts, threads = team?.size ?? 1, bankBytes } = layout;
  const alone = 8 * symbolic.nonzeros > WHOLE_BYTES ? 4 : 1;
  const pieces = parts ?? (threads > 1 ? piecesFor(symbolic, threads) : alone);
  const beside = (sizes: NodeSizes & Pick<NodeTables, "local">) =>
    bytesBeside(symbolic, sizes, threads, signed);
  const { size } = symbolic.pattern;
  const vectors = 8 * threads * VECTORS * size * symbolic.dimension;
  /** In so many pieces; in more where one that stays together, a branch, is larger than a memory. */
  const laidOut = (of: number): { cut: TreeCut; tables: NodeTables } => {
    const cut = of > 1 && !options.kernels ? cutTree(symbolic, of) : uncut(symbolic);
    const room = (all: Parameters<typeof beside>[0]) => (bankBytes ?? BANK_BYTES - beside(all) - vectors) / 8;
    const tables = nodeTables(symbolic, cut, (all) => (cut.trunk.length === 0 ? Infinity : room(all)));
    const fits = tables.valueLengths.every((length, b) => length + tables.inverseLengths[b] <= room(tables));
    return fits || bankBytes !== undefined || of === 1 || of > MOST_PIECES
      ? { cut, tables }
      : laidOut(2 * of);
  };
  const { cut, tables } = laidOut(pieces);
  const relaxed = options.arithmetic !== "reproducible" && relaxedSupported();
  const reused = options.arena?.shared === threads > 1 ? options.arena : undefined;
  const panels = tables.valueLengths.reduce((sum, length, b) => sum + length + tables.inverseLengths[b], 0);
  const bankCount = tables.valueLengths.length;
  const need = 8 * panels + bankCount * beside(tables) + (bankCount - 1) * vectors;
  requireMemory(need - (reused?.memory.buffer.byteLength ?? 0), size, GROWTH);
  control.onEstimate?.({ size, bytes: need, operations: 3 * symbolic.flops, threads });
  const banks = tables.valueLengths.map((_, b) => {
    const bytes = 8 * (tables.valueLengths[b] + tables.inverseLengths[b]);
    const arena = (b === 0 && reused) || takeArena(Math.min(bytes, 2 ** 30), threads > 1);
    arena.reset();
    const kernels = options.kernels?.(arena) ?? createLinalg(arena, relaxed ? "relaxed" : "simd");
    return layBank({ symbolic, tables, arena, kernels, b, threads, signed });
  });
  dropLargeArena();
  fillTables(symbolic, banks, tables);
  const [first] = banks;
  return {
    ...{ symbolic, cut, banks, threads, relaxed },
    arena: first.arena,
    kernels: first.kernels,
    layout: first.layout,
    plan: first.seats[0].branch,
    scratch: first.arena.used,
    bankStarts: tables.banks,
  };
}

interface BankPlan {
  readonly symbolic: CholeskySymbolic;
  readonly tables: NodeTables;
  readonly arena: Arena;
  readonly kernels: Linalg;
  readonly b: number;
  readonly threads: number;
  readonly signed: boolean;
}

function layBank({ symbolic, tables, arena, kernels, b, threads, signed }: BankPlan): Bank {
  const { pattern, dimension: d, order } = symbolic;
  const { lengths } = tables;
  const put = (plan: Plan) => writePlan(arena, plan);
  const common = {
    dimension: d,
    nodes: arena.putI32(tables.nodes),
    rows: arena.putI32(symbolic.rows),
    segments: arena.allocI32(lengths.segments),
    relative: arena.allocI32(lengths.relative),
    values: arena.allocF64(tables.valueLengths[b] + SLACK),
    inverse: arena.allocF64(tables.inverseLengths[b] + SLACK),
    floors: arena.allocF64(pattern.size * d),
    entryIds: arena.allocI32(lengths.entries),
    entryOffsets: arena.allocI32(lengths.entries),
    lower: arena.allocF64(pattern.rows.length * d * d),
    diagonal: arena.allocF64(pattern.size * d * d),
    order: arena.putI32(order),
    signs: signed ? arena.allocF64(pattern.size * d) : 0,
  };
  // where the trunk was inverted branches are inverted later
  const overlaid = arena.used;
  const front = worksOf(arena, tables.frontTriangle, tables.frontLeft);
  const end = arena.used;
  arena.release(overlaid);
  const branchWorks = Array.from({ length: threads }, () => ({
    ...worksOf(arena, tables.triangle, tables.left),
    local: arena.allocF64(tables.local + SLACK),
  }));
  if (end > arena.used) arena.alloc(end - arena.used);
  const plans = branchWorks.map(
    (works): Plan => ({
      ...common,
      ...works,
      squareWork: arena.allocF64(tables.square + SLACK),
      panelWork: arena.allocF64(Math.max(kernels.panelWork, tables.stride) + SLACK),
      signedWork: signed ? arena.allocF64(tables.strip + SLACK) : 0,
    }),
  );
  const seats = plans.map((plan) => ({
    branch: put(plan),
    trunk: put({ ...plan, ...front }),
    square: plan.squareWork,
    vectors: b === 0 ? 0 : arena.allocF64(VECTORS * pattern.size * d),
  }));
  return { arena, kernels, layout: plans[0], seats };
}

/** Fills the index tables of all banks: each has them all. */
function fillTables(symbolic: CholeskySymbolic, banks: readonly Bank[], sizes: NodeSizes): void {
  const [first, ...others] = banks.map((bank) => indexTables(bank, sizes));
  fillIndexTables(symbolic, first);
  for (const other of others)
    for (const name of Object.keys(first) as (keyof IndexTables)[]) other[name].set(first[name]);
}

/** Views of a bank's tables; valid as long as its memory does not grow. */
function indexTables({ arena, layout }: Bank, { nodes, lengths }: NodeSizes): IndexTables {
  return {
    nodes: arena.i32(layout.nodes, nodes.length),
    segments: arena.i32(layout.segments, lengths.segments),
    relative: arena.i32(layout.relative, lengths.relative),
    entryIds: arena.i32(layout.entryIds, lengths.entries),
    entryOffsets: arena.i32(layout.entryOffsets, lengths.entries),
  };
}

/** Where a supernode is inverted: room for its triangle, and twice for its triangle × R. */
function worksOf(
  arena: Arena,
  triangle: number,
  left: number,
): Pick<Plan, "triangleWork" | "leftWork" | "rightWork"> {
  return {
    triangleWork: arena.allocF64(triangle + SLACK),
    leftWork: arena.allocF64(left + SLACK),
    rightWork: arena.allocF64(left + SLACK),
  };
}

/** Bytes of a bank beside its panels, but for what is rounded up. */
function bytesBeside(
  { pattern, dimension: d, rows }: CholeskySymbolic,
  { nodes, lengths, frontTriangle, frontLeft, ...own }: NodeSizes & Pick<NodeTables, "local">,
  threads: number,
  signed: boolean,
): number {
  const { size, rows: entries } = pattern;
  const { square, triangle, left, strip, stride, local } = own;
  const common =
    4 * (nodes.length + rows.length + lengths.segments + lengths.relative + 2 * entries.length + size) +
    8 * (entries.length * d * d + size * d * (d + 2));
  const each = square + Math.max(PANEL, stride) + (signed ? strip : 0);
  const works = Math.max(frontTriangle + 2 * frontLeft, threads * (triangle + 2 * left + local));
  return common + 8 * (works + threads * each);
}

/** A plan's header in memory: its address. */
export function writePlan(arena: Arena, plan: Plan): number {
  return writePlans(arena, [plan]);
}

/** Headers one behind the other: the address of the first. */
export function writePlans(arena: Arena, plans: readonly Plan[]): number {
  const at = arena.allocI32(PLAN_WORDS * plans.length);
  const words = plans.flatMap((plan) => PLAN_FIELDS.map((name) => plan[name]));
  arena.i32(at, words.length).set(words);
  return at;
}

/** The bank that holds the panels of supernode s. */
export function bankOf(starts: Int32Array, s: number): number {
  let b = 0;
  while (starts[b + 1] <= s) b++;
  return b;
}

/** Kernels read whole fours of rows, which may reach past the last one. */
export const SLACK = 8;
