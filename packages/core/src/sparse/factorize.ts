import { SoftfieldError } from "../errors.ts";
import { nodeField } from "../kernels/index.ts";
import type { WorkControl } from "../progress.ts";
import type { BlockSymmetric } from "./blocksymmetric.ts";
import { nodeFlops, sweep } from "./sweep.ts";
import type { CholeskySymbolic } from "./symbolic.ts";
import { together } from "./together.ts";
import {
  bankOf,
  type CholeskyWorkspace,
  createWorkspace,
  inverted,
  type WorkspaceOptions,
} from "./workspace.ts";

/** What `factorize` leaves out, and where it works. */
export interface FactorizeOptions extends WorkspaceOptions {
  /** Particles whose rows and columns are dropped: one a connected component of a translation-invariant matrix. */
  readonly pins?: readonly number[] | Int32Array;
  /** Components that a pin drops, the first ones of the particle's block (default: all that are not hidden). */
  readonly pinned?: number;
  /** σ of M + σ·1 (default 0); unit of M. */
  readonly shift?: number;
  /** A pivot is accepted above this share of its diagonal entry of M + σ·1 (default 1e-13). */
  readonly tolerance?: number;
  /** Memory of an earlier factor of the same symbolic analysis; that factor is overwritten. */
  readonly workspace?: CholeskyWorkspace;
}

/**
 * L of L·Lᵀ = P(M + σ·1)Pᵀ (L·S·Lᵀ with `signed`) without the pinned rows; lives in its workspace until that is
 * factorised again.
 */
export interface CholeskyFactor {
  readonly workspace: CholeskyWorkspace;
  readonly matrix: BlockSymmetric;
  readonly pins: Int32Array;
  /** Components of each pin that are dropped. */
  readonly pinned: number;
  /** Negative pivots: by Sylvester's law the negative eigenvalues of the matrix; 0 without `signed`. */
  readonly negative: number;
  readonly shift: number;
}

/**
 * A factor, or the particle (and component) at which elimination met a pivot that is not positive: the pinned
 * matrix is indefinite, or singular to working precision.
 */
export type CholeskyResult =
  | { readonly status: "ok"; readonly factor: CholeskyFactor }
  | {
      readonly status: "indefinite";
      readonly particle: number;
      readonly component: number;
      readonly pivot: number;
    };

/**
 * Supernodal Cholesky of a block-symmetric matrix whose pattern was analysed.
 *
 * Pinned particles keep their place in the factor as an identity. Throws "usage" on a matrix of another
 * pattern or pins out of range, "resource" where memory is short. Cost: `symbolic.flops`, 8·nnz(L) bytes and padding.
 */
export function factorize(
  symbolic: CholeskySymbolic,
  matrix: BlockSymmetric,
  options: FactorizeOptions = {},
  control: WorkControl = {},
): CholeskyResult {
  checkPattern(symbolic, matrix);
  const pins = checkPins(symbolic, options.pins ?? []);
  const hidden = matrix.hidden ?? 0;
  const { pinned = symbolic.dimension - hidden } = options;
  const workspace = options.workspace ?? createWorkspace(symbolic, options, control);
  if (workspace.symbolic !== symbolic) {
    throw new SoftfieldError("usage", "factorize: the workspace belongs to another symbolic analysis");
  }
  const shift = options.shift ?? 0;
  inverted.delete(workspace);
  load(workspace, matrix, { pins, pinned, shift, tolerance: options.tolerance ?? 1e-13 });
  const failed =
    workspace.cut.trunk.length > 0
      ? together(workspace, { kind: "factorize" }, control)
      : alone(workspace, control);
  if (failed >= 0) return indefinite(workspace, failed);
  const negative = negativePivots(workspace);
  if (hidden > 0 && negative !== negativeHidden(matrix, hidden)) return indefinitePart(workspace, hidden);
  return { status: "ok", factor: { workspace, matrix, pins, pinned, negative, shift } };
}

/** One supernode after the other; the scalar column (factor order) of the first bad pivot, or −1. */
function alone({ symbolic, kernels, plan }: CholeskyWorkspace, control: WorkControl): number {
  const { count, pattern } = symbolic;
  kernels.assemble(plan, 0, count);
  let failed = -1;
  sweep({ stage: "factorize", count, cost: nodeFlops(symbolic), control }, (from, to) => {
    failed = kernels.factorRange(plan, from, to, pattern.size);
    return failed < 0;
  });
  return failed;
}

/** Whether blocks are those of the pattern that was analysed, none more and none fewer. */
export function hasPattern(
  { pattern, dimension }: CholeskySymbolic,
  blocks: Pick<BlockSymmetric, "size" | "dimension" | "columnStarts" | "rows">,
): boolean {
  return (
    blocks.dimension === dimension &&
    blocks.size === pattern.size &&
    (blocks.rows === pattern.rows || equal(blocks.rows, pattern.rows)) &&
    (blocks.columnStarts === pattern.columnStarts || equal(blocks.columnStarts, pattern.columnStarts))
  );
}

/** Refuses a matrix of another pattern than the one analysed. */
export function checkPattern(symbolic: CholeskySymbolic, matrix: BlockSymmetric): void {
  if (hasPattern(symbolic, matrix)) return;
  const { pattern, dimension } = symbolic;
  throw new SoftfieldError(
    "usage",
    `factorize: a matrix of ${matrix.size} ${matrix.dimension}×${matrix.dimension} blocks a side with ` +
      `${matrix.rows.length} lower blocks does not have the pattern analysed (${pattern.size}, ` +
      `${dimension}×${dimension}, ${pattern.rows.length}); analyse it anew`,
  );
}

function equal(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((x, k) => x === b[k]);
}

function checkPins({ pattern }: CholeskySymbolic, pins: readonly number[] | Int32Array): Int32Array {
  for (const pin of pins) {
    if (Number.isInteger(pin) && pin >= 0 && pin < pattern.size) continue;
    throw new SoftfieldError("usage", `factorize: pin ${pin} is not a particle of 0…${pattern.size - 1}`, {
      particle: pin,
    });
  }
  return Int32Array.from(pins);
}

/** Copies the blocks of M + σ·1, pinned rows replaced by the identity, and the least pivots accepted. */
function load(
  { symbolic, banks }: CholeskyWorkspace,
  matrix: BlockSymmetric,
  {
    pins,
    pinned: most,
    shift,
    tolerance,
  }: { pins: Int32Array; pinned: number; shift: number; tolerance: number },
): void {
  const { size, dimension: d, rows } = matrix;
  const dd = d * d;
  const [{ arena, layout }] = banks;
  const lower = arena.f64(layout.lower, rows.length * dd);
  const diagonal = arena.f64(layout.diagonal, size * dd);
  const floors = arena.f64(layout.floors, size * d);
  lower.set(matrix.lower);
  diagonal.set(matrix.diagonal);
  dropPins({ ...matrix, lower, diagonal }, pins, most);
  for (const pin of pins) for (let a = 0; a < most; a++) diagonal[pin * dd + a * (d + 1)] = 1 - shift;
  const seen = d - (matrix.hidden ?? 0);
  for (let k = 0; k < size; k++) {
    for (let a = 0; a < d; a++) {
      const at = k * dd + a * (d + 1);
      const value = a < seen ? diagonal[at] + shift : diagonal[at];
      diagonal[at] = value;
      floors[symbolic.position[k] * d + a] = tolerance * Math.abs(value);
    }
  }
  for (const bank of banks.slice(1)) {
    bank.arena.f64(bank.layout.lower, lower.length).set(lower);
    bank.arena.f64(bank.layout.diagonal, diagonal.length).set(diagonal);
    bank.arena.f64(bank.layout.floors, floors.length).set(floors);
  }
}

/** Sets rows and columns of the first `pinned` components of the pins to 0. */
export function dropPins(
  { size, dimension: d, columnStarts, rows, lower, diagonal }: BlockSymmetric,
  pins: Int32Array,
  pinned: number,
): void {
  if (pins.length === 0) return;
  const dd = d * d;
  const dropped = new Int32Array(size);
  for (const pin of pins) dropped[pin] = pinned;
  const clear = (blocks: Float64Array, at: number, height: number, width: number) => {
    for (let a = 0; a < d; a++)
      for (let b = 0; b < d; b++) if (a < height || b < width) blocks[at + a * d + b] = 0;
  };
  for (let k = 0; k < size; k++) {
    if (dropped[k]) clear(diagonal, k * dd, pinned, pinned);
    for (let p = columnStarts[k]; p < columnStarts[k + 1]; p++) {
      const row = dropped[rows[p]];
      if (row | dropped[k]) clear(lower, p * dd, row, dropped[k]);
    }
  }
}

/** Negative pivots that hidden unknowns bring where M is positive definite: those of D (Sylvester's law of inertia). */
function negativeHidden({ size, dimension: w, diagonal }: BlockSymmetric, hidden: number): number {
  let count = 0;
  for (let k = 0; k < size; k++)
    for (let a = w - hidden; a < w; a++) if (diagonal[(k * w + a) * w + a] < 0) count++;
  return count;
}

/** The particle at which the count of signs goes wrong first: M is not positive definite. */
function indefinitePart(workspace: CholeskyWorkspace, hidden: number): CholeskyResult {
  const { dimension: w, order, component } = workspace.symbolic;
  const signs = pivotSigns(workspace);
  const at = order.findIndex((_, k) => signs.subarray(k * w, (k + 1) * w - hidden).some((sign) => sign < 0));
  const particle = order[Math.max(0, at)];
  return { status: "indefinite", particle, component: component[particle], pivot: -1 };
}

/** How many pivots of a signed factor are negative. */
function negativePivots(workspace: CholeskyWorkspace): number {
  if (!workspace.layout.signs) return 0;
  return pivotSigns(workspace).reduce((count, sign) => count + (sign < 0 ? 1 : 0), 0);
}

/** Signs of the pivots of a signed factor, by scalar column in factor order. */
function pivotSigns({ symbolic, banks, bankStarts }: CholeskyWorkspace): Float64Array {
  const { dimension: w, pattern, firsts } = symbolic;
  const signs = new Float64Array(pattern.size * w);
  banks.forEach(({ arena, layout }, b) => {
    const [from, to] = [firsts[bankStarts[b]] * w, firsts[bankStarts[b + 1]] * w];
    signs.set(arena.f64(layout.signs + 8 * from, to - from), from);
  });
  return signs;
}

/** Reads the bad pivot back and says whose it is. */
function indefinite(workspace: CholeskyWorkspace, scalar: number): CholeskyResult {
  const { dimension: d, owner, order, firsts, component } = workspace.symbolic;
  const at = Math.floor(scalar / d);
  const s = owner[at];
  const pivot = pivotsOf(workspace, s)(scalar - firsts[s] * d);
  const particle = order[at];
  return { status: "indefinite", particle, component: component[particle], pivot };
}

/** The diagonal of L of a supernode, by column. */
export function pivotsOf({ banks, bankStarts }: CholeskyWorkspace, s: number): (column: number) => number {
  const { arena, layout } = banks[bankOf(bankStarts, s)];
  const [panel, stride] = [nodeField(arena, layout, s, "panel"), nodeField(arena, layout, s, "stride")];
  return (column) => arena.f64(layout.values + 8 * (panel + column * (stride + 1)), 1)[0];
}
