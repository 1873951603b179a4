export type { EngineKind, EngineRequest, OpenEngine } from "./kind.ts";
export { engineNamed, registerEngine } from "./registry.ts";
