/** Room 7, minimum: an energy minimum without its rattlers, with the factor and the inverse of its Hessian. */
export { type Backbone, backboneOf, onAllParticles, type Structure } from "./backbone.ts";
export { analyseStructure, type FactorHessianOptions, factorHessian } from "./factor.ts";
export { iteratedStep, seemsPositive } from "./iterated.ts";
export { type Minimum, type MinimumOptions, minimumOf, type Solvable } from "./minimum.ts";
export { movedBy, softestMode, zeroModeWords } from "./softest.ts";
