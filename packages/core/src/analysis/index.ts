/** Room 8, analysis: softness field, soft spots, scores, distributions and indicators. */
export { type Bins, binCount, binNumbers, makeBins, pointInBin } from "./bins.ts";
export {
  indicatorCorrelation,
  meanOverBonds,
  type NearestSpot,
  nearestSpot,
  periodicDistance,
} from "./score.ts";
export {
  type FieldOptions,
  LTE_THRESHOLD,
  particleField,
  type SoftnessField,
  softnessField,
} from "./softness.ts";
export { type SoftSpot, type SoftSpots, softSpots } from "./spots.ts";
