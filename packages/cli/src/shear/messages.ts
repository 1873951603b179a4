import type {
  ErrorCode,
  ErrorPlace,
  PairModel,
  Progress,
  QuasistaticShear,
  ShearOptions,
  ShearResult,
  System,
} from "softfield";

/** What a thread is started with. */
export interface ShearStart {
  readonly system: System;
  readonly model: PairModel;
  readonly options: ShearOptions;
  /** To go on from. */
  readonly checkpoint?: Uint8Array;
}

/** A run that is over, and its options with every default. */
export interface Sheared {
  readonly result: ShearResult;
  readonly settings: QuasistaticShear["settings"];
}

/** What a thread tells. */
export type FromWorker =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "checkpoint"; readonly bytes: Uint8Array }
  | ({ readonly kind: "done" } & Sheared)
  /** Without a code: a fault of our own, `message` is its stack. */
  | {
      readonly kind: "failed";
      readonly code?: ErrorCode;
      readonly message: string;
      readonly place?: ErrorPlace;
    };
