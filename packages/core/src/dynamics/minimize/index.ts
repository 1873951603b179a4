/** Minimisers, a part of room 6. */
export { type MinimizeOptions, type MinimizeResult, minimize, usualMove } from "./minimize.ts";
export { descents } from "./relax.ts";
export { leaveSaddle, type UnstableMode, unstableMode } from "./saddle.ts";
export { type Descend, type Descent, type DescentLimits, descentEnd, METHODS, type Method } from "./types.ts";
