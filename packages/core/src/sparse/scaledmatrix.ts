import { SoftfieldError } from "../errors.ts";
import { Arena, createProducts, type ProductKernels, relaxedSupported } from "../kernels/index.ts";
import { type BlockSymmetric, componentsOf, entryOf } from "./blocksymmetric.ts";
import { components, patternGraph } from "./graph.ts";
import type { Arithmetic } from "./workspace.ts";

/** Vectors that go through the matrix together. */
export const FOUR = 4;

/**
 * A positive semi-definite matrix too large for a factor: M = C·A·Cᵀ, C the Cholesky factors of its diagonal blocks, and
 * A with a unit diagonal, of which four products are made at a time. Uniform translations are taken to be the null space.
 * Particles have an order of their own in it, in which neighbours are near: see `gather` and `scatter`.
 */
export class ScaledMatrix {
  readonly size: number;
  readonly dimension: 2 | 3;
  readonly arena = new Arena();
  readonly #kernels: ProductKernels;
  readonly #width: number;
  readonly #starts: number;
  readonly #rows: number;
  readonly #lower: number;
  /** Where there are hidden unknowns: diagonal blocks, and what these unknowns are for the vectors at hand. */
  readonly #diagonal: number;
  readonly #hidden: number;
  /** size: the given index of each particle here */
  readonly #order: Int32Array;
  /** size×d×d, row-major, lower triangular: C and C⁻¹ */
  readonly #factors: Float64Array;
  readonly #inverses: Float64Array;
  /** d orthonormal null vectors of A, size×d each */
  readonly #null: readonly Float64Array[];

  /** Throws "not-a-minimum" where a diagonal block is not positive definite. O(blocks). */
  constructor(matrix: BlockSymmetric, arithmetic: Arithmetic) {
    const { size, dimension: w, diagonal } = matrix;
    const d = componentsOf(matrix);
    [this.size, this.dimension, this.#width] = [size, d, w];
    const fused = arithmetic === "fast" && relaxedSupported();
    this.#kernels = createProducts(this.arena, fused ? "relaxed" : "simd");
    const graph = patternGraph(matrix);
    this.#order = components(graph).order;
    this.#factors = new Float64Array(size * d * d);
    this.#inverses = new Float64Array(size * d * d);
    const own = shownDiagonal(matrix);
    this.#order.forEach((p, k) => {
      this.#factorBlock(own.subarray(p * d * d, (p + 1) * d * d), k, p);
    });
    const [starts, rows] = [new Int32Array(size + 1), new Int32Array(matrix.rows.length)];
    const places = new Int32Array(size);
    this.#order.forEach((p, k) => {
      places[p] = k;
    });
    this.#lower = this.arena.allocF64(matrix.lower.length);
    const scaled = this.arena.f64(this.#lower, matrix.lower.length);
    this.#order.forEach((p, k) => {
      const own = graph.neighbors.subarray(graph.starts[p], graph.starts[p + 1]);
      const later = own.map((i) => places[i]).filter((place) => place > k);
      starts[k + 1] = starts[k] + later.length;
      rows.set(later.sort(), starts[k]);
      for (let q = starts[k]; q < starts[k + 1]; q++) {
        const i = this.#order[rows[q]];
        const from = entryOf(matrix, Math.max(i, p), Math.min(i, p)) * w * w;
        const block = (a: number, b: number) => matrix.lower[from + (i > p ? a * w + b : b * w + a)];
        this.#scaleBlock(block, scaled.subarray(q * w * w, (q + 1) * w * w), rows[q], k);
      }
    });
    this.#starts = this.arena.putI32(starts);
    this.#rows = this.arena.putI32(rows);
    [this.#diagonal, this.#hidden] = [0, 0];
    if (w > d) {
      this.#hidden = this.arena.allocF64(size * FOUR);
      this.#diagonal = this.arena.allocF64(diagonal.length);
      const to = this.arena.f64(this.#diagonal, diagonal.length);
      this.#order.forEach((p, k) => {
        const block = (a: number, b: number) => diagonal[(p * w + a) * w + b];
        this.#scaleBlock(block, to.subarray(k * w * w, (k + 1) * w * w), k, k);
      });
    }
    this.#null = this.#nullVectors();
  }

  /** Doubles of four vectors. */
  get length(): number {
    return this.size * this.dimension * FOUR;
  }

  /** y ← A·x, byte addresses in the arena. */
  times(x: number, y: number): void {
    const [starts, rows, lower] = [this.#starts, this.#rows, this.#lower];
    if (this.#hidden === 0) this.#kernels.blockProduct(this.size, this.dimension, starts, rows, lower, x, y);
    else {
      const [w, diagonal, hidden] = [this.#width, this.#diagonal, this.#hidden];
      this.#kernels.hiddenProduct(this.size, w, starts, rows, lower, diagonal, x, y, hidden);
    }
  }

  /** Up to four vectors (N×d each, read) side by side; the others 0. */
  gather(vectors: readonly Float64Array[]): Float64Array {
    const d = this.dimension;
    const all = new Float64Array(this.length);
    vectors.forEach((v, r) => {
      this.#order.forEach((p, k) => {
        for (let a = 0; a < d; a++) all[(k * d + a) * FOUR + r] = v[p * d + a];
      });
    });
    return all;
  }

  /** The first `count` of four vectors side by side, N×d each. */
  scatter(x: Float64Array, count: number): Float64Array[] {
    const d = this.dimension;
    return Array.from({ length: count }, (_, r) => {
      const v = new Float64Array(this.size * d);
      this.#order.forEach((p, k) => {
        for (let a = 0; a < d; a++) v[p * d + a] = x[(k * d + a) * FOUR + r];
      });
      return v;
    });
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

  #factorBlock(diagonal: Float64Array, k: number, particle: number): void {
    const d = this.dimension;
    const at = k * d * d;
    const c = this.#factors.subarray(at, at + d * d);
    const inverse = this.#inverses.subarray(at, at + d * d);
    for (let a = 0; a < d; a++) {
      for (let b = 0; b <= a; b++) {
        let rest = diagonal[a * d + b];
        for (let e = 0; e < b; e++) rest -= c[a * d + e] * c[b * d + e];
        if (a === b && !(rest > 0)) {
          const why = "the Hessian has a diagonal block that is not positive definite";
          throw new SoftfieldError("not-a-minimum", why, { particle });
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

  /** C_i⁻¹·B·C_k⁻ᵀ, w×w; hidden unknowns as they are. */
  #scaleBlock(block: (a: number, b: number) => number, to: Float64Array, i: number, k: number): void {
    const [d, w] = [this.dimension, this.#width];
    const dd = d * d;
    const half = new Float64Array(w * w);
    for (let b = 0; b < w; b++) {
      for (let a = 0; a < d; a++)
        for (let e = 0; e <= a; e++) half[a * w + b] += this.#inverses[i * dd + a * d + e] * block(e, b);
      for (let a = d; a < w; a++) half[a * w + b] = block(a, b);
    }
    for (let a = 0; a < w; a++) {
      for (let b = 0; b < d; b++) {
        let sum = 0;
        for (let e = 0; e <= b; e++) sum += half[a * w + e] * this.#inverses[k * dd + b * d + e];
        to[a * w + b] = sum;
      }
      for (let b = d; b < w; b++) to[a * w + b] = half[a * w + b];
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

/** The diagonal blocks of M, size×d×d: with hidden unknowns, of K − B D⁻¹ Bᵀ. */
function shownDiagonal(matrix: BlockSymmetric): Float64Array {
  const { size, dimension: w, columnStarts, rows, lower, diagonal } = matrix;
  const d = componentsOf(matrix);
  const shown = new Float64Array(size * d * d);
  const take = (k: number, pivot: number, along: (a: number) => number) => {
    for (let a = 0; a < d; a++)
      for (let b = 0; b < d; b++) shown[(k * d + a) * d + b] -= (along(a) * along(b)) / pivot;
  };
  for (let k = 0; k < size; k++)
    for (let a = 0; a < d; a++)
      for (let b = 0; b < d; b++) shown[(k * d + a) * d + b] = diagonal[(k * w + a) * w + b];
  for (let h = d; h < w; h++) {
    const pivot = (k: number) => diagonal[(k * w + h) * w + h];
    for (let k = 0; k < size; k++) {
      take(k, pivot(k), (a) => diagonal[(k * w + a) * w + h]);
      for (let p = columnStarts[k]; p < columnStarts[k + 1]; p++) {
        take(k, pivot(rows[p]), (b) => lower[(p * w + h) * w + b]);
        take(rows[p], pivot(k), (a) => lower[(p * w + a) * w + h]);
      }
    }
  }
  return shown;
}
