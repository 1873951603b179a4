import { type Interactions, type Spread, stretched, type TermFamily } from "../interactions/index.ts";
import type { WorkControl } from "../progress.ts";
import { type Box, volume } from "../space/index.ts";
import { type ThermalResponse, thermalAverage } from "./observable.ts";
import { termVirial } from "./observable-terms.ts";
import type { LocalThermalEnergy, TermEnergies } from "./response.ts";

/**
 * Local thermal energies by particle: of each term every particle of its sites has an equal share, ½ of a pair and ⅓
 * of a triple, so that the shares of all particles sum to Σ_α E_α.
 */
export interface ParticleShares {
  /** N, Σ of its shares. */
  readonly share: Float64Array;
  /** N, the largest |E_α| among its terms. */
  readonly largest: Float64Array;
}

/** Shares of all families' energies among N particles. O(m). */
export function sharedAmongParticles(
  energies: readonly Pick<TermEnergies, "sites" | "lte">[],
  particleCount: number,
): ParticleShares {
  const share = new Float64Array(particleCount);
  const largest = new Float64Array(particleCount);
  for (const { sites, lte } of energies) {
    const { members } = sites;
    lte.forEach((energy, t) => {
      for (const list of members) {
        const p = list[t];
        share[p] += energy / members.length;
        largest[p] = Math.max(largest[p], Math.abs(energy));
      }
    });
  }
  return { share, largest };
}

/** Interactions between two reports of progress. */
const REPORTED = 500;

/** Coefficients of Eq. 1 of every particle, N each. */
export interface ParticleAverages {
  readonly energy: Float64Array;
  /** Of −tr σ/d. */
  readonly pressure: Float64Array;
  /** Of σ_xy. */
  readonly shear: Float64Array;
}

/**
 * Averages of every particle's energy and stress as T → 0, those of `particleEnergy` and `particleStress` (Eq. 1,
 * Zylberg 2017). They are linear, so that each interaction is averaged once and its particles share it. O(m).
 */
export function particleAverages(
  { interactions, box }: { readonly interactions: Interactions; readonly box: Box },
  response: ThermalResponse,
  { energies }: Pick<LocalThermalEnergy, "energies">,
  { onProgress }: Pick<WorkControl, "onProgress"> = {},
): ParticleAverages {
  const n = interactions.particleCount;
  const sums = { energy: new Float64Array(n), pressure: new Float64Array(n), shear: new Float64Array(n) };
  const density = n / volume(box);
  const total = interactions.families.reduce((count, family) => count + family.count, 0);
  let done = 0;
  interactions.families.forEach((family, f) => {
    const { sites, lte } = energies[f];
    const part = 1 / sites.members.length;
    const virial = virialAverages(family, response, response.spreads?.[f]);
    for (let t = 0; t < family.count; t++) {
      if (done % REPORTED === 0) onProgress?.({ stage: "averages", done, total });
      done++;
      let trace = 0;
      for (let a = 0; a < box.dimension; a++) trace += virial(t, a, a);
      const shear = virial(t, 0, 1);
      for (const list of sites.members) {
        const p = list[t];
        sums.energy[p] += part * lte[t];
        sums.pressure[p] -= (part * density * trace) / box.dimension;
        sums.shear[p] += part * density * shear;
      }
    }
  });
  return sums;
}

/** The coefficient of w_ab of a term, by its Hessian or, where terms have many legs, of all terms at once. */
function virialAverages(
  family: TermFamily,
  response: ThermalResponse,
  spread: Spread | undefined,
): (term: number, a: number, b: number) => number {
  const { dimension: d } = family;
  if (!spread?.virials)
    return (t, a, b) => thermalAverage(termVirial(family, t, [a, b]), response).coefficient;
  const moves = stretched(family.legs(), response.displacement, d);
  const known = new Map<number, Float64Array>();
  return (t, a, b) => {
    const all = known.get(a * d + b) ?? spread.virials!([a, b], moves);
    known.set(a * d + b, all);
    return all[t];
  };
}
