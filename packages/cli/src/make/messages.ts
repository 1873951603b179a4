import type { ErrorCode, Glass, GlassRecipe, Progress } from "softfield";

/** Index of the stop flag in the shared flags. */
export const STOP = 0;

/** What a thread is started with. */
export interface WorkerSetup {
  /** Shared; flags[STOP] ≠ 0 asks all threads to leave checkpoints and stop. */
  readonly flags: Int32Array<SharedArrayBuffer>;
  /** Time between two checkpoints, s. */
  readonly checkpointSeconds: number;
}

/** One glass to make, from the start or from a checkpoint. */
export interface ToWorker {
  readonly job: number;
  readonly recipe: GlassRecipe;
  readonly checkpoint?: Uint8Array;
}

/** What a thread tells of its job. */
export type FromWorker =
  | { readonly kind: "progress"; readonly job: number; readonly progress: Progress }
  | { readonly kind: "checkpoint" | "stopped"; readonly job: number; readonly bytes: Uint8Array }
  /** From here on the thread looks at no flag: it may be ended at any time, and `bytes` is the checkpoint. */
  | { readonly kind: "minimising"; readonly job: number; readonly bytes: Uint8Array }
  | { readonly kind: "done"; readonly job: number; readonly glass: Glass }
  /** Without a code: a fault of our own, `message` is its stack. */
  | { readonly kind: "failed"; readonly job: number; readonly code?: ErrorCode; readonly message: string };
