/** Room 17, pipeline: one realisation, from configuration and options through its stages to results. */

export { type CrystalOptions, crystalAtRest } from "./crystal.ts";
export { whereDerivable } from "./derivable.ts";
export { type FeatureOptions, particleFeatures, usualWidths } from "./features.ts";
export { doubtsOfFit, type SpeciesExchange, speciesExchange } from "./fit.ts";
export { type FollowedStrain, followedStrains } from "./followed.ts";
export {
  type Forecast,
  type ForetoldStrain,
  forecastsOf,
  foretell,
  foretoldStrains,
  type GlassForecastOptions,
  softeningOfSpots,
} from "./foretell.ts";
export { glassFrame } from "./glass-frame.ts";
export { type IndicatorChoice, type IndicatorColumns, indicatorColumns } from "./indicatortables.ts";
export {
  type FieldWithSpots,
  type IndicatorMap,
  indicatorMaps,
  type MapOptions,
  thresholdOf,
} from "./maps.ts";
export { type EventScore, type Prediction, type PredictOptions, predict } from "./predict.ts";
export { rereadingNotes } from "./splines.ts";
export { type LoadedSpot, spotsTable } from "./spottable.ts";
export { termColumns } from "./termtable.ts";
