import type { Minimum } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import { type ElasticConstants, elasticConstants } from "./elastic.ts";
import { type ThermalExpansion, thermalExpansion } from "./expansion.ts";
import { thermalEnergies } from "./lte.ts";
import { type ThermalResponse, thermalResponse } from "./observable.ts";
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
    response: thermalResponse(minimum, lte.displacement),
    lte,
    expansion: thermalExpansion(minimum, spreads),
    elastic: elasticConstants(minimum),
  };
}
