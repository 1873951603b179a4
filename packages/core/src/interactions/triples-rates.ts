import type { Blocks } from "./terms.ts";
import { JET, jetEntry, type TripleArrays } from "./triples-arrays.ts";
import { addCurved, curvatures, slopesOf, tripleThirdAlong, tripleWork } from "./triples-derivatives.ts";
import { addOn, addTripleBlocks } from "./triples-sums.ts";

/*
 * How the derivatives of triples move while their legs y = (u₁, u₂) change at the rates z; v_k, W_k and F as in
 * triples-derivatives.ts.
 */

/** Adds the rate of M: of each H_t it is T·z. O(t). */
export function addTripleHessianRate(triples: TripleArrays, rates: Float64Array, blocks: Blocks): void {
  const w = 2 * triples.dimension;
  const work = tripleWork(triples.dimension);
  addTripleBlocks(triples, blocks, (t) =>
    tripleThirdAlong(triples, t, rates.subarray(t * w, (t + 1) * w), work),
  );
}

/** (T_t·z):C_t of every triple, t. O(t). */
export function tripleStiffnessRate(
  triples: TripleArrays,
  covariances: Float64Array,
  rates: Float64Array,
): Float64Array {
  const w = 2 * triples.dimension;
  const work = tripleWork(triples.dimension);
  return Float64Array.from(triples.centre, (_, t) => {
    const h = tripleThirdAlong(triples, t, rates.subarray(t * w, (t + 1) * w), work);
    let sum = 0;
    for (let e = 0; e < w * w; e++) sum += h[e] * covariances[t * w * w + e];
    return sum;
  });
}

/** Adds the rate of T_t : C_t at fixed C_t on the particles. O(t). */
export function addTripleThirdRate(
  triples: TripleArrays,
  covariances: Float64Array,
  rates: Float64Array,
  force: Float64Array,
): void {
  const w = 2 * triples.dimension;
  const work = tripleWork(triples.dimension);
  const scratch = { cv: new Float64Array(3 * w), wz: new Float64Array(3 * w), cwz: new Float64Array(3 * w) };
  const result = new Float64Array(w);
  for (let t = 0; t < triples.centre.length; t++) {
    const c = covariances.subarray(t * w * w, (t + 1) * w * w);
    const z = rates.subarray(t * w, (t + 1) * w);
    result.fill(0);
    addThirdRate(triples, t, { c, z, v: slopesOf(triples.vectors, t * w, work), ...scratch }, result);
    addOn(triples, t, result, force);
  }
}

/** The rate of T : C of triple t along z (2d, read) at fixed C (2d×2d, read), 2d. */
export function tripleThirdRate(
  triples: TripleArrays,
  t: number,
  covariance: Float64Array,
  z: Float64Array,
): Float64Array {
  const w = z.length;
  const work = tripleWork(triples.dimension);
  const scratch = { cv: new Float64Array(3 * w), wz: new Float64Array(3 * w), cwz: new Float64Array(3 * w) };
  const result = new Float64Array(w);
  const v = slopesOf(triples.vectors, t * w, work);
  addThirdRate(triples, t, { c: covariance, z, v, ...scratch }, result);
  return result;
}

const SECOND = [0, 1, 2].map((k) => [0, 1, 2].map((l) => jetEntry(k, l)));
const THIRD = [0, 1, 2].map((k) => [0, 1, 2].map((l) => [0, 1, 2].map((m) => jetEntry(k, l, m))));
const FOURTH = THIRD.map((rows, k) =>
  rows.map((row, l) => row.map((_, m) => [0, 1, 2].map((n) => jetEntry(k, l, m, n)))),
);

/** Covariances and rates of one triple, v_k, and workspace for C·v_k, W_k z and C·W_k z, 3×2d each. */
interface Motion {
  readonly c: Float64Array;
  readonly z: Float64Array;
  readonly v: Float64Array;
  readonly cv: Float64Array;
  readonly wz: Float64Array;
  readonly cwz: Float64Array;
}

/**
 * With p_k = v_k·z and q_lm = v_l·C·v_m:
 * Σ F_klmn p_n q_lm v_k + Σ F_klm [q_lm W_k z + 2 (v_m·C·W_l z) v_k + p_m ((W_l:C) v_k + 2 W_k C v_l)]
 * + Σ F_kl [(W_l:C) W_k z + 2 W_k C W_l z].
 */
function addThirdRate({ jets }: TripleArrays, t: number, motion: Motion, result: Float64Array): void {
  const { c, z, v, cv, wz, cwz } = motion;
  const w = z.length;
  const jet = t * JET;
  const dot = (x: Float64Array, k: number, y: Float64Array, l: number) => {
    let sum = 0;
    for (let a = 0; a < w; a++) sum += x[k * w + a] * y[l * w + a];
    return sum;
  };
  wz.fill(0);
  for (let k = 0; k < 3; k++) addCurved(wz.subarray(k * w, (k + 1) * w), k, 1, { x: z, at: 0 });
  for (const [from, to] of [
    [v, cv],
    [wz, cwz],
  ] as const) {
    to.fill(0);
    for (let k = 0; k < 3; k++)
      for (let a = 0; a < w; a++) for (let b = 0; b < w; b++) to[k * w + a] += c[a * w + b] * from[k * w + b];
  }
  const traces = curvatures(c, w / 2);
  const p = [0, 1, 2].map((k) => dot(v, k, z, 0));
  for (let k = 0; k < 3; k++) {
    let [alongV, alongW] = [0, 0];
    for (let l = 0; l < 3; l++) {
      const second = jets[jet + SECOND[k][l]];
      let curved = 0;
      alongW += second * traces[l];
      for (let m = 0; m < 3; m++) {
        const third = jets[jet + THIRD[k][l][m]];
        const q = dot(v, l, cv, m);
        let fourth = 0;
        for (let n = 0; n < 3; n++) fourth += jets[jet + FOURTH[k][l][m][n]] * p[n];
        alongV += fourth * q + third * (2 * dot(wz, l, cv, m) + p[m] * traces[l]);
        alongW += third * q;
        curved += third * p[m];
      }
      addCurved(result, k, 2 * curved, { x: cv, at: l * w });
      addCurved(result, k, 2 * second, { x: cwz, at: l * w });
    }
    for (let a = 0; a < w; a++) result[a] += alongV * v[k * w + a] + alongW * wz[k * w + a];
  }
}
