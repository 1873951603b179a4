/** Room 7, response: thermal displacement, local thermal energy, general observables (Eq. 1), normal modes. */
export { bondCovariances } from "./covariance.ts";
export {
  type Analysed,
  analyseStructure,
  type FactorHessianOptions,
  factorHessian,
  type Structure,
} from "./factor.ts";
export { lowestNormalModes, modeWeights, type NormalModes, participationRatios } from "./modes.ts";
export { allModes, modeSums } from "./modesums.ts";
export { type LocalThermalEnergy, respond, sumRuleError, totalEnergy } from "./response.ts";
