import {
  familyBlocks,
  followed,
  type HessianPattern,
  type Interactions,
  type Legs,
  legsOf,
  onParticles,
  type Spread,
  strained,
  stretched,
} from "../interactions/index.ts";
import type { WorkControl } from "../progress.ts";
import {
  type BlockSymmetric,
  type CholeskyFactor,
  inverseDerivatives,
  multiplyRate,
} from "../sparse/index.ts";
import type { LocalThermalEnergy } from "./response.ts";

/** What the derivative of local thermal energies along a strain is made from, all of one minimum. */
export interface Straining {
  readonly interactions: Interactions;
  readonly pattern: HessianPattern;
  readonly factor: CholeskyFactor;
  /** Covariances C_α, and the energies made from them. */
  readonly spreads: readonly Spread[];
  readonly lte: LocalThermalEnergy;
  /** x of M·x = b, up to a translation; of `count` b, one after the other. */
  readonly solve: (rightHandSides: Float64Array, count: number) => Float64Array;
}

/** How a glass answers to a strain: at rates of the strain. */
export interface StrainRates {
  /** One a family, t: dE_α, unit 1 */
  readonly lte: readonly Float64Array[];
  /** N×d, v = dx/dγ beyond the affine motion, λ */
  readonly velocity: Float64Array;
}

/**
 * dE_α along the relaxed branch when the box strains by each of `strains` (d×d, symmetric or not: rotations change
 * nothing; read), exactly. With D the total rate, v = −G·Ξ, Ξ = ∂²U/∂x∂γ:
 * DG = −G·DM·G on the pattern, DX = −G·(DM·X + D(U‴):G + U‴:DG),
 * dE_α = D(∂²ε_α):G + ∂²ε_α:DG + Df_α·X + f_α·DX
 * (the product rule on Eqs. 2 and 3 of Zylberg 2017; E·dE/dγ: Schwartzman-Nowik, Lerner, Bouchbinder 2019). Σ dE = 0.
 * Cost about twice factor and selected inverse a strain, two solves, and a selected inverse for all.
 */
export function strainRates(
  { interactions, pattern, factor, spreads, lte, solve }: Straining,
  strains: readonly ArrayLike<number>[],
  control: WorkControl = {},
): StrainRates[] {
  const { dimension: d, families } = interactions;
  const X = lte.displacement;
  const legs = legsOf(interactions);
  const affine = strains.map((strain) => strained(legs, strain));
  const forces = affine.map((own) => {
    const pulls = families.map((family, f) => family.legRates(own[f]));
    return onParticles(legs, pulls, interactions);
  });
  const velocities = negated(solve, forces);
  const rates = affine.map((own, k) => followed(legs, own, velocities[k], d));
  const DM = rates.map((own) => hessianRate(interactions, pattern, own));
  const DG = inverseDerivatives(factor, DM, control);
  const moved = DG.map((own, k) =>
    familyBlocks(interactions, pattern, own).map((blocks, f) => spreads[f].moved(blocks, rates[k][f])),
  );
  const pulled = rates.map((own, k) => {
    const b = multiplyRate(factor.matrix, DM[k], X);
    spreads.forEach((spread, f) => {
      spread.addThirdRate(own[f], b);
      moved[k][f].addThird(b);
    });
    return b;
  });
  const DX = negated(solve, pulled);
  const stretches = legs.map((own) => stretched(own, X, d));
  return rates.map((own, k) => {
    const energies = families.map((family, f) => {
      const stiffness = spreads[f].harmonicRate(own[f]);
      const spreading = moved[k][f].harmonic();
      const turning = perTerm(family.legRates(own[f]), stretches[f], family.count, legs[f]);
      const drift = family.project(DX[k]);
      return stiffness.map((rate, t) => rate + spreading[t] + turning[t] + drift[t]);
    });
    return { lte: energies, velocity: velocities[k] };
  });
}

/** −x of M·x = b for each b. */
function negated(solve: Straining["solve"], rightHandSides: readonly Float64Array[]): Float64Array[] {
  const count = rightHandSides.length;
  const [{ length }] = rightHandSides;
  const all = new Float64Array(count * length);
  rightHandSides.forEach((b, k) => {
    all.set(b, k * length);
  });
  const x = solve(all, count).map((value) => -value);
  return rightHandSides.map((_, k) => x.subarray(k * length, (k + 1) * length));
}

/** What M changes by while the legs change at these rates. O(m). */
function hessianRate(
  interactions: Interactions,
  pattern: HessianPattern,
  rates: readonly Float64Array[],
): BlockSymmetric {
  const { size, dimension, columnStarts, rows } = pattern;
  const lower = new Float64Array(rows.length * dimension * dimension);
  const diagonal = new Float64Array(size * dimension * dimension);
  familyBlocks(interactions, pattern, { lower, diagonal }).forEach((blocks, f) => {
    interactions.families[f].addHessianRate(rates[f], blocks);
  });
  return { size, dimension, columnStarts, rows, lower, diagonal };
}

/** x·y of each term, whose leg vectors stand one after the other. */
function perTerm(
  x: Float64Array,
  y: Float64Array,
  count: number,
  { starts, from }: Pick<Legs, "starts" | "from">,
): Float64Array {
  const d = x.length / from.length;
  const each = from.length / count;
  return Float64Array.from({ length: count }, (_, t) => {
    const [first, last] = starts ? [starts[t], starts[t + 1]] : [t * each, (t + 1) * each];
    let sum = 0;
    for (let e = first * d; e < last * d; e++) sum += x[e] * y[e];
    return sum;
  });
}
