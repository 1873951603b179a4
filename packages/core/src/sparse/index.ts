export type { BlockSymmetric } from "./blocksymmetric.ts";
