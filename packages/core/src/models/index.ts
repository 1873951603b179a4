export { evaluatePairs, mixDiameters, type PairBatch, type Particles } from "./evaluate.ts";
export { type PresetName, preset, presetNames } from "./presets.ts";
export { type DiameterPair, maxCutoff, pairCutoff, pairLength } from "./range.ts";
export {
  COEFFICIENT_STRIDE,
  Coefficient,
  Form,
  type GlassFormer,
  type PairModel,
  type PotentialTable,
} from "./types.ts";
