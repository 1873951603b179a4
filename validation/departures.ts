import { type CanonicalSample, type Interactions, type Minimum, sampleLocalEnergies } from "softfield";

/** Relative to a glass's reference temperature. */
const TEMPERATURES = [1e-4, 1e-3, 3e-3, 1e-2, 2e-2, 4e-2, 8e-2, 0.16];
const DEPARTED = 0.1;

/** Where the bonds of a glass depart from Eq. 3. */
export interface Departures {
  /** T₁₀ of every bond: where the ratio of [⟨ε⟩_T − ε⁰]/½k_BT to its value at the lowest temperature has left 1 by a tenth; Infinity: not below `reached`. */
  readonly limits: Float64Array;
  /** The highest temperature without a hop. */
  readonly reached: number;
}

/**
 * Canonical molecular dynamics at growing temperatures up to 0.16 `reference` or the first hop, with the same random numbers at
 * each, so that what is sampling error at the lowest one is so at the others and falls out of their ratio. `onTemperature` hears
 * of each, with the ratios.
 */
export function departures(
  { system, model }: Minimum,
  interactions: Interactions,
  { seed, reference }: { readonly seed: number; readonly reference: number },
  onTemperature?: (sample: CanonicalSample, ratio: Float64Array) => void,
): Departures {
  const terms = interactions.families[0].count;
  const limits = new Float64Array(terms).fill(Infinity);
  let lowest: Float64Array | undefined;
  let before = { temperature: 0, ratio: new Float64Array(terms).fill(1) };
  for (const fraction of TEMPERATURES) {
    const temperature = fraction * reference;
    const sample = sampleLocalEnergies(system, model, interactions, { temperature, seed });
    const { mean } = sample.families[0];
    lowest ??= mean;
    const ratio = mean.map((value, bond) => value / lowest![bond]);
    onTemperature?.(sample, ratio);
    if (sample.hoppedInBlock !== undefined) break;
    for (let bond = 0; bond < terms; bond++) {
      const [from, to] = [Math.abs(before.ratio[bond] - 1), Math.abs(ratio[bond] - 1)];
      if (limits[bond] < Infinity || to < DEPARTED) continue;
      limits[bond] =
        before.temperature + ((temperature - before.temperature) * (DEPARTED - from)) / (to - from);
    }
    before = { temperature, ratio };
  }
  return { limits, reached: before.temperature };
}
