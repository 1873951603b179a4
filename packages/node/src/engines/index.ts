export type { EngineKind, EngineRequest, OpenEngine } from "./kind.ts";
export { openEngine, registerEngine } from "./registry.ts";
