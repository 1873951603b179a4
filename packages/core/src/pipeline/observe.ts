import type { PairModel } from "../models/index.ts";
import type { WorkControl } from "../progress.ts";
import {
  bondCovariances,
  type ElasticConstants,
  elasticConstants,
  type LocalThermalEnergy,
  respond,
  type ThermalExpansion,
  type ThermalResponse,
  thermalExpansion,
  thermalResponse,
} from "../response/index.ts";
import type { System } from "../space/index.ts";
import { selectedInverse, solve } from "../sparse/index.ts";
import { coveredLegs } from "./lte.ts";
import { factorOrRefuse, polish } from "./polish.ts";
import type { Skeleton } from "./structure.ts";

/** A glass ready for thermal averages: observables are numbered as the particles of `skeleton`. */
export interface ObservedGlass {
  /** The configuration at its minimum: the given one unless it was polished. */
  readonly system: System;
  /** It without rattlers; `skeleton.particles` maps its particles to those of `system`. */
  readonly skeleton: Skeleton;
  readonly response: ThermalResponse;
  readonly lte: LocalThermalEnergy;
  readonly expansion: ThermalExpansion;
  readonly elastic: ElasticConstants;
}

/**
 * Brings a configuration to its minimum and solves for what `thermalAverage` (Eq. 1, Zylberg 2017) needs: M⁺ on its
 * pattern and the thermal displacement. Errors and cost as `localThermalEnergy`.
 */
export function observeGlass(
  system: System,
  model: PairModel,
  options: { readonly polish?: boolean; readonly relaxed?: boolean } = {},
  control: WorkControl = {},
): ObservedGlass {
  const { relaxed = true } = options;
  const {
    skeleton,
    analysed: known,
    ...polished
  } = polish(system, model, { allowed: options.polish ?? true, relaxed }, control);
  const reuse = known ? { reuse: known } : {};
  const { factor, analysed } = factorOrRefuse(skeleton, { relaxed, ...reuse }, control);
  const inverse = selectedInverse(factor, control);
  const covariances = bondCovariances(skeleton.interactions, analysed.pattern, inverse);
  const { interactions } = skeleton;
  const legs = coveredLegs(interactions, analysed.pattern, inverse);
  const lte = respond(interactions, covariances, (b) => solve(factor, b, { refine: 1 }), legs);
  return {
    system: polished.system,
    skeleton,
    response: thermalResponse(factor, inverse, lte.displacement),
    lte,
    expansion: thermalExpansion(skeleton, factor, { bonds: covariances, legs }),
    elastic: elasticConstants(skeleton, factor),
  };
}
