import type { PairArrays } from "./pairarrays.ts";
import type { LegFunction } from "./terms.ts";

/** f(r) of pair m from f, f′, f″: gradient f′n, Hessian f″ nn + (f′/r)(1 − nn). */
export function radialFunction(
  { du, r, dimension: d }: PairArrays,
  m: number,
  [value, first, second]: readonly [number, number, number],
): LegFunction {
  const length = r[m];
  const n = du.subarray(m * d, (m + 1) * d).map((x) => x / length);
  const across = first / length;
  const hessian = new Float64Array(d * d);
  for (let a = 0; a < d; a++)
    for (let b = 0; b < d; b++) hessian[a * d + b] = (second - across) * n[a] * n[b] + (a === b ? across : 0);
  return { value, gradient: n.map((x) => first * x), hessian };
}

/** φ(r) of pair m. */
export function pairEnergyOf(pairs: PairArrays, m: number): LegFunction {
  return radialFunction(pairs, m, [pairs.phi0[m], pairs.phi1[m], pairs.phi2[m]]);
}

/**
 * w_ab = φ′ r n_a n_b of pair m. With h(r) = φ′/r, w_ab = h u_a u_b and
 * ∂_c w = h′ n_c u_a u_b + h (δ_ac u_b + δ_bc u_a).
 */
export function pairVirialOf(
  { dimension: d, du, r, phi1, phi2, phi3 }: PairArrays,
  m: number,
  [a, b]: readonly [number, number],
): LegFunction {
  const length = r[m];
  const u = du.subarray(m * d, (m + 1) * d);
  const h = phi1[m] / length;
  const h1 = (phi2[m] - h) / length;
  const h2 = (phi3[m] - 2 * h1) / length;
  const [ua, ub] = [u[a], u[b]];
  const n = u.map((x) => x / length);
  const delta = (p: number, q: number) => (p === q ? 1 : 0);
  const product = (c: number) => delta(a, c) * ub + delta(b, c) * ua;
  const hessian = new Float64Array(d * d);
  for (let c = 0; c < d; c++) {
    for (let e = 0; e < d; e++) {
      const [nc, ne] = [n[c], n[e]];
      const curved = (h2 - h1 / length) * nc * ne + (h1 / length) * delta(c, e);
      const mixed = h1 * (nc * product(e) + ne * product(c));
      const flat = h * (delta(a, c) * delta(b, e) + delta(a, e) * delta(b, c));
      hessian[c * d + e] = curved * ua * ub + mixed + flat;
    }
  }
  return { value: h * ua * ub, gradient: n.map((nc, c) => h1 * nc * ua * ub + h * product(c)), hessian };
}
