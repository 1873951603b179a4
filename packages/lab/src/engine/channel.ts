import type { Emit as EmitOf, Steer as SteerOf } from "softfield/internal";

/** Sends an event of the running job to the page; `transfer` as of postMessage. */
export type Emit = EmitOf<unknown>;
/** Registers who hears what the page tells the running job. */
export type Steer = SteerOf;
