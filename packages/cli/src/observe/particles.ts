import {
  bondVirial,
  type Observable,
  type ObservedGlass,
  thermalAverage,
  tripleVirial,
  volume,
  type WorkControl,
} from "softfield";

/** Interactions between two reports of progress. */
const REPORTED = 500;

/** Coefficients of Eq. 1 of every particle, N each, in the order of `backbone.particles`. */
export interface ParticleAverages {
  readonly energy: Float64Array;
  /** Of −tr σ/d. */
  readonly pressure: Float64Array;
  /** Of σ_xy. */
  readonly shear: Float64Array;
}

/**
 * Averages of every particle's energy and stress as T → 0, those of `particleEnergy` and `particleStress` (Eq. 1). They are linear, so that each interaction is averaged once and its particles
 * share it: ½ to either end of a pair, ⅓ to each particle of a triple. O(interactions).
 */
export function particleAverages(
  { minimum, response, lte }: ObservedGlass,
  { onProgress }: Pick<WorkControl, "onProgress"> = {},
): ParticleAverages {
  const { interactions, box, particles } = minimum.backbone;
  const { i, j, triples } = interactions;
  const n = particles.length;
  const total = i.length + (triples?.centre.length ?? 0);
  const sums = { energy: new Float64Array(n), pressure: new Float64Array(n), shear: new Float64Array(n) };
  const density = n / volume(box);
  const share = (ends: readonly number[], energy: number, virial: (a: number, b: number) => Observable) => {
    const part = 1 / ends.length;
    const average = (a: number, b: number) => thermalAverage(virial(a, b), response).coefficient;
    let trace = 0;
    for (let a = 0; a < box.dimension; a++) trace += average(a, a);
    const shear = average(0, 1);
    for (const p of ends) {
      sums.energy[p] += part * energy;
      sums.pressure[p] -= (part * density * trace) / box.dimension;
      sums.shear[p] += part * density * shear;
    }
  };
  const report = (done: number) => {
    if (done % REPORTED === 0) onProgress?.({ stage: "averages", done, total });
  };
  for (let m = 0; m < i.length; m++) {
    report(m);
    const energy = lte.harmonic[m] + lte.anharmonic[m];
    share([i[m], j[m]], energy, (a, b) => bondVirial(interactions, m, [a, b]));
  }
  for (let t = 0; triples && t < triples.centre.length; t++) {
    report(i.length + t);
    const energy = lte.triples!.harmonic[t] + lte.triples!.anharmonic[t];
    const ends = [triples.centre[t], triples.j[t], triples.k[t]];
    share(ends, energy, (a, b) => tripleVirial(interactions, t, [a, b]));
  }
  return sums;
}
