import { SoftfieldError } from "../errors.ts";
import type { Interactions, Triples } from "./interactions.ts";
import { addTripleThird } from "./triples-sums.ts";

/**
 * U‴ : G assembled pair by pair, N×d, from the bond covariances C_α = G_ii + G_jj − G_ij − G_ji
 * (`covariances`, m×d×d, read). For each pair t_α = T_α : C_α with T_α = ∂³ε_α/∂u∂u∂u,
 * T_abc = A n_a n_b n_c + B (n_a δ_bc + n_b δ_ac + n_c δ_ab), A = φ‴ − 3φ″/r + 3φ′/r², B = φ″/r − φ′/r²;
 * +t_α on j, −t_α on i; triples add T : C of their legs (`ofTriples`, t×2d×2d, read). Right-hand side of Eq. B.6, Zylberg 2017, up to its sign. O(m).
 */
export function thirdDerivativeContraction(
  interactions: Interactions,
  covariances: Float64Array,
  ofTriples?: Float64Array,
): Float64Array {
  const { dimension: d, i, j, du, r, phi1, phi2, phi3 } = interactions;
  const result = new Float64Array(interactions.particleCount * d);
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
  if (interactions.triples)
    addTripleThird(interactions.triples, d, requireCovariances(interactions.triples, d, ofTriples), result);
  return result;
}

/**
 * K_α : C_α of every interaction, m, unit 1: the harmonic part of Eq. 3, Zylberg 2017.
 * K = φ″ nn + (φ′/r)(1 − nn); `covariances` m×d×d, read. O(m).
 */
export function stiffnessContraction(interactions: Interactions, covariances: Float64Array): Float64Array {
  const { dimension: d, du, r, phi1, phi2 } = interactions;
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
 * f_α · X of every interaction, m: φ′ n·(X_j − X_i), the anharmonic part of Eq. 3, Zylberg 2017, where X
 * (N×d, read) is the thermal displacement; for any vector field X in general. O(m).
 */
export function bondGradientProjection(interactions: Interactions, field: Float64Array): Float64Array {
  const { dimension: d, i, j, du, r, phi1 } = interactions;
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

/** Pairs without their triples would give wrong numbers. */
function requireCovariances(
  { centre }: Triples,
  d: number,
  covariances: Float64Array | undefined,
): Float64Array {
  if (covariances?.length === centre.length * 4 * d * d) return covariances;
  throw new SoftfieldError(
    "usage",
    `${centre.length} triples need ${centre.length * 4 * d * d} covariances of their legs, got ${covariances?.length ?? 0}`,
  );
}
