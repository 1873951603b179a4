/** Room 13, fields: bins, softness fields, soft spots, and how well they foretell events. */
export { type Bins, binNumbers, mostBins, neighborhood, pointInBin } from "./bins.ts";
export {
  type IndicatorScore,
  indicatorCorrelation,
  type NearestSpot,
  nearestSpot,
  periodicDistance,
  scoresBy,
  spotShares,
} from "./score.ts";
export {
  AGGREGATES,
  type FieldOnBins,
  type FieldOptions,
  fieldAt,
  fieldOf,
  type PlacedEnergies,
  type SoftnessField,
  softnessBins,
  softnessField,
} from "./softness.ts";
export { type SoftSpot, type SoftSpots, softSpots } from "./spots.ts";
export {
  type SimpleShear,
  type SpotSoftening,
  type StrainedEnergies,
  simpleShear,
  softestLoad,
  softestShear,
  spotSoftening,
  yieldStrain,
} from "./yieldstrain.ts";
