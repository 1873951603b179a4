/** Room 10, response: thermal displacement, local thermal energy, general observables (Eq. 1), normal modes. */
export type { WindowedAccuracy } from "./accuracy.ts";
export { debyeWaller, type PseudoInverse, pseudoInverse } from "./debyewaller.ts";
export { type ElasticConstants, elasticConstants, voigtAxes } from "./elastic.ts";
export { type ThermalExpansion, thermalExpansion } from "./expansion.ts";
export type { JumpShare, JumpShares } from "./jumps.ts";
export {
  type GlassResponse,
  type LocalThermalEnergyOptions,
  localThermalEnergy,
  type StageTimes,
} from "./lte.ts";
export { type ModeCouplings, modeCouplings } from "./modecoupling.ts";
export { lowestNormalModes, modeWeights, type NormalModes, participationRatios } from "./modes.ts";
export { allModes, type SummedMode, truncatedModeSums } from "./modesums.ts";
export { nonAffineVelocity } from "./nonaffine.ts";
export { type GlassModes, type GlassModesOptions, normalModes } from "./normalmodes.ts";
export {
  type Observable,
  type ObservableHessian,
  sumOf,
  type ThermalAverage,
  type ThermalResponse,
  thermalAverage,
  thermalResponse,
} from "./observable.ts";
export {
  displacementOf,
  incidenceOf,
  particleEnergy,
  particleStress,
  potentialEnergy,
  squaredDisplacement,
} from "./observable-particles.ts";
export { bondLength, bondObservable, termEnergy, termVirial } from "./observable-terms.ts";
export { averageEnergy, type ObservedGlass, observeGlass } from "./observe.ts";
export {
  type ParticleAverages,
  type ParticleShares,
  particleAverages,
  sharedAmongParticles,
} from "./particles.ts";
export {
  largestWaveNumber,
  type Polarisation,
  planeWaveCouplings,
  type WaveCouplings,
} from "./planewaves.ts";
export { rereadEnergies } from "./reread.ts";
export { type LocalThermalEnergy, respond, spreadsOf, sumRuleError, type TermEnergies } from "./response.ts";
export {
  type StrainComponent,
  type StrainDerivatives,
  strainComponents,
  strainDerivatives,
} from "./strainderivatives.ts";

export { type WindowedOptions, windowedThermalEnergy } from "./windowed.ts";
export { CORE, windowsOf } from "./windows.ts";
export { windowSums } from "./windowsums.ts";
