import type { CholeskyFactor } from "./factorize.ts";
import { solveInPlace } from "./solve.ts";
import { symmetricEigen } from "./symmetriceigen.ts";
import { removeTranslations } from "./translations.ts";

/** A growing orthonormal basis V of a block Krylov space of A = P·(M+σ)⁻¹·P, and the projected A. */
export interface Krylov {
  readonly factor: CholeskyFactor;
  readonly deflated: readonly Int32Array[];
  /** √m of each particle, factor order: A is √m·P·(M+σ)⁻¹·P·√m. Absent: all are 1. */
  readonly root: Float64Array | undefined;
  /** doubles between vectors: N·d rounded up to whole cache lines, the rest 0 */
  readonly stride: number;
  readonly block: number;
  /** dimension of the space that A acts on, and the most vectors wanted */
  readonly available: number;
  readonly limit: number;
  /** byte addresses: one block of work vectors, coefficients, and the basis, which grows at the arena's end */
  readonly work: number;
  readonly coefficients: number;
  readonly basis: number;
  /** row j = coefficients of A·v_j on the basis, for the processed j */
  readonly projected: Float64Array[];
  /** vectors in the basis */
  size: number;
}

/** A Ritz pair: θ ≈ eigenvalue of A, its coefficients on the basis, ‖A·y − θ·y‖. */
export interface RitzPair {
  readonly theta: number;
  readonly coefficients: Float64Array;
  readonly residual: number;
}

/** Relative length below which a vector counts as inside the basis. */
const DEPENDENT = 1e-13;
/** Relative length below which the old basis is gone through again. */
const LITTLE = 1e-2;
/** Orthogonalisation is repeated while it shortens the vector by more than this. */
const KEPT = 0.7;

/** Starts a basis with `block` deterministic vectors, the first of them the guess if there is one. */
export function krylov(
  factor: CholeskyFactor,
  options: Pick<Krylov, "deflated" | "root" | "available" | "limit" | "block"> & {
    start?: Float64Array | undefined;
  },
): Krylov {
  const { block, limit, start } = options;
  const { arena, symbolic } = factor.workspace;
  const { order, dimension: d } = symbolic;
  const n = order.length * d;
  const stride = (n + 7) & ~7;
  const space: Krylov = {
    factor,
    deflated: options.deflated,
    root: options.root,
    available: options.available,
    limit,
    block,
    stride,
    work: arena.allocF64(block * stride),
    coefficients: arena.allocF64(limit * block),
    basis: arena.allocF64(0),
    projected: [],
    size: 0,
  };
  for (let k = 0; k < block; k++) {
    const x = arena.f64(space.work, stride);
    if (k === 0 && start) {
      x.fill(0);
      const seen = d - hiddenOf(factor);
      for (let q = 0; q < order.length; q++)
        for (let a = 0; a < seen; a++) x[q * d + a] = start[order[q] * seen + a];
      if (append(space, space.work)) continue;
    }
    appendFresh(space);
  }
  return space;
}

/** Appends a fixed pseudo-random vector (Weyl sequences), another one for every size of the basis. */
function appendFresh(space: Krylov): boolean {
  const { arena, symbolic } = space.factor.workspace;
  const n = symbolic.order.length * symbolic.dimension;
  const at = space.work;
  const x = arena.f64(at, space.stride).fill(0);
  const step = 0.6180339887498949 + 0.7548776662466927 * space.size;
  for (let q = 0; q < n; q++) {
    const t = (q + 1) * step;
    const u = (t - Math.floor(t) + 0.1) * (q + 17) * 0.5698402909980532;
    x[q] = u - Math.floor(u) - 0.5;
  }
  withoutHidden(space.factor, x);
  return append(space, at);
}

function hiddenOf({ matrix }: CholeskyFactor): number {
  return matrix.hidden ?? 0;
}

/** Sets hidden unknowns to 0: what is left of A⁻¹ is M⁻¹. */
function withoutHidden(factor: CholeskyFactor, x: Float64Array): void {
  const hidden = hiddenOf(factor);
  if (hidden === 0) return;
  const { order, dimension: d } = factor.workspace.symbolic;
  for (let k = 0; k < order.length; k++) x.fill(0, (k + 1) * d - hidden, (k + 1) * d);
}

/** Whether another step has room; if not, the space is complete or the basis as large as allowed. */
export function hasRoom({ projected, size, available, limit, block }: Krylov): boolean {
  if (projected.length === size) return false;
  return limit === available || size + block <= limit;
}

/** Applies A to the next block of vectors and orthogonalises the results into the basis. */
export function krylovStep(space: Krylov): void {
  const { factor, stride, basis, work, projected } = space;
  const { arena, symbolic } = factor.workspace;
  const { position, dimension: d } = symbolic;
  const first = projected.length;
  const count = Math.min(space.block, space.size - first);
  const x = arena.f64(work, count * stride);
  x.set(arena.f64(basis + 8 * first * stride, count * stride));
  scale(space, x);
  for (const pin of factor.pins) {
    for (let r = 0; r < count; r++) {
      const at = r * stride + position[pin] * d;
      x.fill(0, at, at + d);
    }
  }
  solveInPlace(factor, work, count, stride);
  scale(space, arena.f64(work, count * stride));
  for (let r = 0; r < count; r++) withoutHidden(factor, arena.f64(work + 8 * r * stride, stride));
  const rows = Array.from({ length: count }, () => new Float64Array(space.limit));
  const old = space.size;
  const originals = orthogonaliseBlock(space, rows);
  let lost = 0;
  for (let r = 0; r < count; r++) {
    if (!append(space, work + 8 * r * stride, { old, row: rows[r], original: originals[r] })) lost++;
  }
  projected.push(...rows);
  // An invariant subspace is left by a fresh direction, so that further copies of a level are found.
  for (; lost > 0 && space.size < space.limit; lost--) appendFresh(space);
}

/** Vectors times √m, where masses differ. */
function scale({ root, stride, factor }: Krylov, vectors: Float64Array): void {
  if (!root) return;
  const { dimension: d } = factor.workspace.symbolic;
  for (let at = 0; at < vectors.length; at += stride)
    for (let k = 0; k < root.length * d; k++) vectors[at + k] *= root[Math.floor(k / d)];
}

/** Two passes of classical Gram–Schmidt of the work vectors against the basis; returns their lengths before. */
function orthogonaliseBlock(space: Krylov, rows: readonly Float64Array[]): number[] {
  const { factor, deflated, stride, basis, work, coefficients, size } = space;
  const { arena, kernels, symbolic } = factor.workspace;
  const d = symbolic.dimension;
  const originals = rows.map((_, r) => {
    const x = arena.f64(work + 8 * r * stride, symbolic.order.length * d);
    removeTranslations(deflated, d, x, space.root);
    return length(x);
  });
  for (let pass = 0; pass < 2; pass++) {
    kernels.basisDot(stride, size, basis, rows.length, work, coefficients);
    kernels.basisSubtract(stride, size, basis, rows.length, work, coefficients);
    const h = arena.f64(coefficients, rows.length * size);
    rows.forEach((row, r) => {
      for (let k = 0; k < size; k++) row[k] += h[r * size + k];
    });
  }
  return originals;
}

/** What a vector went through already: basis vectors projected out, their coefficients, its length before. */
interface BlockPass {
  readonly old: number;
  readonly row: Float64Array;
  readonly original: number;
}

/**
 * Orthogonalises a vector against translations and basis (classical Gram–Schmidt, repeated as needed) and
 * appends what remains, if anything does; the coefficients are added to `row`. Basis vectors done already are
 * left out, unless so little remains that rounding brings them back.
 */
function append(space: Krylov, at: number, done?: BlockPass): boolean {
  const { stride, limit, deflated } = space;
  const { arena, symbolic } = space.factor.workspace;
  const n = symbolic.order.length * symbolic.dimension;
  if (!done) removeTranslations(deflated, symbolic.dimension, arena.f64(at, n), space.root);
  let rest = length(arena.f64(at, n));
  const original = done?.original ?? rest;
  for (let before = Number.POSITIVE_INFINITY; rest < KEPT * before && rest > DEPENDENT * original; ) {
    before = rest;
    const from = done && rest > LITTLE * original ? done.old : 0;
    project(space, at, from, done?.row);
    // Every time: what little translation rounding brings would grow from vector to vector.
    removeTranslations(deflated, symbolic.dimension, arena.f64(at, n), space.root);
    rest = length(arena.f64(at, n));
  }
  if (space.size === limit || !(rest > DEPENDENT * original)) return false;
  if (done) done.row[space.size] = rest;
  const v = arena.f64(arena.allocF64(stride), stride);
  const x = arena.f64(at, stride);
  for (let k = 0; k < stride; k++) v[k] = x[k] / rest;
  space.size++;
  return true;
}

/** x ← x − Σ (v_k·x)·v_k over basis vectors from…size−1; coefficients are added to `row`. */
function project(space: Krylov, at: number, from: number, row: Float64Array | undefined): void {
  const { factor, stride, basis, coefficients, size } = space;
  const { arena, kernels } = factor.workspace;
  const start = basis + 8 * from * stride;
  kernels.basisDot(stride, size - from, start, 1, at, coefficients);
  kernels.basisSubtract(stride, size - from, start, 1, at, coefficients);
  if (!row) return;
  const h = arena.f64(coefficients, size - from);
  for (let k = from; k < size; k++) row[k] += h[k - from];
}

function length(x: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < x.length; k++) sum += x[k] * x[k];
  return Math.sqrt(sum);
}

/** The `count` largest Ritz pairs of the processed part of the basis (fewer where it is smaller). */
export function ritz({ projected, size }: Krylov, count: number): RitzPair[] {
  const p = projected.length;
  const small = new Float64Array(p * p);
  for (let j = 0; j < p; j++)
    for (let i = 0; i < p; i++) small[i * p + j] = 0.5 * (projected[j][i] + projected[i][j]);
  const { values, vectors } = symmetricEigen(small);
  return Array.from({ length: Math.min(count, p) }, (_, k) => {
    const row = p - 1 - k;
    const coefficients = vectors.slice(row * p, (row + 1) * p);
    let residual = 0;
    for (let i = p; i < size; i++) {
      let coupling = 0;
      for (let j = 0; j < p; j++) coupling += projected[j][i] * coefficients[j];
      residual += coupling * coupling;
    }
    return { theta: values[row], coefficients, residual: Math.sqrt(residual) };
  });
}

/** y = V·s, unit length, factor order. */
export function ritzVector(space: Krylov, { coefficients }: RitzPair): Float64Array {
  const { factor, stride, basis, work } = space;
  const { arena, kernels, symbolic } = factor.workspace;
  const h = arena.f64(space.coefficients, coefficients.length);
  for (let k = 0; k < coefficients.length; k++) h[k] = -coefficients[k];
  const y = arena.f64(work, stride).fill(0);
  kernels.basisSubtract(stride, coefficients.length, basis, 1, work, space.coefficients);
  const norm = length(y);
  return y.slice(0, symbolic.pattern.size * symbolic.dimension).map((v) => v / norm);
}
