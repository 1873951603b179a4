import type { CholeskyFactor } from "./factorize.ts";
import { solveInPlace } from "./solve.ts";
import { symmetricEigen } from "./symmetriceigen.ts";
import { removeTranslations } from "./translations.ts";

/** A growing orthonormal basis V of a block Krylov space of A = P·(M+σ)⁻¹·P, and the projected A. */
export interface Krylov {
  readonly factor: CholeskyFactor;
  readonly deflated: readonly Int32Array[];
  /** doubles between vectors: N·d rounded up to even, the odd one 0 */
  readonly stride: number;
  readonly block: number;
  readonly limit: number;
  /** byte addresses of the basis, one block of work vectors, and coefficients */
  readonly basis: number;
  readonly work: number;
  readonly coefficients: number;
  /** limit×limit, row j = coefficients of A·v_j on the basis, for the processed j */
  readonly projected: Float64Array;
  /** vectors in the basis, and how many of them A was applied to */
  size: number;
  processed: number;
  /** the space is invariant or the basis full: no step adds anything */
  exhausted: boolean;
}

/** A Ritz pair: θ ≈ eigenvalue of A, its coefficients on the basis, ‖A·y − θ·y‖. */
export interface RitzPair {
  readonly theta: number;
  readonly coefficients: Float64Array;
  readonly residual: number;
}

/** Relative length below which a vector counts as inside the basis. */
const DEPENDENT = 1e-12;

/** Starts a basis with `block` deterministic vectors, the first of them the guess if there is one. */
export function krylov(
  factor: CholeskyFactor,
  options: {
    readonly deflated: readonly Int32Array[];
    readonly limit: number;
    readonly block: number;
    readonly start?: Float64Array | undefined;
  },
): Krylov {
  const { deflated, limit, block, start } = options;
  const { arena, symbolic } = factor.workspace;
  const n = symbolic.pattern.size * symbolic.dimension;
  const stride = n + (n & 1);
  const space: Krylov = {
    factor,
    deflated,
    stride,
    block,
    limit,
    basis: arena.allocF64(limit * stride),
    work: arena.allocF64(block * stride),
    coefficients: arena.allocF64(limit),
    projected: new Float64Array(limit * limit),
    size: 0,
    processed: 0,
    exhausted: false,
  };
  for (let k = 0; k < block; k++) {
    const x = arena.f64(space.work, stride);
    fillStart(x, k, n);
    if (k === 0 && start) {
      const { order, dimension: d } = symbolic;
      for (let q = 0; q < n; q++) x[q] = start[order[Math.floor(q / d)]! * d + (q % d)]!;
    }
    removeTranslations(deflated, symbolic.dimension, x.subarray(0, n));
    append(space, space.work);
  }
  return space;
}

/** A fixed pseudo-random vector (Weyl sequences), different for every k. */
function fillStart(x: Float64Array, k: number, n: number): void {
  const step = 0.6180339887498949 + 0.7548776662466927 * k;
  for (let q = 0; q < n; q++) {
    const t = (q + 1) * step;
    const u = (t - Math.floor(t) + 0.1) * (q + 17) * 0.5698402909980532;
    x[q] = u - Math.floor(u) - 0.5;
  }
  if (x.length > n) x[n] = 0;
}

/** Applies A to the next block of vectors and orthogonalises the results into the basis. */
export function krylovStep(space: Krylov): void {
  const { factor, deflated, stride, basis, work, limit, projected } = space;
  const { arena, symbolic } = factor.workspace;
  const { position, dimension: d } = symbolic;
  const n = symbolic.pattern.size * d;
  const first = space.processed;
  const count = Math.min(space.block, space.size - first);
  const x = arena.f64(work, count * stride);
  x.set(arena.f64(basis + 8 * first * stride, count * stride));
  for (const pin of factor.pins) {
    for (let r = 0; r < count; r++)
      x.fill(0, r * stride + position[pin]! * d, r * stride + (position[pin]! + 1) * d);
  }
  solveInPlace(factor, work, count, stride);
  for (let r = 0; r < count; r++) {
    removeTranslations(deflated, d, x.subarray(r * stride, r * stride + n));
    append(space, work + 8 * r * stride, projected.subarray((first + r) * limit, (first + r + 1) * limit));
  }
  space.processed += count;
  space.exhausted = space.processed === space.size;
}

/**
 * Orthogonalises a vector against the basis (twice, classical Gram–Schmidt) and appends what remains; the
 * coefficients are added to `row`.
 */
function append(space: Krylov, at: number, row?: Float64Array): void {
  const { stride, basis, coefficients, limit } = space;
  const { arena, kernels } = space.factor.workspace;
  const x = arena.f64(at, stride);
  const h = arena.f64(coefficients, limit);
  const before = length(x);
  for (let pass = 0; pass < 2; pass++) {
    kernels.basisDot(stride, space.size, basis, at, coefficients);
    kernels.basisSubtract(stride, space.size, basis, at, coefficients);
    if (row) for (let k = 0; k < space.size; k++) row[k]! += h[k]!;
  }
  const rest = length(x);
  if (space.size === limit || !(rest > DEPENDENT * before)) return;
  if (row) row[space.size] = rest;
  const v = arena.f64(basis + 8 * space.size * stride, stride);
  for (let k = 0; k < stride; k++) v[k] = x[k]! / rest;
  space.size++;
}

function length(x: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < x.length; k++) sum += x[k]! * x[k]!;
  return Math.sqrt(sum);
}

/** The `count` largest Ritz pairs of the processed part of the basis (fewer where it is smaller). */
export function ritz({ projected, limit, processed, size }: Krylov, count: number): RitzPair[] {
  const p = processed;
  const small = new Float64Array(p * p);
  for (let j = 0; j < p; j++)
    for (let i = 0; i < p; i++)
      small[i * p + j] = 0.5 * (projected[j * limit + i]! + projected[i * limit + j]!);
  const { values, vectors } = symmetricEigen(small);
  return Array.from({ length: Math.min(count, p) }, (_, k) => {
    const row = p - 1 - k;
    const coefficients = vectors.slice(row * p, (row + 1) * p);
    let residual = 0;
    for (let i = p; i < size; i++) {
      let coupling = 0;
      for (let j = 0; j < p; j++) coupling += projected[j * limit + i]! * coefficients[j]!;
      residual += coupling * coupling;
    }
    return { theta: values[row]!, coefficients, residual: Math.sqrt(residual) };
  });
}

/** y = V·s, unit length, factor order. */
export function ritzVector(space: Krylov, { coefficients }: RitzPair): Float64Array {
  const { factor, stride, basis, work } = space;
  const { arena, kernels, symbolic } = factor.workspace;
  const h = arena.f64(space.coefficients, coefficients.length);
  for (let k = 0; k < coefficients.length; k++) h[k] = -coefficients[k]!;
  const y = arena.f64(work, stride).fill(0);
  kernels.basisSubtract(stride, coefficients.length, basis, work, space.coefficients);
  const norm = length(y);
  return y.slice(0, symbolic.pattern.size * symbolic.dimension).map((v) => v / norm);
}
