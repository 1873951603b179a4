import { legJumps, type Spread, type TermFamily } from "../interactions/index.ts";
import type { Minimum } from "../minimum/index.ts";

/** What part of a glass lies at discontinuities of its potential. */
export interface JumpShares {
  /** T for which thermal motion is estimated: that of the glass transition, unit ε/k_B; absent where the model knows none. */
  readonly temperature?: number;
  /** Family by family, radius by radius, ascending. */
  readonly radii: readonly JumpShare[];
}

/** Terms of which the length of a leg is within its thermal spread of a radius. */
export interface JumpShare {
  /** The noun of the terms: "bond", "bond order". */
  readonly of: string;
  /** Unit λ; with diameters of particles, in units of λ_ij. */
  readonly radius: number;
  /** Of the lowest derivative of the energy that jumps there: 0 … 3. */
  readonly order: number;
  /** T at which the first of them is within its thermal spread, unit ε/k_B. */
  readonly from: number;
  /** How many at the temperature of the shares, as a part of all of the family, and their part of its Σ|E|. */
  readonly terms?: number;
  readonly share?: number;
  readonly energyShare?: number;
}

/** What the estimate reads of a minimum. */
export type AtJumps = Pick<Minimum, "model" | "system"> & {
  readonly backbone: {
    readonly particles: Int32Array;
    readonly interactions: { readonly families: readonly TermFamily[] };
  };
};

/**
 * How much of E the discontinuities of a potential may touch: terms of which a leg has |r − r_jump| < √(k_BT n·C n),
 * n·C n k_BT the variance of its length to lowest order. A bound by orders of magnitude, at T_g of the model; undefined
 * where φ‴ is continuous. O(legs).
 *
 * @param spreads covariances of the families of the backbone. Read.
 * @param energies E of their terms. Read.
 */
export function jumpShares(
  { model, system, backbone: { particles, interactions } }: AtJumps,
  spreads: readonly Spread[],
  energies: readonly Float64Array[],
): JumpShares | undefined {
  const temperature = model.glass?.glassTransition;
  const jumps = jumpsOf({ model, system, backbone: { particles, interactions } });
  const radii = interactions.families.flatMap((family, f) => {
    const own = jumps[f];
    return own ? sharesOf(family, spreads[f], energies[f], own, temperature) : [];
  });
  return radii.length === 0 ? undefined : { temperature, radii };
}

/** Whether some derivative of the energies of terms may jump, so that `jumpShares` finds something. O(N). */
export function mayJump(minimum: AtJumps): boolean {
  return jumpsOf(minimum).some((jumps) => jumps !== undefined);
}

/** Where the legs of each family's terms jump; undefined of families that nowhere do. */
function jumpsOf({ model, system, backbone: { particles, interactions } }: AtJumps) {
  const { species, diameters } = system;
  const own = {
    species: particles.map((p) => species[p]),
    diameters: diameters && Float64Array.from(particles, (p) => diameters[p]),
  };
  return interactions.families.map((family) => legJumps(family, model, own));
}

interface Found {
  order: number;
  from: number;
  terms: number;
  energy: number;
  /** The last term that counts. */
  last: number;
}

function sharesOf(
  family: TermFamily,
  spread: Spread,
  energies: Float64Array,
  jumpsOfLeg: NonNullable<ReturnType<typeof legJumps>>,
  temperature: number | undefined,
): JumpShare[] {
  const variances = spread.stretches?.();
  if (variances === undefined) return [];
  const { dimension: d, count } = family;
  const { from, vectors, starts } = family.legs();
  const legs = from.length / count;
  const found = new Map<number, Found>();
  for (let t = 0; t < count; t++) {
    for (let l = starts?.[t] ?? t * legs; l < (starts?.[t + 1] ?? (t + 1) * legs); l++) {
      const jumps = jumpsOfLeg(l);
      if (jumps.length === 0) continue;
      let square = 0;
      for (let a = l * d; a < (l + 1) * d; a++) square += vectors[a] * vectors[a];
      const r = Math.sqrt(square);
      for (const { x, order, unit } of jumps) {
        const entry = found.get(x) ?? { order, from: Infinity, terms: 0, energy: 0, last: -1 };
        found.set(x, entry);
        entry.order = Math.min(entry.order, order);
        const gap = (x * unit - r) * r;
        const reached = (gap * gap) / variances[l];
        entry.from = Math.min(entry.from, reached);
        if (temperature === undefined || reached > temperature || entry.last === t) continue;
        entry.last = t;
        entry.terms++;
        entry.energy += Math.abs(energies[t]);
      }
    }
  }
  const total = energies.reduce((sum, e) => sum + Math.abs(e), 0);
  const shares = Array.from(found, ([radius, { order, from, terms, energy }]) => ({
    ...{ of: family.kind.noun, radius, order, from },
    ...(temperature !== undefined && { terms, share: terms / count, energyShare: energy / total }),
  }));
  return shares.sort((a, b) => a.radius - b.radius);
}
