/** Room 13, pipeline: one realisation, from configuration and options through its stages to results. */
export { type GlassCouplings, type GlassCouplingsOptions, glassCouplings } from "./couplings.ts";
export { type CrystalOptions, crystalAtRest } from "./crystal.ts";
export { doubtsOfFit } from "./fit.ts";
export { glassFrame } from "./glass-frame.ts";
export {
  approachInstability,
  INSTABILITY_FRACTIONS,
  type InstabilityApproach,
  type InstabilityOptions,
  type InstabilityPoint,
} from "./instability.ts";
export {
  type GlassResponse,
  type LocalThermalEnergyOptions,
  localThermalEnergy,
  type StageTimes,
} from "./lte.ts";
export { type GlassModes, type GlassModesOptions, normalModes } from "./modes.ts";
export { type ObservedGlass, observeGlass } from "./observe.ts";
export {
  type EventScore,
  type IndicatorScore,
  type Prediction,
  type PredictOptions,
  predict,
  scoreEvents,
} from "./predict.ts";
export { type FieldWithSpots, type GlassSoftness, glassSoftness, type SoftnessOptions } from "./softness.ts";
export {
  type StrainComponent,
  type StrainDerivatives,
  strainComponents,
  strainDerivatives,
} from "./straining.ts";
