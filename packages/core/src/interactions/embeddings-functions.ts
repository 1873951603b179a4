import type { EmbeddingArrays } from "./embeddings-arrays.ts";
import type { LegFunction } from "./terms.ts";

/** ∂ρ/∂y (z·d) and ∂²ρ/∂y∂y (d×d a leg) of the legs of an atom. */
function densityOf(e: EmbeddingArrays, t: number): { slope: Float64Array; curvature: Float64Array } {
  const { dimension: d, starts, vectors, r, f1, f2 } = e;
  const z = starts[t + 1] - starts[t];
  const [slope, curvature] = [new Float64Array(z * d), new Float64Array(z * d * d)];
  for (let k = 0; k < z; k++) {
    const l = starts[t] + k;
    const across = f1[l] / r[l];
    for (let a = 0; a < d; a++) {
      const n = vectors[l * d + a] / r[l];
      slope[k * d + a] = f1[l] * n;
      for (let b = 0; b < d; b++)
        curvature[(k * d + a) * d + b] =
          (f2[l] - across) * n * (vectors[l * d + b] / r[l]) + (a === b ? across : 0);
    }
  }
  return { slope, curvature };
}

/** F(ρ) of term t as a function of the legs of its atom. */
export function embeddingEnergyOf(e: EmbeddingArrays, t: number): LegFunction {
  const { dimension: d, F0, F1, F2 } = e;
  const { slope, curvature } = densityOf(e, t);
  const w = slope.length;
  const hessian = new Float64Array(w * w);
  for (let p = 0; p < w; p++) {
    for (let q = 0; q < w; q++) hessian[p * w + q] = F2[t] * slope[p] * slope[q];
    const start = p - (p % d);
    for (let b = 0; b < d; b++) hessian[p * w + start + b] += F1[t] * curvature[p * d + b];
  }
  return { value: F0[t], gradient: slope.map((x) => F1[t] * x), hessian };
}

/** W_ab of a leg, (f′/r) u_a u_b, into the result; its derivatives by u into `slope` (d) and `curvature` (d×d). */
export function legVirial(
  { dimension: d, vectors, r, f1, f2, f3 }: EmbeddingArrays,
  l: number,
  [a, b]: readonly [number, number],
  slope: Float64Array,
  curvature: Float64Array,
): number {
  const delta = (p: number, q: number) => (p === q ? 1 : 0);
  const length = r[l];
  const u = vectors.subarray(l * d, (l + 1) * d);
  const h = f1[l] / length;
  const h1 = (f2[l] - h) / length;
  const h2 = (f3[l] - 2 * h1) / length;
  const product = (x: number) => delta(a, x) * u[b] + delta(b, x) * u[a];
  for (let c = 0; c < d; c++) {
    const nc = u[c] / length;
    slope[c] = h1 * nc * u[a] * u[b] + h * product(c);
    for (let x = 0; x < d; x++) {
      const nx = u[x] / length;
      const curved = (h2 - h1 / length) * nc * nx + (h1 / length) * delta(c, x);
      const mixed = h1 * (nc * product(x) + nx * product(c));
      const flat = h * (delta(a, c) * delta(b, x) + delta(a, x) * delta(b, c));
      curvature[c * d + x] = curved * u[a] * u[b] + mixed + flat;
    }
  }
  return h * u[a] * u[b];
}

/**
 * w_ab = F′ W, W = Σ (f′/r) u_a u_b over the legs: ∂w = F″ W ∂ρ + F′ ∂W and
 * ∂²w = F‴ W ∂ρ∂ρ + F″ (∂ρ ∂W + ∂W ∂ρ + W ∂²ρ) + F′ ∂²W.
 */
export function embeddingVirialOf(
  e: EmbeddingArrays,
  t: number,
  axes: readonly [number, number],
): LegFunction {
  const { dimension: d, starts, F1, F2, F3 } = e;
  const { slope, curvature } = densityOf(e, t);
  const w = slope.length;
  const own = new Float64Array(w);
  const ownCurvature = new Float64Array(w * d);
  let total = 0;
  for (let k = 0; k < w / d; k++) {
    const bent = ownCurvature.subarray(k * d * d, (k + 1) * d * d);
    total += legVirial(e, starts[t] + k, axes, own.subarray(k * d, (k + 1) * d), bent);
  }
  const hessian = new Float64Array(w * w);
  for (let p = 0; p < w; p++) {
    for (let q = 0; q < w; q++)
      hessian[p * w + q] =
        F3[t] * total * slope[p] * slope[q] + F2[t] * (slope[p] * own[q] + own[p] * slope[q]);
    const start = p - (p % d);
    for (let x = 0; x < d; x++)
      hessian[p * w + start + x] += F2[t] * total * curvature[p * d + x] + F1[t] * ownCurvature[p * d + x];
  }
  return {
    value: F1[t] * total,
    gradient: own.map((x, p) => F2[t] * total * slope[p] + F1[t] * x),
    hessian,
  };
}
