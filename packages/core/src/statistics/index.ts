/** Room 4, statistics: distributions, tails, bootstrap, curves over an ensemble. */
export { type BootstrapOptions, bootstrap, bootstrapMean, type Estimate } from "./bootstrap.ts";
export { pearson, spearman } from "./correlation.ts";
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
  crossValidatedRidge,
  type RidgeFit,
  type RidgeModel,
  type RidgeSample,
  ridge,
  ridgePrediction,
} from "./ridge.ts";
export { type ScalingSample, scalingExponent } from "./scaling.ts";
export {
  binnedTailExponent,
  hillStability,
  type TailExponent,
  type TailStatistics,
  tailExponent,
} from "./tail.ts";
