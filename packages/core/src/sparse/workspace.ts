import {
  Arena,
  createLinalg,
  type Linalg,
  PLAN_FIELDS,
  PLAN_WORDS,
  type Plan,
  relaxedSupported,
} from "../kernels/index.ts";
import { nodeTables } from "./nodetables.ts";
import type { CholeskySymbolic } from "./symbolic.ts";

/**
 * Memory for the factor of one symbolic analysis: panels of L, the stack of Z, workspaces and index tables in
 * one WebAssembly memory. One at a time holds one factor; factorising again overwrites it.
 */
export interface CholeskyWorkspace {
  readonly symbolic: CholeskySymbolic;
  readonly arena: Arena;
  readonly kernels: Linalg;
  /** byte address of the plan */
  readonly plan: number;
  readonly layout: Plan;
  /** arena mark above the workspace: what lies beyond is scratch of single calls */
  readonly scratch: number;
}

/** "fast" (default): fused multiply-add where the engine has it; "reproducible": the same bits on every machine. */
export type Arithmetic = "fast" | "reproducible";

/** By which arithmetic a workspace factorises and solves. */
export interface WorkspaceOptions {
  readonly arithmetic?: Arithmetic;
  /** Instead of `arithmetic`: kernels of one's own on the arena, such as the plain twins of the tests. */
  readonly kernels?: (arena: Arena) => Linalg;
  /** Pivots may be negative: A = L·S·Lᵀ (default: A = L·Lᵀ, unless there are hidden unknowns). */
  readonly signed?: boolean;
  /** Memory to reuse from a workspace no longer needed; its contents are lost. */
  readonly arena?: Arena;
}

/** Lays a factor out in memory. Throws "resource" past 4 GiB. Cost O(index tables). */
export function createWorkspace(
  symbolic: CholeskySymbolic,
  options: WorkspaceOptions = {},
): CholeskyWorkspace {
  const { signed = symbolic.hidden > 0 } = options;
  const tables = nodeTables(symbolic);
  const bytes = 8 * (tables.valueLength + tables.inverseLength);
  const arena = options.arena ?? new Arena(bytes);
  arena.reset();
  const fused = options.arithmetic !== "reproducible" && relaxedSupported();
  const kernels = options.kernels?.(arena) ?? createLinalg(arena, fused ? "relaxed" : "simd");
  const { pattern, dimension: d, order } = symbolic;
  const { square, triangle, left, strip } = tables;
  const layout: Plan = {
    dimension: d,
    nodes: arena.putI32(tables.nodes),
    rows: arena.putI32(symbolic.rows),
    segments: arena.putI32(tables.segments),
    relative: arena.putI32(tables.relative),
    values: arena.allocF64(tables.valueLength + SLACK),
    inverse: arena.allocF64(tables.inverseLength + SLACK),
    squareWork: arena.allocF64(square + SLACK),
    triangleWork: arena.allocF64(triangle + SLACK),
    leftWork: arena.allocF64(left + SLACK),
    rightWork: arena.allocF64(left + SLACK),
    panelWork: arena.allocF64(Math.max(kernels.panelWork, tables.stride) + SLACK),
    floors: arena.allocF64(pattern.size * d),
    entryIds: arena.putI32(tables.entryIds),
    entryOffsets: arena.putI32(tables.entryOffsets),
    lower: arena.allocF64(pattern.rows.length * d * d),
    diagonal: arena.allocF64(pattern.size * d * d),
    order: arena.putI32(order),
    signs: signed ? arena.allocF64(pattern.size * d) : 0,
    signedWork: signed ? arena.allocF64(strip + SLACK) : 0,
  };
  const plan = arena.allocI32(PLAN_WORDS);
  arena.i32(plan, PLAN_WORDS).set(PLAN_FIELDS.map((name) => layout[name]));
  return { symbolic, arena, kernels, plan, layout, scratch: arena.used };
}

/** Kernels read whole fours of rows, which may reach past the last one. */
const SLACK = 8;
