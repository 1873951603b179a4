import { bootstrap } from "softfield";
import type { EnsembleData, SampleCurve } from "../collect.ts";
import type { ReportTable } from "../tables.ts";

/** Strains at which the mean is taken, of as many equal steps. */
const STEPS = 100;
const RESAMPLES = 300;
/** Curves of single samples that are shown. */
const SHOWN = 5;

/** The mean stress over strain of each ensemble, up to the strain that all of its samples were sheared to. */
export function stressTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap(({ name, curves, stressUnit }) => {
    const sheared = curves.filter(({ strain }) => strain.length > 1);
    if (sheared.length === 0) return [];
    const end = Math.min(...sheared.map(({ strain }) => strain[strain.length - 1]));
    if (!(end > 0)) return [];
    const strains = Array.from({ length: STEPS + 1 }, (_, k) => (end * k) / STEPS);
    const stresses = sheared.map((curve) => stressesAt(curve, strains));
    const mean = (weights: Float64Array) =>
      strains.map((_, k) => stresses.reduce((sum, own, n) => sum + weights[n] * own[k], 0) / sheared.length);
    return bootstrap(sheared.length, mean, { resamples: RESAMPLES }).map(({ value, low, high }, k) => [
      ...[name, strains[k], value, low, high, sheared.length, stressUnit],
    ]);
  });
  return {
    name: "stress_strain",
    title: "Mean stress over strain, up to the strain that all samples were sheared to",
    columns: ["ensemble", "strain", "value", "low", "high", "samples", "unit"],
    rows,
  };
}

/** Stress over strain of the first samples of each ensemble, with their events. */
export function stressSamplesTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap(({ name, curves }) =>
    curves.slice(0, SHOWN).flatMap(({ seed, strain, stress, events }) => {
      let passed = 0;
      return strain.map((x, k) => {
        const next = events[passed];
        const here = next !== undefined && next.strain === x && next.stress === stress[k];
        if (here) passed++;
        return [name, seed, x, stress[k], here ? passed : 0];
      });
    }),
  );
  return {
    name: "stress_samples",
    title: `Stress over strain of the first ${SHOWN} samples of each ensemble; "event" numbers their plastic events, at the stress before each`,
    columns: ["ensemble", "seed", "strain", "stress", "event"],
    rows,
  };
}

/** A curve at ascending strains, linear between its points; at an event the stress after it. */
function stressesAt({ strain, stress }: SampleCurve, at: readonly number[]): number[] {
  let k = 0;
  return at.map((x) => {
    while (k + 2 < strain.length && strain[k + 1] <= x) k++;
    const width = strain[k + 1] - strain[k];
    const part = width > 0 ? Math.min(1, Math.max(0, (x - strain[k]) / width)) : 1;
    return stress[k] + part * (stress[k + 1] - stress[k]);
  });
}
