/** Room 6, dynamics: forces, molecular dynamics, minimisers, preparation of glasses. */
export { ForceField, type ForceFieldOptions } from "./forcefield.ts";
