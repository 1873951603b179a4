import { square } from "../elementary.ts";
import { dot } from "../vectors.ts";
import { blockEntry } from "./blockentry.ts";
import { type BondOrderArrays, widthOf } from "./bondorders-arrays.ts";
import {
  bondOrderHessian,
  bondOrderThird,
  bondOrderThirdAlong,
  bondOrderThirdRate,
} from "./bondorders-derivatives.ts";
import { alongLegs } from "./bondorders-sums.ts";
import { addOnEnds } from "./centred.ts";
import type { Blocks, Spread } from "./terms.ts";

/** Covariances of the legs y of every bond order over k_BT, w×w each (unit λ²/ε), and their contractions. */
export class BondOrderSpread implements Spread {
  readonly terms: BondOrderArrays;
  /** t matrices, w×w */
  readonly covariances: readonly Float64Array[];

  constructor(terms: BondOrderArrays, covariances: readonly Float64Array[]) {
    this.terms = terms;
    this.covariances = covariances;
  }

  static still(terms: BondOrderArrays): BondOrderSpread {
    const covariances = Array.from(terms.centre, (_, t) => new Float64Array(square(widthOf(terms, t))));
    return new BondOrderSpread(terms, covariances);
  }

  /** ⟨u_l u_m⟩ = G_lm − G_lc − G_cm + G_cc from the blocks of G. O(t). */
  static of(terms: BondOrderArrays, blocks: Blocks): BondOrderSpread {
    const { dimension: d, centre, starts, ends } = terms;
    let coupling = 0;
    const covariances = Array.from(centre, (c, t) => {
      const own = ends.subarray(starts[t], starts[t + 1]);
      const w = own.length * d;
      const C = new Float64Array(w * w);
      const cc = blockEntry(blocks, c, c, 0);
      const toCentre = Array.from(own, (end) => blockEntry(blocks, end, c, blocks.places[coupling++]));
      for (let x = 0; x < own.length; x++) {
        for (let y = x; y < own.length; y++) {
          const at = x === y ? 0 : blocks.places[coupling++];
          const between = blockEntry(blocks, own[x], own[y], at);
          for (let a = 0; a < d; a++) {
            for (let b = 0; b < d; b++) {
              const value = between(a, b) - toCentre[x](a, b) - toCentre[y](b, a) + cc(a, b);
              C[(x * d + a) * w + y * d + b] = value;
              C[(y * d + b) * w + x * d + a] = value;
            }
          }
        }
      }
      return C;
    });
    return new BondOrderSpread(terms, covariances);
  }

  copy(): BondOrderSpread {
    return new BondOrderSpread(
      this.terms,
      this.covariances.map((C) => C.slice()),
    );
  }

  moved(change: Blocks): BondOrderSpread {
    return BondOrderSpread.of(this.terms, change);
  }

  add(x: Float64Array, y: Float64Array, s: number): void {
    this.covariances.forEach((C, t) => {
      const at = this.terms.starts[t] * this.terms.dimension;
      const w = widthOf(this.terms, t);
      for (let k = 0; k < w * w; k++) C[k] += (x[at + Math.floor(k / w)] * y[at + (k % w)]) / s;
    });
  }

  stretches(): Float64Array {
    const { dimension: d, starts, vectors } = this.terms;
    const result = new Float64Array(vectors.length / d);
    this.covariances.forEach((C, t) => {
      const w = widthOf(this.terms, t);
      for (let l = starts[t]; l < starts[t + 1]; l++) {
        const own = (l - starts[t]) * d;
        for (let a = 0; a < d; a++)
          for (let b = 0; b < d; b++)
            result[l] += C[(own + a) * w + own + b] * vectors[l * d + a] * vectors[l * d + b];
      }
    });
    return result;
  }

  harmonic(): Float64Array {
    return Float64Array.from(this.covariances, (C, t) => dot(bondOrderHessian(this.terms, t), C));
  }

  addThird(force: Float64Array): void {
    addOnEnds(this.terms, this.#thirds(), force);
  }

  harmonicRate(rates: Float64Array): Float64Array {
    return Float64Array.from(this.covariances, (C, t) =>
      dot(bondOrderThirdAlong(this.terms, t, this.#of(rates, t)), C),
    );
  }

  addThirdRate(rates: Float64Array, force: Float64Array): void {
    const own = this.#onLegs((C, t) => bondOrderThirdRate(this.terms, t, C, this.#of(rates, t)));
    addOnEnds(this.terms, own, force);
  }

  dilation(): number {
    return alongLegs(this.terms, this.#thirds(), this.terms.vectors).reduce((sum, x) => sum + x, 0);
  }

  #thirds(): Float64Array {
    return this.#onLegs((C, t) => bondOrderThird(this.terms, t, C));
  }

  #onLegs(of: (C: Float64Array, t: number) => Float64Array): Float64Array {
    const result = new Float64Array(this.terms.vectors.length);
    this.covariances.forEach((C, t) => {
      result.set(of(C, t), this.terms.starts[t] * this.terms.dimension);
    });
    return result;
  }

  #of(rates: Float64Array, t: number): Float64Array {
    const { starts, dimension: d } = this.terms;
    return rates.subarray(starts[t] * d, starts[t + 1] * d);
  }
}
