import type { ForceEngine, Snapshot } from "softfield";

/** What an engine is opened for. */
export interface EngineRequest {
  /** What --model says: a script, weights, whatever the engine makes of it. */
  readonly model: string;
  /** FILE as it was read; undefined where none was given. */
  readonly snapshot: Snapshot | undefined;
  /** Seconds after which an answer that does not come is given up. */
  readonly patience: number;
}

/** An engine at work, and the configuration that it works on. */
export interface OpenEngine {
  readonly engine: ForceEngine;
  /** FILE, or the configuration that the engine brings. */
  readonly snapshot: Snapshot;
  /** What the user should know. */
  readonly warnings: readonly string[];
  readonly close?: () => void | Promise<void>;
}

/** A kind of engine, by the name that --engine takes. */
export interface EngineKind {
  readonly name: string;
  /** One line for lists. */
  readonly description: string;
  readonly open: (request: EngineRequest) => Promise<OpenEngine> | OpenEngine;
}
