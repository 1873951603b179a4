/** Room 1, kernels: typed-array loops in WebAssembly and their TypeScript twins; memory. */
export { Arena } from "./arena.ts";
