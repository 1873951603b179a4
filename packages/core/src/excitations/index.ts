/** Room 11, excitations: localised modes beyond the harmonic ones, and what they say of yielding. */
export {
  type CensusOptions,
  census,
  type Excitation,
  softestThreshold,
  threshold,
} from "./census.ts";
export { type CubicMode, type CubicModeOptions, cubicModes } from "./cubic.ts";
export { type EnergyExpansion, expansionAlong } from "./expansion.ts";
export { pseudoHarmonicCost, pseudoHarmonicFields } from "./pseudoharmonic.ts";
