import { blockEntry } from "./blockentry.ts";
import type { Blocks, Spread } from "./terms.ts";
import type { TripleArrays } from "./triples-arrays.ts";
import { tripleHessian, tripleThird, tripleWork } from "./triples-derivatives.ts";
import { addTripleThirdRate, tripleStiffnessRate } from "./triples-rates.ts";
import { addOn } from "./triples-sums.ts";

/** Covariances of the legs y = (u₁, u₂) of every triple over k_BT, t×2d×2d (unit λ²/ε), and their contractions. */
export class TripleSpread implements Spread {
  readonly triples: TripleArrays;
  /** t×2d×2d */
  readonly covariances: Float64Array;

  constructor(triples: TripleArrays, covariances: Float64Array) {
    this.triples = triples;
    this.covariances = covariances;
  }

  /** ⟨u₁u₂⟩ = G_jk − G_ji − G_ik + G_ii and so on, from the blocks of G. O(t). */
  static of(triples: TripleArrays, blocks: Blocks): TripleSpread {
    const { dimension: d, centre, j, k } = triples;
    const dd = d * d;
    const result = new Float64Array(centre.length * 4 * dd);
    const { places } = blocks;
    const entry = (p: number, q: number, at: number) => blockEntry(blocks, p, q, at);
    for (let t = 0; t < centre.length; t++) {
      const [c, p, q] = [centre[t], j[t], k[t]];
      const cc = entry(c, c, 0);
      const ends = [
        { own: entry(p, p, 0), toCentre: entry(p, c, places[3 * t]) },
        { own: entry(q, q, 0), toCentre: entry(q, c, places[3 * t + 1]) },
      ] as const;
      const across = entry(p, q, places[3 * t + 2]);
      for (const x of [0, 1] as const) {
        for (const y of [0, 1] as const) {
          for (let a = 0; a < d; a++) {
            for (let b = 0; b < d; b++) {
              const between = x === y ? ends[x].own(a, b) : x === 0 ? across(a, b) : across(b, a);
              result[t * 4 * dd + (x * d + a) * 2 * d + y * d + b] =
                between - ends[x].toCentre(a, b) - ends[y].toCentre(b, a) + cc(a, b);
            }
          }
        }
      }
    }
    return new TripleSpread(triples, result);
  }

  copy(): TripleSpread {
    return new TripleSpread(this.triples, this.covariances.slice());
  }

  moved(change: Blocks): TripleSpread {
    return TripleSpread.of(this.triples, change);
  }

  add(x: Float64Array, y: Float64Array, s: number): void {
    const w = 2 * this.triples.dimension;
    for (let row = 0; row < x.length; row++) {
      const start = row - (row % w);
      for (let b = 0; b < w; b++) this.covariances[row * w + b] += (x[row] * y[start + b]) / s;
    }
  }

  harmonic(): Float64Array {
    const { triples, covariances } = this;
    const work = tripleWork(triples.dimension);
    const size = 4 * triples.dimension * triples.dimension;
    return Float64Array.from(triples.centre, (_, t) => {
      const h = tripleHessian(triples, t, work);
      let sum = 0;
      for (let e = 0; e < size; e++) sum += h[e] * covariances[t * size + e];
      return sum;
    });
  }

  addThird(force: Float64Array): void {
    const work = tripleWork(this.triples.dimension);
    for (let t = 0; t < this.triples.centre.length; t++)
      addOn(this.triples, t, tripleThird(this.triples, t, this.#of(t), work), force);
  }

  harmonicRate(rates: Float64Array): Float64Array {
    return tripleStiffnessRate(this.triples, this.covariances, rates);
  }

  addThirdRate(rates: Float64Array, force: Float64Array): void {
    addTripleThirdRate(this.triples, this.covariances, rates, force);
  }

  dilation(): number {
    const { centre, vectors, dimension } = this.triples;
    const w = 2 * dimension;
    const work = tripleWork(dimension);
    let sum = 0;
    for (let t = 0; t < centre.length; t++) {
      const third = tripleThird(this.triples, t, this.#of(t), work);
      for (let a = 0; a < w; a++) sum += third[a] * vectors[t * w + a];
    }
    return sum;
  }

  /** C of triple t, 2d×2d. */
  #of(t: number): Float64Array {
    const size = 4 * this.triples.dimension * this.triples.dimension;
    return this.covariances.subarray(t * size, (t + 1) * size);
  }
}
