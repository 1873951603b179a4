import { SoftfieldError } from "../errors.ts";
import { Arena, createProducts, type ProductKernels, relaxedSupported } from "../kernels/index.ts";
import type { WorkControl } from "../progress.ts";
import type { BlockSymmetric } from "./blocksymmetric.ts";
import type { Arithmetic } from "./workspace.ts";

/** Vectors that go through the matrix together. */
export const FOUR = 4;

/**
 * A positive semi-definite matrix too large for a factor: M = C·A·Cᵀ, C the Cholesky factors of its diagonal blocks, and
 * A with a unit diagonal, of which four products are made at a time. Uniform translations are taken to be the null space.
 */
export class ScaledMatrix {
  readonly size: number;
  readonly dimension: 2 | 3;
  readonly arena = new Arena();
  readonly #kernels: ProductKernels;
  readonly #starts: number;
  readonly #rows: number;
  readonly #lower: number;
  /** size×d×d, row-major, lower triangular: C and C⁻¹ */
  readonly #factors: Float64Array;
  readonly #inverses: Float64Array;
  /** d orthonormal null vectors of A, size×d each */
  readonly #null: readonly Float64Array[];

  /** Throws "not-a-minimum" where a diagonal block is not positive definite. */
  constructor(matrix: BlockSymmetric, arithmetic: Arithmetic) {
    const { size, columnStarts, rows, lower, dimension: d, hidden = 0 } = matrix;
    if (d === 4 || hidden > 0)
      throw new SoftfieldError("usage", "a matrix with hidden unknowns has no products of four");
    this.size = size;
    this.dimension = d;
    const fused = arithmetic === "fast" && relaxedSupported();
    this.#kernels = createProducts(this.arena, fused ? "relaxed" : "simd");
    this.#factors = new Float64Array(size * d * d);
    this.#inverses = new Float64Array(size * d * d);
    for (let k = 0; k < size; k++) this.#factorBlock(matrix.diagonal, k);
    this.#starts = this.arena.putI32(columnStarts);
    this.#rows = this.arena.putI32(rows);
    this.#lower = this.arena.allocF64(lower.length);
    const scaled = this.arena.f64(this.#lower, lower.length);
    for (let k = 0; k < size; k++)
      for (let p = columnStarts[k]; p < columnStarts[k + 1]; p++)
        this.#scaleBlock(lower, scaled, p, rows[p], k);
    this.#null = this.#nullVectors();
  }

  /** Doubles of four vectors. */
  get length(): number {
    return this.size * this.dimension * FOUR;
  }

  /** y ← A·x, byte addresses in the arena. */
  times(x: number, y: number): void {
    this.#kernels.blockProduct(this.size, this.dimension, this.#starts, this.#rows, this.#lower, x, y);
  }

  /** Takes the null space of A off four vectors. */
  withoutNull(x: Float64Array): void {
    for (const v of this.#null) {
      const along = [0, 0, 0, 0];
      for (let i = 0; i < v.length; i++) for (let r = 0; r < FOUR; r++) along[r] += v[i] * x[i * FOUR + r];
      for (let i = 0; i < v.length; i++) for (let r = 0; r < FOUR; r++) x[i * FOUR + r] -= v[i] * along[r];
    }
  }

  /** x ← C⁻¹·x (`transposed`: C⁻ᵀ·x), four vectors. */
  unscale(x: Float64Array, transposed: boolean): void {
    const d = this.dimension;
    const inverses = this.#inverses;
    const old = new Float64Array(d * FOUR);
    for (let k = 0; k < this.size; k++) {
      const at = k * d * FOUR;
      old.set(x.subarray(at, at + d * FOUR));
      for (let a = 0; a < d; a++) {
        for (let r = 0; r < FOUR; r++) {
          let sum = 0;
          for (let b = 0; b < d; b++)
            sum += inverses[k * d * d + (transposed ? b * d + a : a * d + b)] * old[b * FOUR + r];
          x[at + a * FOUR + r] = sum;
        }
      }
    }
  }

  #factorBlock(diagonal: Float64Array, k: number): void {
    const d = this.dimension;
    const at = k * d * d;
    const c = this.#factors.subarray(at, at + d * d);
    const inverse = this.#inverses.subarray(at, at + d * d);
    for (let a = 0; a < d; a++) {
      for (let b = 0; b <= a; b++) {
        let rest = diagonal[at + a * d + b];
        for (let e = 0; e < b; e++) rest -= c[a * d + e] * c[b * d + e];
        if (a === b && !(rest > 0)) {
          throw new SoftfieldError(
            "not-a-minimum",
            `the Hessian has a diagonal block that is not positive definite`,
            {
              particle: k,
            },
          );
        }
        c[a * d + b] = a === b ? Math.sqrt(rest) : rest / c[b * d + b];
      }
    }
    for (let b = 0; b < d; b++) {
      inverse[b * d + b] = 1 / c[b * d + b];
      for (let a = b + 1; a < d; a++) {
        let sum = 0;
        for (let e = b; e < a; e++) sum -= c[a * d + e] * inverse[e * d + b];
        inverse[a * d + b] = sum / c[a * d + a];
      }
    }
  }

  /** C_i⁻¹·B·C_k⁻ᵀ */
  #scaleBlock(from: Float64Array, to: Float64Array, p: number, i: number, k: number): void {
    const d = this.dimension;
    const dd = d * d;
    const half = new Float64Array(dd);
    for (let a = 0; a < d; a++)
      for (let b = 0; b < d; b++)
        for (let e = 0; e <= a; e++)
          half[a * d + b] += this.#inverses[i * dd + a * d + e] * from[p * dd + e * d + b];
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < d; b++) {
        let sum = 0;
        for (let e = 0; e <= b; e++) sum += half[a * d + e] * this.#inverses[k * dd + b * d + e];
        to[p * dd + a * d + b] = sum;
      }
    }
  }

  /** Cᵀ·1, orthonormal. */
  #nullVectors(): Float64Array[] {
    const d = this.dimension;
    const found: Float64Array[] = [];
    for (let a = 0; a < d; a++) {
      const v = Float64Array.from({ length: this.size * d }, (_, i) => {
        const [k, b] = [Math.floor(i / d), i % d];
        return this.#factors[k * d * d + a * d + b];
      });
      for (const w of [...found, ...found]) {
        let along = 0;
        for (let i = 0; i < v.length; i++) along += v[i] * w[i];
        for (let i = 0; i < v.length; i++) v[i] -= along * w[i];
      }
      let length = 0;
      for (let i = 0; i < v.length; i++) length += v[i] * v[i];
      length = Math.sqrt(length);
      for (let i = 0; i < v.length; i++) v[i] /= length;
      found.push(v);
    }
    return found;
  }
}

/** Sums of four vectors of products, component by component. */
export function dots(x: Float64Array, y: Float64Array): [number, number, number, number] {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let k = 0; k < x.length; k += 4) {
    a += x[k] * y[k];
    b += x[k + 1] * y[k + 1];
    c += x[k + 2] * y[k + 2];
    d += x[k + 3] * y[k + 3];
  }
  return [a, b, c, d];
}

/** y ← y + s·x, each of four vectors with its own s. */
export function addMultiple(y: Float64Array, s: readonly number[], x: Float64Array): void {
  const [a, b, c, d] = s;
  for (let k = 0; k < x.length; k += 4) {
    y[k] += a * x[k];
    y[k + 1] += b * x[k + 1];
    y[k + 2] += c * x[k + 2];
    y[k + 3] += d * x[k + 3];
  }
}

/** x ← s·x + y, each of four vectors with its own s. */
function multiplyAdd(x: Float64Array, s: readonly number[], y: Float64Array): void {
  const [a, b, c, d] = s;
  for (let k = 0; k < x.length; k += 4) {
    x[k] = a * x[k] + y[k];
    x[k + 1] = b * x[k + 1] + y[k + 1];
    x[k + 2] = c * x[k + 2] + y[k + 2];
    x[k + 3] = d * x[k + 3] + y[k + 3];
  }
}

/**
 * x of M·x = b for up to four right-hand sides (N×d each, without a mean; read) by conjugate gradients with the diagonal
 * blocks as preconditioner; x up to a common translation. `tolerance`: of the residual over that of x = 0. Throws
 * "numerics" where that takes more than 20,000 products, "not-a-minimum" where M turns out not to be positive definite.
 */
export function solveIteratively(
  matrix: ScaledMatrix,
  b: readonly Float64Array[],
  tolerance: number,
  control: WorkControl = {},
): Float64Array[] {
  const { arena } = matrix;
  const mark = arena.used;
  const [pAt, qAt] = [arena.allocF64(matrix.length), arena.allocF64(matrix.length)];
  const [p, q] = [arena.f64(pAt, matrix.length), arena.f64(qAt, matrix.length)];
  const r = sideBySide(b, matrix.length);
  matrix.unscale(r, false);
  matrix.withoutNull(r);
  const x = new Float64Array(matrix.length);
  p.set(r);
  let rr = dots(r, r);
  const goal = rr.map((square) => tolerance * tolerance * square);
  for (let step = 0; rr.some((square, k) => square > goal[k]); step++) {
    if (step > MAX_STEPS) {
      throw new SoftfieldError("numerics", `conjugate gradients do not converge in ${MAX_STEPS} products`);
    }
    if (step % 50 === 0) {
      if (control.signal?.aborted) throw new SoftfieldError("aborted", "solve: stopped on request");
      matrix.withoutNull(p);
    }
    matrix.times(pAt, qAt);
    const pq = dots(p, q);
    if (pq.some((curvature, k) => rr[k] > goal[k] && !(curvature > 0)))
      throw new SoftfieldError("not-a-minimum", "conjugate gradients met a direction of negative curvature");
    const alpha = rr.map((square, k) => (pq[k] > 0 ? square / pq[k] : 0));
    addMultiple(x, alpha, p);
    addMultiple(
      r,
      alpha.map((s) => -s),
      q,
    );
    const next = dots(r, r);
    multiplyAdd(
      p,
      next.map((square, k) => (rr[k] > 0 ? square / rr[k] : 0)),
      r,
    );
    rr = next;
  }
  matrix.unscale(x, true);
  arena.release(mark);
  return b.map((_, k) => Float64Array.from({ length: matrix.length / FOUR }, (_, i) => x[i * FOUR + k]));
}

const MAX_STEPS = 20_000;

/** Up to four vectors side by side; the others 0. */
function sideBySide(vectors: readonly Float64Array[], length: number): Float64Array {
  const all = new Float64Array(length);
  vectors.forEach((v, k) => {
    for (let i = 0; i < v.length; i++) all[i * FOUR + k] = v[i];
  });
  return all;
}
