import { modelUnits, unitNamed } from "softfield/internal";
import type { Campaign } from "../plan/campaign.ts";

/** A unit of λ, ε, τ₀ and m by the names of models, "1/τ₀" → "1/ps", in the mark-up of figures. */
export type UnitNamer = (unit: string) => string;

/** Units by the names of a campaign's models; where they name different ones, all of them, "ε or eV". */
export function unitsOf({ ensembles }: Pick<Campaign, "ensembles">): UnitNamer {
  return (unit) => [...new Set(ensembles.map(({ model }) => unitNamed(unit, model)))].join(" or ");
}

/** Units by the names of one model. */
export function namerOf(model: Parameters<typeof modelUnits>[0]): UnitNamer {
  return (unit) => unitNamed(unit, model);
}

/** Reduced units. */
export const reducedUnits: UnitNamer = (unit) => unit;

/** "lengths in Å, energies in eV, masses in u" of one model. */
export function unitSentence(model: Parameters<typeof modelUnits>[0]): string {
  const { length, energy, mass, time } = modelUnits(model);
  return `lengths in ${length}, energies in ${energy}, masses in ${mass}, times in ${time}`;
}
