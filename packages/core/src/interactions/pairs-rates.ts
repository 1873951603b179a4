import { SoftfieldError } from "../errors.ts";
import type { PairArrays } from "./pairarrays.ts";
import type { Blocks } from "./terms.ts";

/*
 * How the derivatives of pairs move while their vectors u change at the rates y. With n = u/r, s = n·y, w = (y − s n)/r
 * the rate of n, and T_abc = A n_a n_b n_c + B (n_a δ_bc + n_b δ_ac + n_c δ_ab), B = φ″/r − φ′/r², A = φ‴ − 3B, whose
 * own rates are B′ s and A′ s, B′ = (φ‴ − 2B)/r, A′ = φ⁗ − 3B′.
 */

/** Adds the rate of M: of each K_α it is T·y = A s nn + B (n y + y n + s 1). O(m). */
export function addPairHessianRate(
  pairs: PairArrays,
  rates: Float64Array,
  { width, lower, diagonal, places }: Blocks,
): void {
  const { dimension: d, i, j, du, r } = pairs;
  const size = width * width;
  for (let m = 0; m < i.length; m++) {
    const { A, B } = third(pairs, m);
    const inverse = 1 / r[m];
    let s = 0;
    for (let a = 0; a < d; a++) s += du[m * d + a] * rates[m * d + a] * inverse;
    const [ii, jj, ij] = [i[m] * size, j[m] * size, places[m] * size];
    for (let a = 0; a < d; a++) {
      const n = du[m * d + a] * inverse;
      const y = rates[m * d + a];
      for (let b = 0; b < d; b++) {
        const nb = du[m * d + b] * inverse;
        const k = A * s * n * nb + B * (n * rates[m * d + b] + y * nb + (a === b ? s : 0));
        const ab = a * width + b;
        diagonal[ii + ab] += k;
        diagonal[jj + ab] += k;
        lower[ij + ab] -= k;
      }
    }
  }
}

/** (T_α·y):C_α of every pair, m: A s q + B (2 y·C·n + s tr C), q = n·C·n. O(m). */
export function pairStiffnessRate(
  pairs: PairArrays,
  covariances: Float64Array,
  rates: Float64Array,
): Float64Array {
  const { dimension: d, du, r } = pairs;
  return r.map((length, m) => {
    const { A, B } = third(pairs, m);
    let [s, q, mixed, trace] = [0, 0, 0, 0];
    for (let a = 0; a < d; a++) {
      const n = du[m * d + a] / length;
      s += n * rates[m * d + a];
      trace += covariances[(m * d + a) * d + a];
      for (let b = 0; b < d; b++) {
        const c = covariances[(m * d + a) * d + b];
        q += n * c * (du[m * d + b] / length);
        mixed += n * c * rates[m * d + b];
      }
    }
    return A * s * q + B * (2 * mixed + s * trace);
  });
}

/**
 * Adds the rate of t_α = T_α : C_α at fixed C_α, + on j, − on i:
 * (A′ s q + 2A n·C·w) n + A q w + B′ s (n tr C + 2 C n) + B (w tr C + 2 C w). O(m).
 */
export function addPairThirdRate(
  pairs: PairArrays,
  covariances: Float64Array,
  rates: Float64Array,
  force: Float64Array,
): void {
  const { dimension: d, i, j, du, r, phi3, phi4 } = pairs;
  if (!phi4)
    throw new SoftfieldError(
      "usage",
      "these pairs have no fourth derivatives: find them anew from the model",
    );
  const [n, w, cn, cw] = [0, 1, 2, 3].map(() => new Float64Array(d));
  for (let m = 0; m < i.length; m++) {
    const { A, B } = third(pairs, m);
    const dB = (phi3[m] - 2 * B) / r[m];
    const dA = phi4[m] - 3 * dB;
    let s = 0;
    for (let a = 0; a < d; a++) {
      n[a] = du[m * d + a] / r[m];
      s += n[a] * rates[m * d + a];
    }
    for (let a = 0; a < d; a++) w[a] = (rates[m * d + a] - s * n[a]) / r[m];
    let [q, turned, trace] = [0, 0, 0];
    for (let a = 0; a < d; a++) {
      [cn[a], cw[a]] = [0, 0];
      for (let b = 0; b < d; b++) {
        const c = covariances[(m * d + a) * d + b];
        cn[a] += c * n[b];
        cw[a] += c * w[b];
      }
      q += n[a] * cn[a];
      turned += n[a] * cw[a];
      trace += covariances[(m * d + a) * d + a];
    }
    for (let a = 0; a < d; a++) {
      const t =
        (dA * s * q + 2 * A * turned) * n[a] +
        A * q * w[a] +
        dB * s * (n[a] * trace + 2 * cn[a]) +
        B * (w[a] * trace + 2 * cw[a]);
      force[i[m] * d + a] -= t;
      force[j[m] * d + a] += t;
    }
  }
}

/** A and B of pair m. */
function third({ r, phi1, phi2, phi3 }: PairArrays, m: number): { A: number; B: number } {
  const B = (phi2[m] - phi1[m] / r[m]) / r[m];
  return { A: phi3[m] - 3 * B, B };
}
