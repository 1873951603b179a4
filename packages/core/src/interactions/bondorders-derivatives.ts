import { dot } from "../vectors.ts";
import { type BondOrderArrays, bendsOf, widthOf } from "./bondorders-arrays.ts";
import type { TripleArrays } from "./triples-arrays.ts";
import {
  tripleGradient,
  tripleHessian,
  tripleThird,
  tripleThirdAlong,
  tripleWork,
} from "./triples-derivatives.ts";
import { tripleThirdRate } from "./triples-rates.ts";

/*
 * Derivatives of ε = φ(q), q = (P, ζ), φ = P b(ζ), by the legs y of a term, w = z·d components. With g_a = ∂q_a and
 * H_a = ∂²q_a, T_a = ∂³q_a, and summed over a, b, c:
 *   ∂ε = φ_a g_a,   H = φ_ab g_a g_bᵀ + φ_a H_a,
 *   T : C = φ_abc g_a (g_b·C·g_c) + φ_ab [g_a (H_b : C) + 2 H_a C g_b] + φ_a T_a : C,
 *   T · z = φ_abc (g_c·z) g_a g_bᵀ + φ_ab [(H_a z) g_bᵀ + g_a (H_b z)ᵀ + (g_b·z) H_a] + φ_a T_a·z.
 * P is linear in φ, so of its derivatives only those with at most one P are not 0. P knows the first leg only, ζ is a
 * sum of functions of the first and one more.
 */

/** The derivatives of q_a of one term that an operation needs. */
interface Parts {
  readonly w: number;
  /** 2 of w each */
  readonly g: readonly [Float64Array, Float64Array];
  /** 2 of w×w each */
  readonly H: readonly [Float64Array, Float64Array];
}

/** Sums over P's one triple or ζ's many: what each gives for both legs goes to the first leg and its own. */
function gathered(
  e: BondOrderArrays,
  t: number,
  which: 0 | 1,
  rank: 1 | 2,
  of: (triples: TripleArrays, x: number, second: number) => Float64Array,
): Float64Array {
  const { dimension: d } = e;
  const w = widthOf(e, t);
  const result = new Float64Array(rank === 1 ? w : w * w);
  const [first, count] = which === 0 ? [t, 1] : bendsOf(e, t);
  for (let x = 0; x < count; x++) {
    // the stretch has no second leg: its entries there are 0
    const second = which === 0 ? 0 : (x + 1) * d;
    const values = of(which === 0 ? e.stretches : e.bends, first + x, second);
    const place = (a: number) => (a < d ? a : second + a - d);
    for (let a = 0; a < 2 * d; a++) {
      if (rank === 1) result[place(a)] += values[a];
      else for (let b = 0; b < 2 * d; b++) result[place(a) * w + place(b)] += values[a * 2 * d + b];
    }
  }
  return result;
}

/** Of a vector (w) or matrix (w×w) of legs, the part of the first leg and the one whose entries begin at `second`. */
function picked(values: Float64Array, w: number, d: number, second: number): Float64Array {
  const place = (a: number) => (a < d ? a : second + a - d);
  if (values.length === w) return Float64Array.from({ length: 2 * d }, (_, a) => values[place(a)]);
  return Float64Array.from(
    { length: 4 * d * d },
    (_, k) => values[place(Math.floor(k / (2 * d))) * w + place(k % (2 * d))],
  );
}

function both<T>(of: (which: 0 | 1) => T): readonly [T, T] {
  return [of(0), of(1)];
}

function slopes(e: BondOrderArrays, t: number): readonly [Float64Array, Float64Array] {
  const work = tripleWork(e.dimension);
  return both((which) => gathered(e, t, which, 1, (triples, x) => tripleGradient(triples, x, work)));
}

function parts(e: BondOrderArrays, t: number): Parts {
  const work = tripleWork(e.dimension);
  return {
    w: widthOf(e, t),
    g: slopes(e, t),
    H: both((which) => gathered(e, t, which, 2, (triples, x) => tripleHessian(triples, x, work))),
  };
}

/** φ_a, φ_ab, φ_abc, φ_abcd, 0 for two or more P: a function of how many P and ζ. */
function mixed(e: BondOrderArrays, t: number): (...by: readonly (0 | 1)[]) => number {
  const p = e.stretches.jets[t * (e.stretches.jets.length / e.centre.length)];
  const b = (order: number) => e.orders[t * 5 + order];
  return (...by) => {
    const zetas = by.reduce<number>((sum, a) => sum + a, 0);
    if (by.length - zetas > 1) return 0;
    return zetas === by.length ? p * b(zetas) : b(zetas);
  };
}

const AB = [0, 1] as const;

/** P b. */
export function bondOrderValue(e: BondOrderArrays, t: number): number {
  const stride = e.stretches.jets.length / e.centre.length;
  return e.stretches.jets[t * stride] * e.orders[t * 5];
}

/** ∂ε/∂y of term t, w. */
export function bondOrderGradient(e: BondOrderArrays, t: number): Float64Array {
  const g = slopes(e, t);
  const phi = mixed(e, t);
  return g[0].map((x, k) => phi(0) * x + phi(1) * g[1][k]);
}

/** ∂²ε/∂y∂y of term t, w×w. */
export function bondOrderHessian(e: BondOrderArrays, t: number): Float64Array {
  const { w, g, H } = parts(e, t);
  const phi = mixed(e, t);
  const [p, z, pz, zz] = [phi(0), phi(1), phi(0, 1), phi(1, 1)];
  return H[0].map((value, k) => {
    const [a, b] = [Math.floor(k / w), k % w];
    const cross = g[0][a] * g[1][b] + g[1][a] * g[0][b];
    return p * value + z * H[1][k] + pz * cross + zz * g[1][a] * g[1][b];
  });
}

/** T : C of term t, w, for a symmetric C (w×w, read). */
export function bondOrderThird(e: BondOrderArrays, t: number, C: Float64Array): Float64Array {
  const { w, g, H } = parts(e, t);
  const phi = mixed(e, t);
  const work = tripleWork(e.dimension);
  const third = both((which) =>
    gathered(e, t, which, 1, (triples, x, second) =>
      tripleThird(triples, x, picked(C, w, e.dimension, second), work),
    ),
  );
  const Cg = both((a) => times(C, g[a], w));
  const result = new Float64Array(w);
  for (const a of AB) {
    let along = 0;
    for (const b of AB) {
      const second = phi(a, b);
      along += second * dot(H[b], C);
      if (second !== 0) add(result, 2 * second, times(H[a], Cg[b], w));
      for (const c of AB) along += phi(a, b, c) * dot(g[b], Cg[c]);
    }
    add(result, along, g[a]);
    add(result, phi(a), third[a]);
  }
  return result;
}

/** T · z of term t, w×w: the rate of its Hessian along z (w, read). */
export function bondOrderThirdAlong(e: BondOrderArrays, t: number, z: Float64Array): Float64Array {
  const { w, g, H } = parts(e, t);
  const phi = mixed(e, t);
  const along = thirdsAlong(e, t, z);
  const Hz = both((a) => times(H[a], z, w));
  const gz = both((a) => dot(g[a], z));
  const result = new Float64Array(w * w);
  for (const a of AB) {
    let curved = 0;
    for (const b of AB) {
      const second = phi(a, b);
      let change = 0;
      for (const c of AB) change += phi(a, b, c) * gz[c];
      curved += second * gz[b];
      for (let k = 0; k < w * w; k++) {
        const [x, y] = [Math.floor(k / w), k % w];
        result[k] += change * g[a][x] * g[b][y] + second * (Hz[a][x] * g[b][y] + g[a][x] * Hz[b][y]);
      }
    }
    add(result, curved, H[a]);
    add(result, phi(a), along[a]);
  }
  return result;
}

/** The rate of T : C of term t along z (w, read) at fixed C (w×w, read), w. */
export function bondOrderThirdRate(
  e: BondOrderArrays,
  t: number,
  C: Float64Array,
  z: Float64Array,
): Float64Array {
  const { w, g, H } = parts(e, t);
  const d = e.dimension;
  const phi = mixed(e, t);
  const work = tripleWork(d);
  const third = both((which) =>
    gathered(e, t, which, 1, (triples, x, second) => tripleThird(triples, x, picked(C, w, d, second), work)),
  );
  const rate = both((which) =>
    gathered(e, t, which, 1, (triples, x, second) =>
      tripleThirdRate(triples, x, picked(C, w, d, second), picked(z, w, d, second)),
    ),
  );
  const along = thirdsAlong(e, t, z);
  const Hz = both((a) => times(H[a], z, w));
  const gz = both((a) => dot(g[a], z));
  const Cg = both((a) => times(C, g[a], w));
  const CHz = both((a) => times(C, Hz[a], w));
  const traces = both((a) => dot(H[a], C));
  const result = new Float64Array(w);
  for (const a of AB) {
    let [onG, onHz, onThird] = [0, 0, 0];
    for (const b of AB) {
      const second = phi(a, b);
      onHz += second * traces[b];
      onG += second * dot(along[b], C);
      onThird += second * gz[b];
      add(result, 2 * second, times(along[a], Cg[b], w));
      add(result, 2 * second, times(H[a], CHz[b], w));
      for (const c of AB) {
        const thirds = phi(a, b, c);
        const q = dot(g[b], Cg[c]);
        onHz += thirds * q;
        onG += thirds * (2 * dot(Hz[b], Cg[c]) + gz[c] * traces[b]);
        add(result, 2 * thirds * gz[c], times(H[a], Cg[b], w));
        for (const f of AB) onG += phi(a, b, c, f) * gz[f] * q;
      }
    }
    add(result, onG, g[a]);
    add(result, onHz, Hz[a]);
    add(result, onThird, third[a]);
    add(result, phi(a), rate[a]);
  }
  return result;
}

/** T_a · z, w×w each. */
function thirdsAlong(e: BondOrderArrays, t: number, z: Float64Array): readonly [Float64Array, Float64Array] {
  const work = tripleWork(e.dimension);
  const w = z.length;
  return both((which) =>
    gathered(e, t, which, 2, (triples, x, second) =>
      tripleThirdAlong(triples, x, picked(z, w, e.dimension, second), work),
    ),
  );
}

/** M x for a w×w matrix. */
export function times(matrix: Float64Array, x: Float64Array, w: number): Float64Array {
  const result = new Float64Array(w);
  for (let a = 0; a < w; a++) for (let b = 0; b < w; b++) result[a] += matrix[a * w + b] * x[b];
  return result;
}

function add(result: Float64Array, scale: number, x: Float64Array): void {
  if (scale === 0) return;
  for (let k = 0; k < result.length; k++) result[k] += scale * x[k];
}
