import { sineOfTurns } from "../elementary.ts";
import { combine, constant, exponentialOf, multiply, powerOf, type Series, variable } from "./series.ts";

/**
 * The attraction of bond-order potentials (Tersoff, Phys. Rev. B 37, 6991 and 38, 9902, 1988; 39, 5566, 1989) of a
 * directed bond i → j: −½ f_C(r_ij) B exp(−λ₂ r_ij) b(ζ_ij), b = (1 + (βζ)ⁿ)^{−1/2n},
 * ζ_ij = Σ_{k ≠ i, j} f_C(r_ik) g(cos θ_jik) exp(λ₃ᵐ (r_ij − r_ik)ᵐ), g(c) = γ (1 + c₀²/d² − c₀²/(d² + (c − h)²)),
 * f_C = 1 below R − D, ½ − ½ sin(π(r − R)/2D) up to R + D, 0 beyond: its second derivative jumps at both.
 */
export interface BondOrderTerm {
  /** S */
  readonly speciesCount: number;
  /** S² rows of BOND_ROW f64, row i·S + j: R, D, B, λ₂, β, n. */
  readonly bonds: Float64Array;
  /** S³ rows of BEND_ROW f64, row (i·S + j)·S + k: R, D, γ, c₀, d, h, λ₃, m. */
  readonly bends: Float64Array;
}

/** f64 of a row of `BondOrderTerm.bonds` and of one of `bends`. */
export const BOND_ROW = 6;
export const BEND_ROW = 8;

/** f_C of a series of r; R + D itself counts as within. */
export function cutoffSeries(R: number, D: number, r: Series): Series {
  if (r[0] <= R - D) return constant(1, r);
  if (r[0] > R + D) return constant(0, r);
  const turns = (r[0] - R) / (4 * D);
  const rate = Math.PI / (2 * D);
  // about r[0]: derivatives of −½ sin are ∓½ sin, ∓½ cos times powers of the rate
  let factor = -0.5;
  const about = r.map((_, k) => {
    const value = factor * sineOfTurns(turns + 0.25 * k) + (k === 0 ? 0.5 : 0);
    factor *= rate / (k + 1);
    return value;
  });
  let result = constant(0, r);
  const step = r.map((value, k) => (k === 0 ? 0 : value));
  for (let k = about.length - 1; k >= 0; k--)
    result = combine(1, multiply(result, step), about[k], constant(1, r));
  return result;
}

/** −½ f_C B exp(−λ₂ r) of the bond i → j, Taylor coefficients about r to the given order. */
export function attraction({ bonds, speciesCount }: BondOrderTerm, i: number, j: number, r: Series): Series {
  const row = (i * speciesCount + j) * BOND_ROW;
  const [R, D, B, lambda] = bonds.subarray(row, row + 4);
  const decay = exponentialOf(r.map((value) => -lambda * value));
  return multiply(cutoffSeries(R, D, r), decay).map((value) => -0.5 * B * value);
}

/** b of the bond i → j, Taylor coefficients about ζ; 1 where nothing adds to ζ. */
export function bondOrder(
  { bonds, speciesCount }: BondOrderTerm,
  [i, j]: readonly [number, number],
  zeta: number,
  order: number,
): Series {
  const row = (i * speciesCount + j) * BOND_ROW;
  const [beta, n] = bonds.subarray(row + 4, row + 6);
  const x = variable(zeta, order);
  if (!(zeta > 0) || beta === 0) return constant(1, x);
  const power = powerOf(
    x.map((value) => beta * value),
    n,
  );
  return powerOf(combine(1, power, 1, constant(1, x)), -0.5 / n);
}

/** g of the angle j–i–k, from a series of cos θ. */
export function angular(
  { bends, speciesCount }: BondOrderTerm,
  [i, j, k]: readonly [number, number, number],
  cosine: Series,
): Series {
  const row = ((i * speciesCount + j) * speciesCount + k) * BEND_ROW;
  const [gamma, c, d, h] = bends.subarray(row + 2, row + 6);
  const one = constant(1, cosine);
  const off = combine(1, cosine, -h, one);
  const below = combine(1, multiply(off, off), d * d, one);
  return combine(gamma * (1 + (c * c) / (d * d)), one, -gamma * c * c, powerOf(below, -1));
}

/** exp(λ₃ᵐ δᵐ), from a series of δ = r_ij − r_ik. */
export function weighing(
  { bends, speciesCount }: BondOrderTerm,
  [i, j, k]: readonly [number, number, number],
  delta: Series,
): Series {
  const row = ((i * speciesCount + j) * speciesCount + k) * BEND_ROW;
  const [lambda, m] = bends.subarray(row + 6, row + 8);
  if (lambda === 0) return constant(1, delta);
  const scaled = delta.map((value) => lambda * value);
  return exponentialOf(m === 3 ? multiply(scaled, multiply(scaled, scaled)) : scaled);
}

/** A radius (λ) at which the derivative of this order jumps. */
interface RadialJump {
  readonly x: number;
  readonly order: number;
}

/** Where f_C″ of the bond i → j jumps, and of the leg i → k beside it: R − D and R + D. */
export function bondBreaks({ bonds, speciesCount }: BondOrderTerm, i: number, j: number): RadialJump[] {
  return breaksOf(bonds, (i * speciesCount + j) * BOND_ROW);
}

export function bendBreaks(
  { bends, speciesCount }: BondOrderTerm,
  [i, j, k]: readonly [number, number, number],
): RadialJump[] {
  return breaksOf(bends, ((i * speciesCount + j) * speciesCount + k) * BEND_ROW);
}

function breaksOf(rows: Float64Array, at: number): RadialJump[] {
  const [R, D] = rows.subarray(at, at + 2);
  return [R - D, R + D].map((x) => ({ x, order: 2 }));
}

/** R + D of the bond i → j, and of the leg i → k beside it. */
export function bondReach({ bonds, speciesCount }: BondOrderTerm, i: number, j: number): number {
  const row = (i * speciesCount + j) * BOND_ROW;
  return bonds[row] + bonds[row + 1];
}

export function bendReach(
  { bends, speciesCount }: BondOrderTerm,
  [i, j, k]: readonly [number, number, number],
): number {
  const row = ((i * speciesCount + j) * speciesCount + k) * BEND_ROW;
  return bends[row] + bends[row + 1];
}
