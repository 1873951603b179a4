// Room 6's kernels: plain f64 SIMD only, so that every engine computes the same bits.
export * from "./vectors";
export * from "./random";
export * from "./sort";
export * from "./list";
export * from "./forces";
export { genericForces, listPairs } from "./generic";
export * from "./angular";
export * from "./bonds";
export * from "./integrate";
