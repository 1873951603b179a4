import { addOnEnds } from "./centred.ts";
import type { EmbeddingArrays } from "./embeddings-arrays.ts";
import { legVirial } from "./embeddings-functions.ts";
import { addEmbeddingThirdRate, embeddingStiffnessRate } from "./embeddings-rates.ts";
import { densityRates } from "./embeddings-sums.ts";
import type { Blocks, Spread } from "./terms.ts";

/**
 * What the third derivatives of embedded atoms take of G: the covariance C of each bond (d×d), and of each leg
 * w = h_end − h_centre with h = G ∂ρ of its atom. Σ f′ n·w over the legs is ∂ρ·G ∂ρ.
 */
export class EmbeddingSpread implements Spread {
  readonly embeddings: EmbeddingArrays;
  /** bonds×d×d */
  readonly bonds: Float64Array;
  /** L×d */
  readonly moves: Float64Array;

  constructor(embeddings: EmbeddingArrays, bonds: Float64Array, moves: Float64Array) {
    this.embeddings = embeddings;
    this.bonds = bonds;
    this.moves = moves;
  }

  /** C from the blocks of A⁻¹ of particles, h from those between their unknowns and particles. O(L). */
  static ofUnknowns(e: EmbeddingArrays, blocks: Blocks): EmbeddingSpread {
    const { dimension: d, centre, starts, ends, F2 } = e;
    const { width: w, own, lower, diagonal, places } = blocks;
    const size = w * w;
    const moves = new Float64Array(ends.length * d);
    for (let t = 0; t < centre.length; t++) {
      if (F2[t] === 0) continue;
      const c = centre[t];
      // (A⁻¹)_xσ = G ∂ρ √|F″| sign F″
      const scale = Math.sign(F2[t]) / Math.sqrt(Math.abs(F2[t]));
      for (let l = starts[t]; l < starts[t + 1]; l++) {
        const ofEnd = ends[l] > c;
        for (let a = 0; a < d; a++) {
          const end = lower[places[l] * size + (ofEnd ? a * w + own : own * w + a)];
          moves[l * d + a] = scale * (end - diagonal[c * size + a * w + own]);
        }
      }
    }
    return new EmbeddingSpread(
      e,
      bondCovariances(e, blocks, (_, l) => places[l]),
      moves,
    );
  }

  copy(): EmbeddingSpread {
    return new EmbeddingSpread(this.embeddings, this.bonds.slice(), this.moves.slice());
  }

  add(x: Float64Array, y: Float64Array, s: number): void {
    const e = this.embeddings;
    const { dimension: d, centre, starts, bond } = e;
    const seen = new Uint8Array(e.bondCount);
    for (let l = 0; l < bond.length; l++) {
      const m = bond[l];
      if (seen[m] === 1) continue;
      seen[m] = 1;
      for (let a = 0; a < d; a++)
        for (let b = 0; b < d; b++) this.bonds[(m * d + a) * d + b] += (x[l * d + a] * y[l * d + b]) / s;
    }
    const rates = densityRates(e, y);
    for (let t = 0; t < centre.length; t++)
      for (let k = starts[t] * d; k < starts[t + 1] * d; k++) this.moves[k] += (x[k] * rates[t]) / s;
  }

  stretches(): Float64Array {
    const { dimension: d, bond, vectors } = this.embeddings;
    return Float64Array.from(bond, (m, l) => {
      let sum = 0;
      for (let a = 0; a < d; a++)
        for (let b = 0; b < d; b++)
          sum += this.bonds[(m * d + a) * d + b] * vectors[l * d + a] * vectors[l * d + b];
      return sum;
    });
  }

  /** F′ Σ k : C + F″ ∂ρ·G ∂ρ. */
  harmonic(): Float64Array {
    const { F1, F2 } = this.embeddings;
    const q = densityRates(this.embeddings, this.moves);
    return this.#curved().map((sum, t) => F1[t] * sum + F2[t] * q[t]);
  }

  /**
   * ∂²w_ab : C + ∂w_ab·X of every atom, w_ab = F′ W (see `embeddingVirialOf`), t; `moves`: of the legs by X, L×d. With
   * h = G ∂ρ: F‴ W ∂ρ·h + F″ (2 ∂W·h + W ∂²ρ : C + W ∂ρ·X) + F′ (∂²W : C + ∂W·X).
   */
  virials(axes: readonly [number, number], moves: Float64Array): Float64Array {
    const e = this.embeddings;
    const { dimension: d, centre, starts, bond, F1, F2, F3 } = e;
    const curved = this.#curved();
    const squared = densityRates(e, this.moves);
    const moved = densityRates(e, moves);
    const [slope, curvature] = [new Float64Array(d), new Float64Array(d * d)];
    return Float64Array.from(centre, (_, t) => {
      let [total, along, own] = [0, 0, 0];
      for (let l = starts[t]; l < starts[t + 1]; l++) {
        total += legVirial(e, l, axes, slope, curvature);
        for (let c = 0; c < d; c++) {
          along += slope[c] * this.moves[l * d + c];
          own += slope[c] * moves[l * d + c];
          for (let x = 0; x < d; x++) own += curvature[c * d + x] * this.bonds[(bond[l] * d + c) * d + x];
        }
      }
      const denser = 2 * along + total * (curved[t] + moved[t]);
      return F3[t] * total * squared[t] + F2[t] * denser + F1[t] * own;
    });
  }

  addThird(force: Float64Array): void {
    addOnEnds(this.embeddings, this.#thirds(), force);
  }

  harmonicRate(rates: Float64Array): Float64Array {
    return embeddingStiffnessRate(this.embeddings, this, rates);
  }

  addThirdRate(rates: Float64Array, force: Float64Array): void {
    addEmbeddingThirdRate(this.embeddings, this, rates, force);
  }

  /** C of the bonds by those of particles; h by (A⁻¹)_xσ = h √|F″| sign F″, whose factor moves as well. */
  moved(change: Blocks, rates: Float64Array): EmbeddingSpread {
    const e = this.embeddings;
    const { dimension: d, centre, starts, F2, F3 } = e;
    const next = EmbeddingSpread.ofUnknowns(e, change);
    const denser = densityRates(e, rates);
    for (let t = 0; t < centre.length; t++) {
      if (F2[t] === 0) continue;
      const factor = (0.5 * F3[t] * denser[t]) / F2[t];
      for (let k = starts[t] * d; k < starts[t + 1] * d; k++) next.moves[k] -= factor * this.moves[k];
    }
    return next;
  }

  dilation(): number {
    const { vectors } = this.embeddings;
    return this.#thirds().reduce((sum, x, k) => sum + x * vectors[k], 0);
  }

  /** Σ k : C over the legs of each atom, t. */
  #curved(): Float64Array {
    const { dimension: d, centre, starts, bond, vectors, r, f1, f2 } = this.embeddings;
    return Float64Array.from(centre, (_, t) => {
      let sum = 0;
      for (let l = starts[t]; l < starts[t + 1]; l++) {
        let [trace, q] = [0, 0];
        for (let a = 0; a < d; a++) {
          trace += this.bonds[(bond[l] * d + a) * d + a];
          for (let b = 0; b < d; b++)
            q += this.bonds[(bond[l] * d + a) * d + b] * vectors[l * d + a] * vectors[l * d + b];
        }
        q /= r[l] * r[l];
        sum += f2[l] * q + (f1[l] / r[l]) * (trace - q);
      }
      return sum;
    });
  }

  /**
   * T : C by legs, L×d: F′ (∂³f/∂u³ : C) + [F″ Σ k : C + F‴ ∂ρ·G ∂ρ] f′n + 2 F″ k·w.
   */
  #thirds(): Float64Array {
    const { dimension: d, centre, starts, bond, vectors, r, f1, f2, f3, F1, F2, F3 } = this.embeddings;
    const thirds = new Float64Array(vectors.length);
    const curved = this.#curved();
    const squared = densityRates(this.embeddings, this.moves);
    const cn = new Float64Array(3);
    for (let t = 0; t < centre.length; t++) {
      const denser = F2[t] * curved[t] + F3[t] * squared[t];
      for (let l = starts[t]; l < starts[t + 1]; l++) {
        const inverse = 1 / r[l];
        let [trace, q, along] = [0, 0, 0];
        for (let a = 0; a < d; a++) {
          const c = (bond[l] * d + a) * d;
          trace += this.bonds[c + a];
          let sum = 0;
          for (let b = 0; b < d; b++) sum += this.bonds[c + b] * vectors[l * d + b] * inverse;
          cn[a] = sum;
          q += sum * vectors[l * d + a] * inverse;
          along += this.moves[l * d + a] * vectors[l * d + a] * inverse;
        }
        const across = f1[l] * inverse;
        const B = (f2[l] - across) * inverse;
        const A = f3[l] - 3 * B;
        for (let a = 0; a < d; a++) {
          const n = vectors[l * d + a] * inverse;
          const own = A * q * n + B * (n * trace + 2 * cn[a]);
          const k = (f2[l] - across) * along * n + across * this.moves[l * d + a];
          thirds[l * d + a] = F1[t] * own + denser * f1[l] * n + 2 * F2[t] * k;
        }
      }
    }
    return thirds;
  }
}

/** C = G_ii + G_jj − G_ij − G_ji of every bond, from the blocks of particles. */
export function bondCovariances(
  { dimension: d, centre, starts, ends, bond, bondCount }: EmbeddingArrays,
  { width, lower, diagonal }: Pick<Blocks, "width" | "lower" | "diagonal">,
  placeOf: (t: number, l: number) => number,
): Float64Array {
  const size = width * width;
  const result = new Float64Array(bondCount * d * d);
  const seen = new Uint8Array(bondCount);
  for (let t = 0; t < centre.length; t++) {
    for (let l = starts[t]; l < starts[t + 1]; l++) {
      if (seen[bond[l]] === 1) continue;
      seen[bond[l]] = 1;
      const [ii, jj, ji] = [centre[t] * size, ends[l] * size, placeOf(t, l) * size];
      for (let a = 0; a < d; a++) {
        for (let b = 0; b < d; b++) {
          const [ab, ba] = [a * width + b, b * width + a];
          result[(bond[l] * d + a) * d + b] =
            diagonal[ii + ab] + diagonal[jj + ab] - lower[ji + ab] - lower[ji + ba];
        }
      }
    }
  }
  return result;
}
