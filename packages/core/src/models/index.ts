/** Room 5, models: potentials with their derivatives and mixing; presets; files of potentials. */
export {
  angular,
  attraction,
  BEND_ROW,
  BOND_ROW,
  type BondOrderTerm,
  bendBreaks,
  bendReach,
  bondBreaks,
  bondOrder,
  bondReach,
  cutoffSeries,
  weighing,
} from "./bondorder.ts";
export { parseTableColumns, type TableColumns } from "./columns.ts";
export { withContinuousEnergy } from "./continuousenergy.ts";
export { describeModel, modelToJson } from "./describe.ts";
export { type EamFile, parseEamFile } from "./eam/file.ts";
export { withAllRows, withLammpsSplines } from "./eam/interpolation.ts";
export { densityJet, embeddingJet, embeddingSlope, tableSlope } from "./embedding.ts";
export {
  type EvaluateOptions,
  evaluatePairs,
  noCharges,
  type PairBatch,
  type Particles,
} from "./evaluate.ts";
export { units as unitsSchema } from "./forms/fields.ts";
export { modelJsonSchema } from "./jsonschema.ts";
export { embeddingJumps, hasKinks, pairJumps } from "./jumps.ts";
export { breaksWithin } from "./kerneltables.ts";
export { lammpsTable } from "./lammps-table.ts";
export { mixDiameters, mixStrength, STRENGTHS } from "./mixing.ts";
export { columnFiles, parseModel, parseModelText } from "./parse.ts";
export { inertialTime, particleCharges, particleMasses } from "./particles.ts";
export { parsePotentialFile, potentialFiles } from "./potentialfile.ts";
export {
  type PaperModel,
  type PresetName,
  paperModels,
  preset,
  presetNames,
  siliconUnits,
} from "./presets.ts";
export { type FilePreset, filePresets } from "./presets-files.ts";
export { type Quantity, quantityOf } from "./quantity.ts";
export { type DiameterPair, leastDistance, maxCutoff, pairCutoff, pairLength } from "./range.ts";
export { type FormPlugin, registerForm } from "./register.ts";
export { type Series, variable } from "./series.ts";
export { Taylor } from "./taylor.ts";
export { parseTersoffFile } from "./tersoff/file.ts";
export {
  ANGLE_ROW,
  angularCoefficients,
  LEG_STRIDE,
  legJet,
  type ThreeBodyTerm,
  type TripleLeg,
  tripleLeg,
} from "./threebody.ts";
export {
  COEFFICIENT_STRIDE,
  Coefficient,
  type EmbeddingTerm,
  Form,
  type GlassFormer,
  type Jump,
  type ModelDefinition,
  type PairModel,
  type PotentialTable,
} from "./types.ts";
export { modelUnits, timeUnitText, type Units, unitNamed, unitsText } from "./units.ts";
