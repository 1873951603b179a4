import type { Minimum } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import { type ElasticConstants, elasticConstants } from "./elastic.ts";
import { type ThermalExpansion, thermalExpansion } from "./expansion.ts";
import { thermalEnergies } from "./lte.ts";
import { type ThermalAverage, type ThermalResponse, thermalAverage, thermalResponse } from "./observable.ts";
import { potentialEnergy } from "./observable-particles.ts";
import type { LocalThermalEnergy } from "./response.ts";

/** Thermal averages of a glass: observables are numbered as the particles of the minimum's backbone. */
export interface ObservedGlass {
  readonly minimum: Minimum;
  readonly response: ThermalResponse;
  readonly lte: LocalThermalEnergy;
  readonly expansion: ThermalExpansion;
  readonly elastic: ElasticConstants;
}

/**
 * Solves, at a minimum, for what `thermalAverage` (Eq. 1, Zylberg 2017) needs: M⁺ on its pattern and the thermal
 * displacement. Errors and cost as `localThermalEnergy`.
 */
export function observeGlass(minimum: Minimum, control: WorkControl = {}): ObservedGlass {
  const { lte, spreads } = thermalEnergies(minimum, control);
  return {
    minimum,
    response: { ...thermalResponse(minimum, lte.displacement), spreads },
    lte,
    expansion: thermalExpansion(minimum, spreads),
    elastic: elasticConstants(minimum),
  };
}

/**
 * U = Σ_α ε_α: its coefficient counts the non-zero modes, Nd − d (equipartition). Term by term; where terms have many
 * legs, by the sums of all. O(m).
 */
export function averageEnergy({ minimum, response, lte }: ObservedGlass): ThermalAverage {
  const { interactions } = minimum.backbone;
  const summed = (f: number) => response.spreads?.[f].virials !== undefined;
  const families = interactions.families.filter((_, f) => !summed(f));
  const average = { ...thermalAverage(potentialEnergy({ families }), response) };
  const sum = (values: Float64Array) => values.reduce((all, x) => all + x, 0);
  interactions.families.forEach((family, f) => {
    if (!summed(f)) return;
    const { harmonic, anharmonic, lte: both } = lte.energies[f];
    average.value += sum(family.energies());
    average.harmonic += sum(harmonic);
    average.anharmonic += sum(anharmonic);
    average.coefficient += sum(both);
  });
  return average;
}
