/** Room 9, deform: athermal quasistatic deformation, plastic events. */
export { boxDerivatives } from "./border.ts";
export { BOX_SHAPES, type BoxRelaxation, type BoxRelaxOptions, minimizeBox } from "./boxminimum.ts";
export { stressStrainCurve } from "./curve.ts";
export {
  type Cycle,
  type CyclicControl,
  type CyclicEvent,
  type CyclicOptions,
  type CyclicPoint,
  type CyclicResult,
  cyclicShear,
} from "./cyclic.ts";
export { Deformation, type DeformationOptions, SHEAR_PLANES, type ShearPlane } from "./deformation.ts";
export { d2min, participationRatio } from "./event.ts";
export { finishedGlass, makeGlass } from "./finished.ts";
export {
  type FlowOptions,
  type FlowPoint,
  type FlowState,
  flowTimes,
  keptBetween,
  ShearFlow,
} from "./flow.ts";
export { type InherentState, type InherentStructure, InherentTrack } from "./inherent.ts";
export { linear } from "./loads/linear.ts";
export { type Load, type LoadAxes, type LoadRates, outer } from "./loads/load.ts";
export { loads } from "./loads/registry.ts";
export type { ShearSettings } from "./options.ts";
export { type BranchCurve, type Course, course, courseAt, foldAhead } from "./predictor.ts";
export { pressureAcross, stretchAhead } from "./pressure.ts";
export { QuasistaticShear, shear } from "./session.ts";
export { type Factored, StiffnessSolver, solveCentred } from "./stiffness.ts";
export {
  type PathPoint,
  type PlasticEvent,
  RELEASE_METHODS,
  type ReleaseMethod,
  type ShearOptions,
  type ShearResult,
  type ShearStatus,
  type ShearWork,
} from "./types.ts";
