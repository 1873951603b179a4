import type { EnsembleData } from "../collect.ts";
import { ESTIMATE, estimateCells, meanOf, type ReportTable } from "../tables.ts";
import { total } from "./energies.ts";

/** Samples of each ensemble. */
export function ensembleTable(ensembles: readonly EnsembleData[]): ReportTable {
  const named = ensembles.some(({ units }) => units !== undefined);
  return {
    name: "ensembles",
    title: "Samples of each ensemble, and the energy per particle of their inherent structures",
    columns: [
      "ensemble",
      "model",
      ...(named ? ["units"] : []),
      "particles",
      "glasses",
      "responses",
      "sheared",
      "bonds",
      ...ESTIMATE,
    ],
    rows: ensembles.map(({ name, model, units, particles, energyPerParticle, seeds, events, energies }) => [
      name,
      model,
      ...(named ? [units ?? "λ, ε, m"] : []),
      particles,
      energyPerParticle.length,
      seeds.length,
      events.length,
      energies.reduce((sum, histogram) => sum + total(histogram), 0),
      ...estimateCells(meanOf(energyPerParticle)),
    ]),
  };
}
