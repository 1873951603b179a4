import type {
  CyclicOptions,
  CyclicResult,
  PairModel,
  Progress,
  QuasistaticShear,
  ShearOptions,
  ShearResult,
  System,
} from "softfield";

/** A glass to shear. */
export interface ShearStart {
  readonly system: System;
  readonly model: PairModel;
  readonly options: ShearOptions;
  /** That share the work (default: all cores). */
  readonly threads?: number | undefined;
  /** To and fro. */
  readonly cyclic?: Pick<CyclicOptions, "amplitude" | "cycles" | "sides">;
  /** To go on from. */
  readonly checkpoint?: Uint8Array;
}

/** A run that is over, and its options with every default. */
export interface Sheared {
  readonly result: ShearResult | CyclicResult;
  readonly settings: QuasistaticShear["settings"];
}

/** What a thread tells on the way. */
export type ShearEvent =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "checkpoint"; readonly bytes: Uint8Array };
