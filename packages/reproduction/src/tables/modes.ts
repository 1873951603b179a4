import { ESTIMATE, estimateCells, type ReportTable } from "@softfield/campaign";
import { modeDensity, modeExponent } from "softfield";
import {
  binnedTailExponent,
  completeBelow,
  decimalLogarithm,
  powerOfTen,
  predictedTail,
  square,
} from "softfield/internal";
import type { SampleModes, VibrationData } from "../vibrations.ts";
import { firstWave } from "./waves.ts";

const RESAMPLES = 300;
/** Fewer modes make no exponent. */
const MIN_COUNT = 20;
/** Values of ω_c a decade. */
const PER_DECADE = 20;

/** A plane wave in 2D has a participation ratio of about ½ to ⅔; below this a mode is called localised. */
const LOCALISED = 0.3;

const SELECTIONS: readonly { readonly name: string; readonly most: number }[] = [
  { name: "all", most: Infinity },
  { name: "localised", most: LOCALISED },
];

/** D(ω), where the lowest modes of all samples are complete. */
export function modeDensityTable(ensembles: readonly VibrationData[]): ReportTable {
  const rows = ensembles.flatMap(({ name, particles, dimension, vibrations: { modes } }) =>
    SELECTIONS.flatMap((selection) => {
      const frequencies = modes.map(({ frequency }) => frequency);
      const { rows: found } = modeDensity(frequencies, {
        degreesOfFreedom: (particles - 1) * dimension,
        resamples: RESAMPLES,
        select: (sample, mode) => modes[sample].participation[mode] <= selection.most,
      });
      return found.map(({ x, density, low, high, count }) => {
        return [name, selection.name, x, density, low, high, count];
      });
    }),
  );
  return {
    name: "mode_density",
    title: `D(omega) per vibration, of all modes and of those with a participation ratio up to ${LOCALISED}`,
    columns: ["ensemble", "selection", "x", "density", "low", "high", "count"],
    rows,
  };
}

/** β of D(ω) ∼ ω^β below ω_c, against ω_c. */
export function modeExponentTable(ensembles: readonly VibrationData[]): ReportTable {
  const rows = ensembles.flatMap(({ name, vibrations: { modes } }) =>
    SELECTIONS.flatMap((selection) => {
      const chosen = modes.map((sample) => chosenOf(sample, selection.most));
      return limitsOf(modes, chosen).flatMap((upTo) => {
        const found = modeExponent(chosen, upTo, { resamples: RESAMPLES });
        if (found.status !== "ok") return [];
        return [[name, selection.name, upTo, found.count, ...estimateCells(found)]];
      });
    }),
  );
  return {
    name: "mode_exponents",
    title:
      "Exponent beta of D(omega) ~ omega^beta for omega up to a limit, by maximum likelihood (the paper: 4)",
    columns: ["ensemble", "selection", "upto", "count", ...ESTIMATE],
    rows,
  };
}

function chosenOf({ frequency, participation }: SampleModes, most: number): number[] {
  return frequency.filter((_, mode) => participation[mode] <= most);
}

/** ω_c from where there are enough modes up to where they are complete. */
function limitsOf(modes: readonly SampleModes[], chosen: readonly (readonly number[])[]): number[] {
  const complete = completeBelow(modes.map(({ frequency }) => frequency));
  const sorted = chosen.flat().sort((a, b) => a - b);
  const least = sorted[MIN_COUNT - 1];
  if (least === undefined) return [];
  const limits: number[] = [];
  for (let k = Math.ceil(PER_DECADE * decimalLogarithm(least)); powerOfTen(k / PER_DECADE) <= complete; k++)
    limits.push(powerOfTen(k / PER_DECADE));
  return limits;
}

/** Below this |E| there is no tail. */
const MIN_ENERGY = 2;

/** (5 + β)/4 of the modes up to ω_c beside the tail of p(|E|) from the energies on that such modes make. */
export function tailPredictionTable(ensembles: readonly VibrationData[]): ReportTable {
  const rows = ensembles.flatMap((data) => {
    const { name, energies, vibrations } = data;
    const frequencies = vibrations.modes.map(({ frequency }) => frequency);
    const highest = firstWave(data) ?? Infinity;
    const limits = limitsOf(vibrations.modes, frequencies).filter((upTo) => upTo <= highest);
    return limits.flatMap((upTo) => {
      const from = energyOf(data, upTo);
      if (from === undefined || from < MIN_ENERGY) return [];
      const beta = modeExponent(frequencies, upTo, { resamples: RESAMPLES });
      const tail = binnedTailExponent(energies, from, { resamples: RESAMPLES });
      if (beta.status !== "ok" || tail.status !== "ok" || tail.count < MIN_COUNT) return [];
      const predicted = predictedTail(beta);
      return [
        [
          ...[name, upTo, beta.count, beta.value, predicted.value, predicted.low, predicted.high],
          ...[from, tail.count, tail.value, tail.low, tail.high],
        ],
      ];
    });
  });
  return {
    name: "tail_prediction",
    title:
      "Tail exponent (5 + beta)/4 predicted by the modes up to a limit below the first plane wave (Eq. 6), and the one " +
      "measured from the first bin edge (20 a decade) above |E| = |f.Psi||c_iii|/limit^4 on (median of these modes)",
    columns: [
      ...["ensemble", "upto", "modes", "beta", "predicted", "predicted_low", "predicted_high"],
      ...["from", "bonds", "measured", "measured_low", "measured_high"],
    ],
    rows,
  };
}

/** The typical |f·Ψ||c_iii|/ω⁴ of a mode at ω = `upTo`. */
function energyOf({ vibrations }: VibrationData, upTo: number): number | undefined {
  const factors = vibrations.couplings.flatMap(({ frequency, selfCoupling, projection }) =>
    frequency.flatMap((omega, k) => (omega <= upTo ? selfCoupling[k] * projection[k] : [])),
  );
  if (factors.length < MIN_COUNT) return undefined;
  return factors.sort((a, b) => a - b)[Math.floor(factors.length / 2)] / square(square(upTo));
}
