import { SoftfieldError } from "../errors.ts";
import { type Address, type Arena, type DynamicsKernels, STREAM_BYTES } from "../kernels/index.ts";

/** What random numbers are for: every purpose has a stream of its own, so none shifts another's numbers. */
export const Purpose = {
  Species: 1,
  Positions: 2,
  Velocities: 3,
  Thermostat: 4,
  Noise: 5,
  Diameters: 6,
  Swap: 7,
  Volume: 8,
} as const;
export type Purpose = (typeof Purpose)[keyof typeof Purpose];

/** Throws "usage" unless `seed` is an integer from 0 to 2⁵³ − 1. */
export function checkSeed(seed: number): void {
  if (Number.isSafeInteger(seed) && seed >= 0) return;
  throw new SoftfieldError("usage", `a seed must be an integer from 0 to 9007199254740991, got ${seed}`, {
    field: "seed",
  });
}

/** A stream of random numbers (xoshiro256++) of a seed and a purpose; the same bits on every engine. */
export class RandomStream {
  /** Of its state in the arena, for kernels. */
  readonly at: Address;
  readonly #arena: Arena;
  readonly #kernels: DynamicsKernels;

  constructor(arena: Arena, kernels: DynamicsKernels, seed: number, purpose: Purpose) {
    checkSeed(seed);
    this.#arena = arena;
    this.#kernels = kernels;
    this.at = arena.alloc(STREAM_BYTES);
    kernels.seedStream(this.at, Math.floor(seed / 2 ** 32), seed >>> 0, purpose);
  }

  /** In [0, 1), 53 bits. */
  uniform(): number {
    return this.#kernels.uniform(this.at);
  }

  /** Integer in [0, n). */
  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** A normally distributed number of mean 0 and variance 1. */
  gaussian(): number {
    return this.#kernels.gaussian(this.at);
  }

  /** Shuffles in place (Fisher–Yates). */
  shuffle(values: Int32Array): void {
    for (let k = values.length - 1; k > 0; k--) {
      const other = this.below(k + 1);
      const kept = values[k];
      values[k] = values[other];
      values[other] = kept;
    }
  }

  /** The complete state, STREAM_BYTES/4 words. */
  save(): Int32Array {
    return this.#arena.i32(this.at, STREAM_BYTES / 4).slice();
  }

  /** Goes on from a saved state. */
  restore(state: Int32Array): void {
    this.#arena.i32(this.at, STREAM_BYTES / 4).set(state);
  }
}
