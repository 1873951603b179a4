/** Room 6, dynamics: forces, molecular dynamics, minimisers, preparation of glasses. */
export { type FieldState, ForceField, type ForceFieldOptions } from "./forcefield.ts";
export {
  BLOCK,
  MolecularDynamics,
  type MolecularDynamicsOptions,
  type MolecularDynamicsState,
  type Stretch,
  type Temperature,
  type Thermostat,
} from "./md.ts";
export {
  type Descend,
  type Descent,
  type DescentLimits,
  descents,
  leaveSaddle,
  METHODS,
  type Method,
  type MinimizeOptions,
  type MinimizeResult,
  minimize,
  type UnstableMode,
  unstableMode,
} from "./minimize/index.ts";
export { checkSeed, Purpose, RandomStream } from "./random.ts";
