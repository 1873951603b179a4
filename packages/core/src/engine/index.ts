/** Room 14, engine: minima and local thermal energies by the forces of a program or function of one's own, by calls alone. */
export { type EngineEnergies, type EngineEnergiesOptions, engineEnergies } from "./energies.ts";
export type { EngineSystem, Evaluation, ForceEngine } from "./engine.ts";
export { type EngineMinimum, type EngineMinimumOptions, engineMinimum } from "./minimum.ts";
