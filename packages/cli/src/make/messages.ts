import type { Glass, GlassRecipe, Progress } from "softfield";

/** Index of the stop flag in the shared flags. */
export const STOP = 0;

/** What a thread is started with. */
export interface WorkerSetup {
  /** Shared; flags[STOP] ≠ 0 asks all threads to leave checkpoints and stop. */
  readonly flags: Int32Array<SharedArrayBuffer>;
  /** Time between two checkpoints, s. */
  readonly checkpointSeconds: number;
  /** Threads that its own large factorisations are shared among: what the glasses at a time leave of the cores. */
  readonly share: number;
}

/** A glass to make, from the start or from a checkpoint. */
export interface GlassJob {
  readonly recipe: GlassRecipe;
  readonly checkpoint?: Uint8Array;
}

/** What a thread tells of its job on the way. */
export type MakeEvent =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "checkpoint"; readonly bytes: Uint8Array }
  /** From here on the thread looks at no flag: it may be ended at any time, and `bytes` is the checkpoint. */
  | { readonly kind: "minimising"; readonly bytes: Uint8Array };

/** What came of it: a glass, or the checkpoint that it was stopped at. */
export type MakeAnswer = { readonly glass: Glass } | { readonly stopped: Uint8Array };
