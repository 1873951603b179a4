// Kernels of the room dynamics: plain f64 SIMD only, so that every engine computes the same bits.
export * from "./vectors";
export * from "./random";
export * from "./sort";
export * from "./list";
export * from "./blocks";
export { pairForces } from "./forces";
export * from "./pairs";
export * from "./threebody";
export { embeddedForces } from "./embedded";
export * from "./integrate";
export * from "./swap";
export * from "./swaplist";
