import { JET, jetEntry, type TripleArrays } from "./triples-arrays.ts";

/*
 * Derivatives of ε = F(a, b, s) by y = (u₁, u₂), 2d components, from those of F (see triples-find.ts). The invariants are
 * quadratic in y: with v_k = ∂I_k/∂y, that is (2u₁, 0), (0, 2u₂), (u₂, u₁), and constant W_k = ∂²I_k/∂y∂y,
 *   g = Σ F_k v_k,   H = Σ F_kl v_k v_lᵀ + Σ F_k W_k,
 *   T : C = Σ F_klm v_k (v_l·C·v_m) + Σ F_kl [v_k (W_l : C) + 2 W_k·C·v_l],
 *   T · z = Σ F_klm (v_m·z) v_k v_lᵀ + Σ F_kl [(W_k z) v_lᵀ + v_k (W_l z)ᵀ + (v_l·z) W_k].
 * On particles, y_j − y_i and y_k − y_i: what stands for u₁ acts on j, for u₂ on k, minus both on the centre i. So
 * translations give 0 exactly, and rotations do because F knows a, b, s only.
 */

const FIRST = [0, 1, 2].map((k) => jetEntry(k));
const SECOND = [0, 1, 2].flatMap((k) => [0, 1, 2].map((l) => jetEntry(k, l)));
const THIRD = [0, 1, 2].flatMap((k) => [0, 1, 2].flatMap((l) => [0, 1, 2].map((m) => jetEntry(k, l, m))));

/** The derivatives of one triple; reused, so copy what is to stay. */
export interface TripleWork {
  /** 2d */
  readonly gradient: Float64Array;
  /** 2d×2d */
  readonly hessian: Float64Array;
  /** 2d, T : C */
  readonly third: Float64Array;
  /** 3×2d, workspace: v_k, and C·v_k */
  readonly slopes: Float64Array;
  readonly spread: Float64Array;
}

/** Arrays for `tripleGradient`, `tripleHessian` and `tripleThird` in d dimensions. */
export function tripleWork(d: number): TripleWork {
  return {
    gradient: new Float64Array(2 * d),
    hessian: new Float64Array(4 * d * d),
    third: new Float64Array(2 * d),
    slopes: new Float64Array(6 * d),
    spread: new Float64Array(6 * d),
  };
}

/** v_a = (2u₁, 0), v_b = (0, 2u₂), v_s = (u₂, u₁) of the triple whose legs begin at `at`, 3×2d. */
export function slopesOf(legs: Float64Array, at: number, { slopes: v }: TripleWork): Float64Array {
  const d = v.length / 6;
  for (let a = 0; a < d; a++) {
    const [u1, u2] = [legs[at + a], legs[at + d + a]];
    v[a] = 2 * u1;
    v[3 * d + a] = 2 * u2;
    v[4 * d + a] = u2;
    v[5 * d + a] = u1;
  }
  return v;
}

/** ε of triple t, unit ε. */
export function tripleValue({ jets }: TripleArrays, t: number): number {
  return jets[t * JET];
}

/** ∂ε/∂y of triple t, 2d: f_α of B.8, Zylberg 2017, on j and k; minus their sum on the centre. */
export function tripleGradient(
  { vectors: legs, jets }: TripleArrays,
  t: number,
  work: TripleWork,
): Float64Array {
  const { gradient } = work;
  const d = gradient.length / 2;
  const v = slopesOf(legs, t * 2 * d, work);
  gradient.fill(0);
  for (let k = 0; k < 3; k++) {
    const f = jets[t * JET + FIRST[k]];
    for (let a = 0; a < 2 * d; a++) gradient[a] += f * v[k * 2 * d + a];
  }
  return gradient;
}

/** Entries of a jet: ∂F by a, b, s; by aa, ab, as, bb, bs, ss. */
const [FA, FB, FS] = [jetEntry(0), jetEntry(1), jetEntry(2)];
const [FAA, FAB, FAS] = [jetEntry(0, 0), jetEntry(0, 1), jetEntry(0, 2)];
const [FBB, FBS, FSS] = [jetEntry(1, 1), jetEntry(1, 2), jetEntry(2, 2)];

/** ∂²ε/∂y∂y of triple t, 2d×2d: the sum over k and l written out by the legs. */
export function tripleHessian(
  { vectors: legs, jets }: TripleArrays,
  t: number,
  work: TripleWork,
): Float64Array {
  const { hessian } = work;
  const w = work.gradient.length;
  const d = w / 2;
  const jet = t * JET;
  const [fa, fb, fs] = [jets[jet + FA], jets[jet + FB], jets[jet + FS]];
  const faa = 4 * jets[jet + FAA];
  const fab = 4 * jets[jet + FAB];
  const fbb = 4 * jets[jet + FBB];
  const fas = 2 * jets[jet + FAS];
  const fbs = 2 * jets[jet + FBS];
  const fss = jets[jet + FSS];
  for (let a = 0; a < d; a++) {
    const u = legs[t * w + a];
    const v = legs[t * w + d + a];
    for (let b = 0; b < d; b++) {
      const x = legs[t * w + b];
      const y = legs[t * w + d + b];
      const same = a === b ? 1 : 0;
      const across = fab * u * y + fas * u * x + fbs * v * y + fss * v * x + same * fs;
      hessian[a * w + b] = faa * u * x + fas * (u * y + v * x) + fss * v * y + same * 2 * fa;
      hessian[(d + a) * w + d + b] = fbb * v * y + fbs * (u * y + v * x) + fss * u * x + same * 2 * fb;
      hessian[a * w + d + b] = across;
      hessian[(d + b) * w + a] = across;
    }
  }
  return hessian;
}

/** T : C of triple t, 2d, for a symmetric C (2d×2d, read). */
export function tripleThird(
  { vectors: legs, jets }: TripleArrays,
  t: number,
  covariance: Float64Array,
  work: TripleWork,
): Float64Array {
  const { third, spread: cv } = work;
  const w = third.length;
  const d = w / 2;
  const v = slopesOf(legs, t * w, work);
  cv.fill(0);
  for (let k = 0; k < 3; k++)
    for (let a = 0; a < w; a++)
      for (let b = 0; b < w; b++) cv[k * w + a] += covariance[a * w + b] * v[k * w + b];
  const traces = curvatures(covariance, d);
  third.fill(0);
  for (let k = 0; k < 3; k++) {
    let along = 0;
    for (let l = 0; l < 3; l++) {
      const f = jets[t * JET + SECOND[3 * k + l]];
      along += f * traces[l];
      addCurved(third, k, 2 * f, { x: cv, at: l * w });
      for (let m = 0; m < 3; m++) {
        let q = 0;
        for (let a = 0; a < w; a++) q += v[l * w + a] * cv[m * w + a];
        along += jets[t * JET + THIRD[9 * k + 3 * l + m]] * q;
      }
    }
    for (let a = 0; a < w; a++) third[a] += along * v[k * w + a];
  }
  return third;
}

/** T · z of triple t, 2d×2d: the rate of its Hessian along z (2d, read). Overwrites `work.third` and `work.spread`. */
export function tripleThirdAlong(
  { vectors: legs, jets }: TripleArrays,
  t: number,
  z: Float64Array,
  work: TripleWork,
): Float64Array {
  const { hessian, spread, third: row } = work;
  const w = z.length;
  const v = slopesOf(legs, t * w, work);
  const projected = [0, 0, 0];
  spread.fill(0);
  hessian.fill(0);
  for (let k = 0; k < 3; k++) {
    for (let a = 0; a < w; a++) projected[k] += v[k * w + a] * z[a];
    addCurved(spread.subarray(k * w, (k + 1) * w), k, 1, { x: z, at: 0 });
  }
  for (let k = 0; k < 3; k++) {
    let curved = 0;
    for (let l = 0; l < 3; l++) {
      const f = jets[t * JET + SECOND[3 * k + l]];
      let change = 0;
      for (let m = 0; m < 3; m++) change += jets[t * JET + THIRD[9 * k + 3 * l + m]] * projected[m];
      curved += f * projected[l];
      for (let a = 0; a < w; a++) {
        const [va, wa] = [v[k * w + a], spread[k * w + a]];
        for (let b = 0; b < w; b++) {
          const [vb, wb] = [v[l * w + b], spread[l * w + b]];
          hessian[a * w + b] += change * va * vb + f * (wa * vb + va * wb);
        }
      }
    }
    for (let a = 0; a < w; a++) {
      z.forEach((_, b) => {
        row[b] = b === a ? 1 : 0;
      });
      addCurved(hessian.subarray(a * w, (a + 1) * w), k, curved, { x: row, at: 0 });
    }
  }
  return hessian;
}

/** W_k : C for k = a, b, s. */
export function curvatures(c: Float64Array, d: number): [number, number, number] {
  const w = 2 * d;
  let [first, second, across] = [0, 0, 0];
  for (let a = 0; a < d; a++) {
    first += 2 * c[a * w + a];
    second += 2 * c[(d + a) * w + d + a];
    across += c[a * w + d + a] + c[(d + a) * w + a];
  }
  return [first, second, across];
}

/** result += scale·W_k·x for the 2d entries of x from `at` on. */
export function addCurved(
  result: Float64Array,
  k: number,
  scale: number,
  { x, at }: { readonly x: Float64Array; readonly at: number },
): void {
  const d = result.length / 2;
  for (let a = at; a < at + d; a++) {
    if (k === 0) result[a - at] += 2 * scale * x[a];
    else if (k === 1) result[d + a - at] += 2 * scale * x[d + a];
    else {
      result[a - at] += scale * x[d + a];
      result[d + a - at] += scale * x[a];
    }
  }
}
