import type { PairArrays } from "./pairarrays.ts";
import { addPairThirdRate, pairStiffnessRate } from "./pairs-rates.ts";
import type { Blocks, Spread } from "./terms.ts";

/** Covariances C_α of bond vectors over k_BT, m×d×d (unit λ²/ε), and their contractions. */
export class PairSpread implements Spread {
  readonly pairs: PairArrays;
  /** m×d×d */
  readonly covariances: Float64Array;

  constructor(pairs: PairArrays, covariances: Float64Array) {
    this.pairs = pairs;
    this.covariances = covariances;
  }

  /** C_α = G_ii + G_jj − G_ij − G_ji from the blocks of G. O(m). */
  static of(pairs: PairArrays, { width, lower, diagonal, places }: Blocks): PairSpread {
    const { dimension: d, i, j } = pairs;
    const dd = d * d;
    const size = width * width;
    const covariances = new Float64Array(i.length * dd);
    for (let m = 0; m < i.length; m++) {
      const ii = i[m] * size;
      const jj = j[m] * size;
      const ji = places[m] * size;
      for (let a = 0; a < d; a++) {
        for (let b = 0; b < d; b++) {
          const ab = a * width + b;
          const ba = b * width + a;
          covariances[m * dd + a * d + b] =
            diagonal[ii + ab] + diagonal[jj + ab] - lower[ji + ab] - lower[ji + ba];
        }
      }
    }
    return new PairSpread(pairs, covariances);
  }

  /** A copy that changes on its own. */
  copy(): PairSpread {
    return new PairSpread(this.pairs, this.covariances.slice());
  }

  moved(change: Blocks): PairSpread {
    return PairSpread.of(this.pairs, change);
  }

  add(x: Float64Array, y: Float64Array, s: number): void {
    const { covariances } = this;
    const d = this.pairs.dimension;
    for (let row = 0; row < x.length; row++) {
      const start = row - (row % d);
      for (let b = 0; b < d; b++) {
        const e = row * d + b;
        covariances[e] = covariances[e] + (x[row] * y[start + b]) / s;
      }
    }
  }

  stretches(): Float64Array {
    const { dimension: d, du } = this.pairs;
    return Float64Array.from(this.pairs.r, (_, m) => {
      let sum = 0;
      for (let a = 0; a < d; a++) {
        for (let b = 0; b < d; b++)
          sum += this.covariances[(m * d + a) * d + b] * du[m * d + a] * du[m * d + b];
      }
      return sum;
    });
  }

  harmonic(): Float64Array {
    const { covariances } = this;
    const { dimension: d, du, r, phi1, phi2 } = this.pairs;
    const result = new Float64Array(r.length);
    for (let m = 0; m < r.length; m++) {
      const inverse = 1 / r[m];
      const c = m * d * d;
      let trace = 0;
      let q = 0;
      for (let a = 0; a < d; a++) {
        trace += covariances[c + a * d + a];
        for (let b = 0; b < d; b++) {
          q += covariances[c + a * d + b] * du[m * d + a] * du[m * d + b];
        }
      }
      q *= inverse * inverse;
      result[m] = phi2[m] * q + phi1[m] * inverse * (trace - q);
    }
    return result;
  }

  /**
   * For each pair t_α = T_α : C_α with T_α = ∂³ε_α/∂u∂u∂u, T_abc = A n_a n_b n_c + B (n_a δ_bc + n_b δ_ac + n_c δ_ab),
   * A = φ‴ − 3φ″/r + 3φ′/r², B = φ″/r − φ′/r²; +t_α on j, −t_α on i.
   */
  addThird(result: Float64Array): void {
    const { covariances } = this;
    const { dimension: d, i, j, du, r, phi1, phi2, phi3 } = this.pairs;
    const cn = new Float64Array(3);
    for (let m = 0; m < i.length; m++) {
      const inverse = 1 / r[m];
      const c = m * d * d;
      let trace = 0;
      let q = 0; // n·C·n
      for (let a = 0; a < d; a++) {
        trace += covariances[c + a * d + a];
        let sum = 0;
        for (let b = 0; b < d; b++) sum += covariances[c + a * d + b] * du[m * d + b] * inverse;
        cn[a] = sum;
        q += sum * du[m * d + a] * inverse;
      }
      const B = (phi2[m] - phi1[m] * inverse) * inverse;
      const A = phi3[m] - 3 * B;
      const ip = i[m] * d;
      const jp = j[m] * d;
      for (let a = 0; a < d; a++) {
        const n = du[m * d + a] * inverse;
        const t = A * q * n + B * (n * trace + 2 * cn[a]);
        result[ip + a] = result[ip + a] - t;
        result[jp + a] = result[jp + a] + t;
      }
    }
  }

  harmonicRate(rates: Float64Array): Float64Array {
    return pairStiffnessRate(this.pairs, this.covariances, rates);
  }

  addThirdRate(rates: Float64Array, force: Float64Array): void {
    addPairThirdRate(this.pairs, this.covariances, rates, force);
  }

  /** Σ_α r [φ‴ q + B (tr C − q)] with q = n·C·n, B = φ″/r − φ′/r². */
  dilation(): number {
    const { covariances } = this;
    const { dimension: d, du, r, phi1, phi2, phi3 } = this.pairs;
    let sum = 0;
    for (let m = 0; m < r.length; m++) {
      const length = r[m];
      let [trace, q] = [0, 0];
      for (let a = 0; a < d; a++) {
        trace += covariances[(m * d + a) * d + a];
        for (let b = 0; b < d; b++) q += covariances[(m * d + a) * d + b] * du[m * d + a] * du[m * d + b];
      }
      q /= length * length;
      const across = (phi2[m] - phi1[m] / length) / length;
      sum += length * (phi3[m] * q + across * (trace - q));
    }
    return sum;
  }
}
