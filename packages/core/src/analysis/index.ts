/** Room 8, analysis: softness field, soft spots, scores, distributions and indicators. */
export { type Bins, binCount, binNumbers, makeBins, mostBins, pointInBin } from "./bins.ts";
export { type BootstrapOptions, bootstrap, bootstrapMean, type Estimate } from "./bootstrap.ts";
export {
  addToLogHistogram,
  createLogHistogram,
  type DensityRow,
  evenDensity,
  type LogBinOptions,
  type LogHistogram,
  logBinEdge,
  logDensity,
  mergeLogHistograms,
} from "./loghistogram.ts";
export {
  completeBelow,
  type ModeDensity,
  type ModeDensityOptions,
  type ModeDensityRow,
  modeDensity,
  modeExponent,
  predictedTail,
} from "./modedensity.ts";
export { type PredictionRow, predictionCurve, predictionRatio, STANDARDIZED_GRID } from "./prediction.ts";
export {
  type ScalingExponent,
  type ScalingOptions,
  type ScalingSample,
  scalingExponent,
} from "./scaling.ts";
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
  type InteractionEnergies,
  LTE_THRESHOLD,
  particleField,
  type SoftnessField,
  softnessField,
} from "./softness.ts";
export { type SoftSpot, type SoftSpots, softSpots } from "./spots.ts";
export {
  binnedTailExponent,
  type HillRow,
  hillExponents,
  hillStability,
  type TailExponent,
  type TailStatistics,
  tailExponent,
  tailStatistics,
} from "./tail.ts";
