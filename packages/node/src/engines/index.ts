export type { EngineKind, EngineRequest, OpenEngine } from "./kind.ts";
export { planar } from "./planar.ts";
export { engineNamed, registerEngine } from "./registry.ts";
