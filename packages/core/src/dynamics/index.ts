/** Room 8, dynamics: forces, molecular dynamics, minimisers, preparation of glasses. */

export { trades } from "./blocks.ts";
export {
  type CanonicalOptions,
  type CanonicalSample,
  type SampledEnergies,
  type SamplingControl,
  sampleLocalEnergies,
} from "./canonical.ts";
export {
  type CheckpointArray,
  type CheckpointContent,
  decodeCheckpoint,
  encodeCheckpoint,
  sameRun,
} from "./checkpoint.ts";
export type { Equilibration } from "./equilibration.ts";
export type { FieldState, ForceFieldOptions } from "./fieldsetup.ts";
export { ForceField } from "./forcefield.ts";
export { initialConfiguration } from "./initial.ts";
export {
  BLOCK,
  type Drive,
  MolecularDynamics,
  type MolecularDynamicsOptions,
  type MolecularDynamicsRun,
  type MolecularDynamicsState,
  type Stretch,
} from "./md.ts";
export {
  type Descent,
  type DescentLimits,
  descentEnd,
  descents,
  METHODS,
  type Method,
  type MinimizeOptions,
  type MinimizeResult,
  minimize,
  type UnstableMode,
  usualMove,
} from "./minimize/index.ts";
export { newton } from "./minimize/newton.ts";
export { type Glass, type GlassRecipe, Preparation, prepare } from "./preparation.ts";
export { type IsoconfigurationalOptions, isoconfigurationalRun, PropensitySums } from "./propensity.ts";
export {
  holdsLiquid,
  PROTOCOL_KINDS,
  PROTOCOL_QUANTITIES,
  type Protocol,
  type ProtocolKind,
  type ProtocolOptions,
  resolveProtocol,
  stagesOf,
} from "./protocol.ts";
export { Purpose, RandomStream } from "./random.ts";
export { SwapMonteCarlo, type SwapOptions, type SwapState } from "./swap.ts";
export { pairKernel } from "./terms/index.ts";
export type { Temperature, Thermostat } from "./thermostat.ts";
export { usualTimes } from "./usualtimes.ts";
export { wholeSteps } from "./wholesteps.ts";
