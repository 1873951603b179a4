/** Room 10, pipeline: one realisation, from configuration and options through its stages to results. */
export {
  type GlassResponse,
  type LocalThermalEnergyOptions,
  localThermalEnergy,
  type StageTimes,
} from "./lte.ts";
export { EQUILIBRIUM, type Polished, polish } from "./polish.ts";
export { type Skeleton, skeletonOf } from "./structure.ts";
