/** Athermal quasistatic shear and plastic events, a part of room 6. */
export {
  Deformation,
  type DeformationOptions,
  type DeformedBox,
  SHEAR_PLANES,
  type ShearPlane,
} from "./deformation.ts";
export { d2min, participationRatio } from "./event.ts";
export { type FlowOptions, type FlowPoint, type FlowState, ShearFlow } from "./flow.ts";
export { type InherentState, type InherentStructure, InherentTrack } from "./inherent.ts";
export type { ShearSettings } from "./options.ts";
export { type BranchCurve, type Course, course, courseAt, foldAhead } from "./predictor.ts";
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
