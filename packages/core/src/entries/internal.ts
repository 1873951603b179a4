/** softfield/internal: all that the rooms give each other, for the packages of this repository alone. It may change at any time. */
export * from "../deform/index.ts";
// of the two that which also lets the box go
export { makeGlass } from "../deform/index.ts";
export * from "../dynamics/index.ts";
export { decimalLogarithm, logarithm, powerOfTen, square } from "../elementary.ts";
export * from "../engine/index.ts";
export * from "../errors.ts";
export * from "../excitations/index.ts";
export * from "../fields/index.ts";
export * from "../formats/index.ts";
export * from "../indicators/index.ts";
export * from "../interactions/index.ts";
export * from "../jobs.ts";
export * from "../minimum/index.ts";
export * from "../models/index.ts";
export { nearest } from "../nearest.ts";
export * from "../pieces.ts";
export * from "../pipeline/index.ts";
export * from "../progress.ts";
export * from "../response/index.ts";
export { rounded } from "../rounded.ts";
export { type CheckedValue, fieldName, type SchemaFault, schemaFaults } from "../schemafaults.ts";
export * from "../scripts/index.ts";
export { sha256Hex } from "../sha256.ts";
export * from "../space/index.ts";
export * from "../sparse/index.ts";
export * from "../statistics/index.ts";
export { component, dot, norm, unit } from "../vectors.ts";
