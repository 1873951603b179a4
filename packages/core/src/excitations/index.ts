/** Room 11, excitations: localised modes beyond the harmonic ones, and what they say of yielding. */
export {
  type ActivatedSaddle,
  type ActivatedSaddles,
  activatedSaddles,
  activationDirections,
  harmonicRate,
} from "./activation.ts";
export { unitOf } from "./boxpath.ts";
export { census, isCoupled, softestThreshold, threshold } from "./census.ts";
export { type CubicMode, type CubicModeOptions, cubicModes } from "./cubic.ts";
export { type DoubleWell, type DoubleWellOptions, type DoubleWellResult, doubleWell } from "./doublewell.ts";
export { type EshelbyFit, eshelbyFit } from "./eshelby.ts";
export type { CensusOptions, Excitation } from "./excitation.ts";
export { type EnergyExpansion, expansionAlong } from "./expansion.ts";
export {
  type ForecastOptions,
  type LocalYield,
  type LocalYieldOptions,
  localYield,
  ownYieldStrain,
  settledYields,
  yieldForecast,
  yieldForecasts,
} from "./forecast.ts";
export type { LocalModeOptions } from "./localcubic.ts";

export { type FirstPassage, firstPassage, type PassageOptions } from "./passage.ts";
export { pseudoHarmonicFields } from "./pseudoharmonic.ts";
export { seedsOf } from "./seeds.ts";
export type { Wells } from "./wells.ts";
