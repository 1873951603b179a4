/** Room 1, kernels: typed-array loops in WebAssembly; memory. */
export { Arena, dropLargeArena, giveArena, takeArena } from "./arena.ts";
export { createLinalg, createOrdering, createProducts, relaxedSupported } from "./linalg.ts";
export {
  NODE_FIELDS,
  NODE_WORDS,
  type NodeField,
  nodeField,
  PLAN_FIELDS,
  PLAN_WORDS,
  type Plan,
  SEGMENT_WORDS,
} from "./linalg-plan.ts";
export {
  type FrontKernels,
  GemmMode,
  type Linalg,
  type LinalgVariant,
  type OrderingKernels,
  type ProductKernels,
} from "./linalg-types.ts";
export { type Address, type DynamicsKernels, dynamicsKernels, STREAM_BYTES } from "./md.ts";
