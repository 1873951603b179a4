/** Room 10, response: thermal displacement, local thermal energy, general observables (Eq. 1), normal modes. */
export { bondCovariances, legCovariances } from "./covariance.ts";
export { debyeWaller, type PseudoInverse, pseudoInverse } from "./debyewaller.ts";
export { type ElasticConstants, elasticConstants, voigtAxes } from "./elastic.ts";
export { type ThermalExpansion, thermalExpansion } from "./expansion.ts";
export { type ModeCouplings, modeCouplings, modeForce } from "./modecoupling.ts";
export { lowestNormalModes, modeWeights, type NormalModes, participationRatios } from "./modes.ts";
export { allModes, modeSums, type SummedMode, truncatedModeSums } from "./modesums.ts";
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
  type BondFunction,
  bondLength,
  bondObservable,
  bondVirial,
  pairEnergy,
} from "./observable-bonds.ts";
export {
  displacementOf,
  type Incidence,
  incidenceOf,
  particleEnergy,
  particleStress,
  potentialEnergy,
  squaredDisplacement,
} from "./observable-particles.ts";
export { type LegFunction, tripleEnergy, triplesOfParticles, tripleVirial } from "./observable-triples.ts";
export {
  largestWaveNumber,
  type PlaneWave,
  type Polarisation,
  planeWave,
  planeWaveCouplings,
  type WaveCouplingOptions,
  type WaveCouplings,
} from "./planewaves.ts";
export {
  type LocalThermalEnergy,
  respond,
  sumRuleError,
  type TripleThermalEnergy,
  totalEnergy,
} from "./response.ts";
