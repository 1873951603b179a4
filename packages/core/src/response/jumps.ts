import type { PairSpread } from "../interactions/index.ts";
import type { Minimum } from "../minimum/index.ts";
import { type DiameterPair, type Jump, pairJumps, pairLength } from "../models/index.ts";

/** What part of a glass lies at discontinuities of its potential. */
export interface JumpShares {
  /** T for which thermal motion is estimated: that of the glass transition, unit ε/k_B. */
  readonly temperature: number;
  /** Radius by radius, ascending. */
  readonly radii: readonly JumpShare[];
}

/** Pairs whose distance is within its thermal spread of a radius. */
export interface JumpShare {
  /** Unit λ; with diameters of particles, in units of λ_ij. */
  readonly radius: number;
  /** Of the lowest derivative of φ that jumps there: 0 … 3. */
  readonly order: number;
  readonly pairs: number;
  /** Part of all pairs, and their part of Σ|E|. */
  readonly share: number;
  readonly energyShare: number;
}

/**
 * How much of E the discontinuities of a truncated potential may touch: pairs with |r − r_jump| < √(k_BT n·C n), n·C n
 * k_BT the variance of their distance to lowest order. A bound by orders of magnitude, at T_g of the model; undefined
 * where φ‴ is continuous or the model knows no T_g. O(m).
 *
 * @param spread covariances of the pairs of the backbone. Read.
 * @param lte E of the pairs of the backbone. Read.
 */
export function jumpShares(
  { model, system, backbone: { particles } }: Minimum,
  { pairs, covariances }: Pick<PairSpread, "pairs" | "covariances">,
  lte: Float64Array,
): JumpShares | undefined {
  const temperature = model.glass?.glassTransition;
  if (temperature === undefined) return undefined;
  const { species, diameters } = system;
  const jumpsOf = jumpsByKind(model);
  const { dimension: d, i, j, r, du } = pairs;
  const found = new Map<number, { order: number; pairs: number; energy: number }>();
  let total = 0;
  for (let m = 0; m < r.length; m++) {
    const size = Math.abs(lte[m]);
    total += size;
    const [p, q] = [particles[i[m]], particles[j[m]]];
    const sigma: DiameterPair | undefined = diameters && [diameters[p], diameters[q]];
    for (const { x, order, unit } of jumpsOf(species[p], species[q], sigma)) {
      const entry = found.get(x) ?? { order, pairs: 0, energy: 0 };
      found.set(x, entry);
      entry.order = Math.min(entry.order, order);
      const gap = (x * unit - r[m]) * r[m];
      let variance = 0;
      for (let a = 0; a < d; a++) {
        for (let b = 0; b < d; b++)
          variance += covariances[(m * d + a) * d + b] * du[m * d + a] * du[m * d + b];
      }
      if (gap * gap > temperature * variance) continue;
      entry.pairs++;
      entry.energy += size;
    }
  }
  if (found.size === 0) return undefined;
  const radii = [...found].map(([radius, { order, pairs: count, energy }]) => ({
    radius,
    order,
    pairs: count,
    share: count / r.length,
    energyShare: energy / total,
  }));
  return { temperature, radii: radii.sort((a, b) => a.radius - b.radius) };
}

/** Jumps of each pair of species, found once; `unit` is the length that x is a multiple of. */
function jumpsByKind(model: Minimum["model"]) {
  const mixed = model.mixing !== undefined;
  const known = new Map<number, readonly Jump[]>();
  return (s: number, t: number, sigma: DiameterPair | undefined) => {
    const kind = s * model.species.length + t;
    const jumps = known.get(kind) ?? pairJumps(model, s, t, mixed ? [1, 1] : undefined);
    known.set(kind, jumps);
    const unit = mixed ? pairLength(model, s, t, sigma) : 1;
    return jumps.map((jump) => ({ ...jump, unit }));
  };
}
