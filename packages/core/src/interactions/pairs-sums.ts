import { square } from "../elementary.ts";
import { evaluatePairs, type PairModel, type Particles } from "../models/index.ts";
import type { PairArrays } from "./pairarrays.ts";
import type { AffineMotion, Blocks } from "./terms.ts";

/*
 * Sums over pairs. With u = x_j − x_i, n = u/r: ∂ε/∂u = φ′n and K = ∂²ε/∂u∂u = φ″ nn + (φ′/r)(1 − nn), pre-stress
 * included; + on j, − on i. Each adds to what is there; O(m).
 */

/** φ of pairs as a function of u (m×d, read), 0 beyond the cutoff. */
export function pairEnergies(
  { dimension: d, i, j }: PairArrays,
  model: PairModel,
  particles: Particles,
): (u: Float64Array) => Float64Array {
  return (u) => {
    const column = () => new Float64Array(i.length);
    const r = column().map((_, m) => {
      let sum = 0;
      for (let a = 0; a < d; a++) sum += square(u[m * d + a]);
      return Math.sqrt(sum);
    });
    const phi0 = column();
    const batch = { i, j, r, phi0, phi1: column(), phi2: column(), phi3: column() };
    evaluatePairs(model, particles, batch);
    return phi0;
  };
}

/** Adds ∂U/∂x (N×d). */
export function addPairGradient({ dimension: d, i, j, du, r, phi1 }: PairArrays, result: Float64Array): void {
  for (let m = 0; m < i.length; m++) {
    const pull = phi1[m] / r[m];
    const ip = i[m] * d;
    const jp = j[m] * d;
    for (let a = 0; a < d; a++) {
      const f = pull * du[m * d + a];
      result[ip + a] = result[ip + a] - f;
      result[jp + a] = result[jp + a] + f;
    }
  }
}

/** Adds Σ φ′ r n_a n_b (d×d). */
export function addPairVirial({ dimension: d, du, r, phi1 }: PairArrays, sigma: Float64Array): void {
  for (let m = 0; m < r.length; m++) {
    const scale = phi1[m] / r[m];
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < d; b++) {
        sigma[a * d + b] = sigma[a * d + b] + scale * (du[m * d + a] * du[m * d + b]);
      }
    }
  }
}

/** U′ = Σ (φ′/r) u·Du, U″ = Σ Du·K·Du + (φ′/r) u·Cu; adds K·Du on j, minus that on i, to `force`. */
export function addPairAffine(
  { dimension: d, i, j, du, r, phi1, phi2 }: PairArrays,
  { rate, curvature }: AffineMotion,
  force: Float64Array,
): { first: number; second: number } {
  const moved = new Float64Array(d);
  let first = 0;
  let second = 0;
  for (let m = 0; m < i.length; m++) {
    const transverse = phi1[m] / r[m];
    const along = (phi2[m] - transverse) / (r[m] * r[m]);
    let stretch = 0;
    let bend = 0;
    let length2 = 0;
    for (let a = 0; a < d; a++) {
      let rated = 0;
      for (let b = 0; b < d; b++) {
        rated += rate[a * d + b] * du[m * d + b];
        bend += du[m * d + a] * curvature[a * d + b] * du[m * d + b];
      }
      moved[a] = rated;
      stretch += du[m * d + a] * rated;
      length2 += rated * rated;
    }
    first += transverse * stretch;
    second += along * stretch * stretch + transverse * (length2 + bend);
    for (let a = 0; a < d; a++) {
      const pull = along * stretch * du[m * d + a] + transverse * moved[a];
      force[i[m] * d + a] -= pull;
      force[j[m] * d + a] += pull;
    }
  }
  return { first, second };
}

/** M_ii += K, M_jj += K, M_ji −= K. */
export function addPairHessian(
  { dimension: d, i, j, du, r, phi1, phi2 }: PairArrays,
  { width, lower, diagonal, places }: Blocks,
): void {
  const size = width * width;
  for (let m = 0; m < i.length; m++) {
    const length = r[m];
    const transverse = phi1[m] / length;
    const along = (phi2[m] - transverse) / (length * length);
    const ii = i[m] * size;
    const jj = j[m] * size;
    const ij = places[m] * size;
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < d; b++) {
        const k = along * (du[m * d + a] * du[m * d + b]) + (a === b ? transverse : 0);
        const ab = a * width + b;
        diagonal[ii + ab] = diagonal[ii + ab] + k;
        diagonal[jj + ab] = diagonal[jj + ab] + k;
        lower[ij + ab] = lower[ij + ab] - k;
      }
    }
  }
}

/** φ′n of every pair, m×d. */
export function pairGradients({ dimension: d, du, r, phi1 }: PairArrays): Float64Array {
  return du.map((u, e) => {
    const m = Math.floor(e / d);
    return (phi1[m] / r[m]) * u;
  });
}

/** K·v of every pair, m×d. */
export function pairRates({ dimension: d, du, r, phi1, phi2 }: PairArrays, v: Float64Array): Float64Array {
  const rates = new Float64Array(v.length);
  for (let m = 0; m < r.length; m++) {
    const across = phi1[m] / r[m];
    let along = 0;
    for (let a = 0; a < d; a++) along += du[m * d + a] * v[m * d + a];
    along *= (phi2[m] - across) / square(r[m]);
    for (let a = 0; a < d; a++) rates[m * d + a] = along * du[m * d + a] + across * v[m * d + a];
  }
  return rates;
}

/** φ′ n·(X_j − X_i) of every pair for a field X (N×d, read), m. */
export function pairProjection(
  { dimension: d, i, j, du, r, phi1 }: PairArrays,
  field: Float64Array,
): Float64Array {
  const result = new Float64Array(r.length);
  for (let m = 0; m < r.length; m++) {
    const ip = i[m] * d;
    const jp = j[m] * d;
    let sum = 0;
    for (let a = 0; a < d; a++) {
      sum += du[m * d + a] * (field[jp + a] - field[ip + a]);
    }
    result[m] = (phi1[m] / r[m]) * sum;
  }
  return result;
}
