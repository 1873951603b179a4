import type { Address, Arena, DynamicsKernels } from "../kernels/index.ts";
import type { Box } from "../space/index.ts";

/** Particles of a page: vectors have whole ones. */
export const PAGE = 64;

/** Where the dummy that pads neighbour rows sits: outside every cutoff, yet its powers neither over- nor underflow. */
const FAR = 1e10;

/**
 * Vectors with an entry a particle in the arena, in cell order (neighbours in space are neighbours in memory), and the
 * way between them and plain arrays in the caller's order.
 */
export class CellOrder {
  readonly count: number;
  readonly dimension: 2 | 3;
  /** f64 a particle in the arena: 2 in 2D, 4 in 3D (the last 0). */
  readonly stride: 2 | 4;
  /** i32 a particle: the caller's number of each. */
  readonly ids: Address;
  /** N×d i32: how many box vectors were taken off each position when it was wrapped. */
  readonly images: Address;
  readonly #arena: Arena;
  readonly #kernels: DynamicsKernels;
  readonly #scratch: Address;
  readonly #companions: Address[] = [];
  readonly #pool: Address[] = [];

  /** `ids`: N, the caller's number of the particle at each place, read. */
  constructor(arena: Arena, kernels: DynamicsKernels, ids: Int32Array, dimension: 2 | 3) {
    this.#arena = arena;
    this.#kernels = kernels;
    this.count = ids.length;
    this.dimension = dimension;
    this.stride = dimension === 2 ? 2 : 4;
    this.ids = arena.putI32(ids);
    this.images = arena.putI32(new Int32Array(ids.length * dimension));
    this.#scratch = this.newVector();
  }

  /** Length of a vector in f64. */
  get length(): number {
    return this.count * this.stride;
  }

  /** A zeroed vector of (N+1)·stride f64; it keeps to the order where `follow` is called. */
  newVector(): Address {
    const length = Math.ceil((this.count + 2) / PAGE) * PAGE * this.stride;
    const at = this.#arena.allocF64(length);
    this.#arena.f64(at, length).fill(0);
    return at;
  }

  /** A vector of positions: as `newVector`, with the dummy particle that pads neighbour rows behind the last. */
  newPositions(): Address {
    const at = this.newVector();
    this.#arena.f64(at + this.length * 8, 2).fill(FAR);
    return at;
  }

  /** The first `count` vectors of a pool: contents are unspecified, nothing else may hold on to them. */
  workVectors(count: number): Address[] {
    while (this.#pool.length < count) this.#pool.push(this.newVector());
    return this.#pool.slice(0, count);
  }

  /** Makes a vector of `newVector` follow when particles are put in another order. */
  follow(vector: Address): void {
    this.#companions.push(vector);
  }

  /** Puts particles, and the vectors that follow them, in another order; N i32, the present place of each. */
  reorder(order: Address): void {
    for (const at of this.#companions) this.#permute(order, at, this.stride * 2);
    this.#permute(order, this.images, this.dimension);
    this.#permute(order, this.ids, 1);
  }

  /** A copy of a vector in another order; valid until the next call or `reorder`. */
  gathered(order: Address, vector: Address): Address {
    this.#kernels.gather(this.count, this.stride * 2, order, vector, this.#scratch);
    return this.#scratch;
  }

  /** Copies a vector out, N×d, in the caller's order. */
  fromVector(vector: Address): Float64Array {
    const { count, dimension: d, stride } = this;
    const from = this.#arena.f64(vector, count * stride);
    const ids = this.#arena.i32(this.ids, count);
    const out = new Float64Array(count * d);
    for (let k = 0; k < count; k++) {
      for (let c = 0; c < d; c++) out[ids[k] * d + c] = from[k * stride + c];
    }
    return out;
  }

  /** Copies N×d values in the caller's order (read) into a vector. */
  toVector(values: Float64Array, vector: Address): void {
    const { count, dimension: d, stride } = this;
    const to = this.#arena.f64(vector, count * stride);
    const ids = this.#arena.i32(this.ids, count);
    for (let k = 0; k < count; k++) {
      for (let c = 0; c < d; c++) to[k * stride + c] = values[ids[k] * d + c];
    }
  }

  /** Wrapped positions of a vector along their continuous paths, N×d, in the caller's order. */
  unwrapped(vector: Address, { vectors: h }: Box): Float64Array {
    const { count, dimension: d } = this;
    const out = this.fromVector(vector);
    const images = this.#arena.i32(this.images, count * d);
    const ids = this.#arena.i32(this.ids, count);
    for (let k = 0; k < count; k++) {
      for (let a = 0; a < d; a++) {
        const turns = images[k * d + a];
        if (turns === 0) continue;
        for (let c = 0; c <= a; c++) out[ids[k] * d + c] += turns * h[a * d + c];
      }
    }
    return out;
  }

  /** The other way: positions along continuous paths (N×d, read) into a vector of wrapped ones. */
  wrap(positions: Float64Array, vector: Address, { vectors: h }: Box): void {
    const { count, dimension: d, stride } = this;
    this.toVector(positions, vector);
    const x = this.#arena.f64(vector, count * stride);
    const images = this.#arena.i32(this.images, count * d);
    for (let k = 0; k < count; k++) {
      for (let a = 0; a < d; a++) {
        const turns = images[k * d + a];
        if (turns === 0) continue;
        for (let c = 0; c <= a; c++) x[k * stride + c] -= turns * h[a * d + c];
      }
    }
  }

  #permute(order: Address, vector: Address, words: number): void {
    this.#kernels.gather(this.count, words, order, vector, this.#scratch);
    this.#arena.i32(vector, this.count * words).set(this.#arena.i32(this.#scratch, this.count * words));
  }
}
