import type { Minimum } from "../minimum/index.ts";
import { solve, solveWithin } from "../sparse/index.ts";
import { rowsOf } from "../vectors.ts";

/** Right-hand sides that share a pass over the factor. */
const TOGETHER = 16;
/** Of a glass with as many coordinates at most every column of G is kept: regions of a small glass share most of them. */
const KEPT = 2048;

/** What particles of a glass answer to forces on particles: columns of G = M⁻¹, λ²/ε; of a small glass each is solved for once. */
export class Responses {
  readonly #minimum: Minimum;
  /** Of each particle d columns of N·d. */
  readonly #kept: Map<number, Float64Array> | undefined;

  constructor(minimum: Minimum) {
    this.#minimum = minimum;
    this.#kept = minimum.backbone.positions.length <= KEPT ? new Map() : undefined;
  }

  /** d columns of a particle, one after the other, N·d each. One solve each. */
  of(particle: number): Float64Array {
    const kept = this.#kept?.get(particle);
    if (kept) return kept;
    const { backbone } = this.#minimum;
    const d = backbone.box.dimension;
    const n = backbone.positions.length;
    const b = new Float64Array(n * d);
    for (let a = 0; a < d; a++) b[a * n + particle * d + a] = 1;
    const columns = solve(this.#minimum.factor(), b, { count: d });
    this.#kept?.set(particle, columns);
    return columns;
  }

  /** G among particles: n×n of their coordinates, in their order. One solve a coordinate. */
  among(particles: Int32Array): Float64Array {
    const { backbone } = this.#minimum;
    const d = backbone.box.dimension;
    const n = particles.length * d;
    const columns = new Float64Array(n * n);
    if (this.#kept) {
      const all = backbone.positions.length;
      particles.forEach((p, k) => {
        const own = this.of(p);
        for (let a = 0; a < d; a++)
          columns.set(rowsOf(own.subarray(a * all, (a + 1) * all), particles, d), (k * d + a) * n);
      });
      return columns;
    }
    for (let from = 0; from < n; from += TOGETHER) {
      const units = Array.from({ length: Math.min(TOGETHER, n - from) }, (_, r) => {
        const b = new Float64Array(n);
        b[from + r] = 1;
        return { particles, b };
      });
      solveWithin(this.#minimum.factor(), units).forEach((x, r) => {
        columns.set(x, (from + r) * n);
      });
    }
    return columns;
  }
}
