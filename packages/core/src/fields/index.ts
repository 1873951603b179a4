/** Room 11, fields: bins, softness fields, soft spots, and how well they foretell events. */
export { type Bins, binCount, binNumbers, makeBins, mostBins, pointInBin } from "./bins.ts";
export {
  indicatorCorrelation,
  meanOverBonds,
  type NearestSpot,
  nearestSpot,
  periodicDistance,
  spotShares,
} from "./score.ts";
export {
  type FieldOptions,
  fieldAt,
  LTE_THRESHOLD,
  type PlacedEnergies,
  particleField,
  type SoftnessField,
  softnessField,
} from "./softness.ts";
export { type SoftSpot, type SoftSpots, softSpots } from "./spots.ts";
export {
  type SpotSoftening,
  type StrainedEnergies,
  simpleShear,
  softestShear,
  spotSoftening,
  yieldStrain,
} from "./yieldstrain.ts";
