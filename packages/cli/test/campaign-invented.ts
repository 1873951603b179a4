import { createLogHistogram } from "softfield";
import type { EventScoreRow, SampleCurve } from "../../campaign/src/report/collect.ts";
import { HISTOGRAM_BINS } from "../../campaign/src/stages/lte.ts";
import type { VibrationData, Vibrations } from "../../reproduction/src/vibrations.ts";

/** Samples whose tail falls as E^−9/4 and whose events are foretold better by energies than by modes. */
export function inventedEnsemble(name: string, factor: number): VibrationData {
  const seeds = Array.from({ length: 40 }, (_, k) => k + 1);
  const histogram = (seed: number, exponent: number) => {
    const found = createLogHistogram(HISTOGRAM_BINS);
    for (let bin = 40; bin < 140; bin++) {
      const x = 10 ** (bin / 20 - 4);
      const bulk = x < 1 ? x : x ** (1 - exponent);
      found.counts[bin] = 1000 * factor * bulk * (1 + 0.2 * Math.sin(bin * seed));
    }
    return found;
  };
  const score = (seed: number, ordinal: number, scale: number): EventScoreRow => {
    const u = (seed - 0.5) / 40;
    return {
      standardized: 1 + scale * u * ordinal,
      area: Math.min(1, 0.3 * u * scale * ordinal),
      distance: 8 * u * u,
      correlation: 1 - u,
    };
  };
  return {
    name,
    model: "2dipl",
    particles: 400,
    seeds,
    energies: seeds.map((seed) => histogram(seed, 2.25)),
    others: [],
    forces: seeds.map((seed) => histogram(seed, 4)),
    energyPerParticle: seeds.map((seed) => 4 + Math.sin(seed) / 50),
    spots: { lte: seeds.map((seed) => [1, 1.5, seed]), modes: seeds.map(() => [1, 1.1]) },
    events: seeds.map((seed) => ({
      seed,
      strains: [0.003, 0.006, 0.008],
      scores: {
        lte: [1, 2, 3].map((n) => score(seed, n, 1)),
        modes: [1, 2, 3].map((n) => score(seed, n, 1.6)),
      },
    })),
    shares: {
      lte: seeds.map((seed) => ({ seed, standardized: [1, 1.5, seed], share: [0.1, 0.3, 0.6] })),
      modes: seeds.map((seed) => ({ seed, standardized: [1, 1.1], share: [0.5, 0.5] })),
    },
    dimension: 2,
    bond: 1,
    // σ = 30γ, which drops by 0.05 at each event; sheared to 0.009 or a little further
    curves: seeds.slice(0, 12).map((seed) => sawtooth(seed, 0.009 + seed / 1e4)),
    unit: (unit) => unit,
    stressUnit: "ε/λ²",
    quality: { residual: 1e-13, sumRule: 2e-14, withRattlers: 0 },
    // P(max ≥ x) = x^−5/4
    maxima: seeds.map((seed) => ((seed - 0.5) / 40) ** -0.8),
    largest: seeds.map((seed) => Array.from({ length: 5 }, (_, k) => ((seed - 0.5 + k / 5) / 40) ** -0.8)),
    vibrations: inventedVibrations(seeds),
  };
}

/** Events at 0.003, 0.006 and 0.008, up to a last strain. */
export function sawtooth(seed: number, last: number): SampleCurve {
  const events = [0.003, 0.006, 0.008].map((strain, k) => ({ strain, stress: 30 * strain - 0.05 * k }));
  const strain = [0, ...events.flatMap((event) => [event.strain, event.strain]), last];
  const drops = [0, 0, 1, 1, 2, 2, 3, 3];
  return { seed, events, strain, stress: strain.map((x, k) => 30 * x - 0.05 * drops[k]) };
}

/** Vibrations as Eqs. 4 and 5 want them: D ∼ ω⁴, c and f·Ψ of waves ∼ ω³ and ω, E = ω⁻⁴ on the way to an event. */
export function inventedVibrations(seeds: readonly number[]): Vibrations {
  const modes = seeds.map((seed) => {
    const frequency = Array.from({ length: 10 }, (_, k) => 1.2 * ((k + ((0.618 * seed) % 1)) / 10) ** 0.2);
    return { seed, frequency, participation: frequency.map((omega) => omega ** 2 / 2) };
  });
  return {
    modes,
    couplings: modes.map((sample) => ({
      ...sample,
      selfCoupling: sample.frequency.map((_, k) => 1 + 0.5 * Math.sin(7 * sample.seed + k)),
      crossCoupling: sample.frequency.map((_, k) => 0.3 + 0.1 * Math.cos(5 * sample.seed + k)),
      projection: sample.frequency.map((_, k) => 0.8 + 0.1 * Math.sin(3 * sample.seed + k)),
    })),
    waves: ["transverse", "longitudinal"].flatMap((polarisation, p) =>
      [1, 2, 3, 4, 5].flatMap((wave) =>
        [1, 2].map((seed) => {
          const frequency = (1 + p) * wave * 0.9;
          const c = 1e-3 * frequency ** 3;
          return {
            ...{ seed, polarisation, wave, frequency, relaxedFrequency: 0.8 * frequency },
            ...{ selfCoupling: c * (1 + seed / 10), crossCoupling: c / 2, projection: 0.01 * frequency },
          };
        }),
      ),
    ),
    paths: [1, 2, 3].map((seed) => {
      const fraction = [0.7, 0.9, 0.97, 0.99, 0.997, 0.999];
      const distance = fraction.map((part) => (1 - part) * 0.01 * seed);
      const frequency = distance.map((gap) => 1.5 * gap ** 0.25);
      const largest = frequency.map((omega) => seed * omega ** -4);
      const steady = fraction.map(() => 1);
      return { seed, fraction, distance, frequency, selfCoupling: steady, projection: steady, largest };
    }),
  };
}
