import { SoftfieldError } from "../errors.ts";
import type { Interactions } from "../interactions/index.ts";
import type { Observable } from "./observable.ts";
import { requireAxes, requireIndex } from "./ranges.ts";

/** A function of a bond vector u = x_j − x_i with its first two derivatives. */
export interface BondFunction {
  readonly value: number;
  /** d, ∂/∂u */
  readonly gradient: Float64Array;
  /** d×d, ∂²/∂u∂u */
  readonly hessian: Float64Array;
}

/**
 * An observable from a function of the vector of interaction α: ±∂/∂u on j and i; K on ii and jj, −K on ji. Throws
 * "usage" where there is no such bond, or derivatives have another size than d and d×d.
 */
export function bondObservable(
  name: string,
  { i, j, dimension: d }: Interactions,
  bond: number,
  { value, gradient, hessian }: BondFunction,
): Observable {
  requireIndex("bond", bond, i.length);
  if (gradient.length !== d || hessian.length !== d * d) {
    const sizes = `${d} and ${d * d} components, got ${gradient.length} and ${hessian.length}`;
    throw new SoftfieldError(
      "usage",
      `observable "${name}": gradient and Hessian by a bond vector have ${sizes}`,
    );
  }
  const [p, q] = [i[bond], j[bond]];
  const both = new Float64Array(2 * d);
  const blocks = new Float64Array(3 * d * d);
  gradient.forEach((g, a) => {
    both[a] = -g;
    both[d + a] = g;
  });
  hessian.forEach((k, ab) => {
    blocks[ab] = blocks[d * d + ab] = k;
    blocks[2 * d * d + ab] = -k;
  });
  return {
    name,
    value,
    particles: Int32Array.of(p, q),
    gradient: both,
    hessian: { first: Int32Array.of(p, q, q), second: Int32Array.of(p, q, p), blocks },
  };
}

/**
 * ε_α, whose coefficient in Eq. 1 is the local thermal energy E_α (Eq. 3, Zylberg 2017); unit ε. Throws "usage" for
 * no such bond.
 */
export function pairEnergy(interactions: Interactions, bond: number): Observable {
  const { phi0, phi1, phi2 } = interactions;
  requireIndex("bond", bond, phi0.length);
  const derivatives = [phi0[bond], phi1[bond], phi2[bond]] as [number, number, number];
  return bondObservable(`pair energy ${bond}`, interactions, bond, radial(interactions, bond, derivatives));
}

/** r_α = |x_j − x_i|, unit λ. Throws "usage" for no such bond. */
export function bondLength(interactions: Interactions, bond: number): Observable {
  requireIndex("bond", bond, interactions.r.length);
  const r = interactions.r[bond];
  return bondObservable(`bond length ${bond}`, interactions, bond, radial(interactions, bond, [r, 1, 0]));
}

/** f(r) of a bond from f, f′, f″: gradient f′n, Hessian f″ nn + (f′/r)(1 − nn). */
function radial(
  { du, r, dimension: d }: Interactions,
  bond: number,
  [value, first, second]: readonly [number, number, number],
): BondFunction {
  const length = r[bond];
  const n = du.subarray(bond * d, (bond + 1) * d).map((x) => x / length);
  const across = first / length;
  const hessian = new Float64Array(d * d);
  for (let a = 0; a < d; a++)
    for (let b = 0; b < d; b++) hessian[a * d + b] = (second - across) * n[a] * n[b] + (a === b ? across : 0);
  return { value, gradient: n.map((x) => first * x), hessian };
}

/**
 * w_ab = φ′ r n_a n_b of a bond, its part of the virial V·σ_ab; unit ε. With h(r) = φ′/r, w_ab = h u_a u_b and
 * ∂_c w = h′ n_c u_a u_b + h (δ_ac u_b + δ_bc u_a). Throws "usage" for no such bond or axes.
 */
export function bondVirial(
  interactions: Interactions,
  bond: number,
  [a, b]: readonly [number, number],
): Observable {
  const { dimension: d, du, r, phi1, phi2, phi3 } = interactions;
  requireIndex("bond", bond, r.length);
  requireAxes([a, b], d);
  const length = r[bond];
  const u = du.subarray(bond * d, (bond + 1) * d);
  const h = phi1[bond] / length;
  const h1 = (phi2[bond] - h) / length;
  const h2 = (phi3[bond] - 2 * h1) / length;
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
  const gradient = n.map((nc, c) => h1 * nc * ua * ub + h * product(c));
  return bondObservable(`virial ${"xyz"[a]}${"xyz"[b]} of bond ${bond}`, interactions, bond, {
    value: h * ua * ub,
    gradient,
    hessian,
  });
}
