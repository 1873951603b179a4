import { type Minimum, minimumOf, type PairModel, type System, type WorkControl } from "softfield";
import type { Emit } from "./channel.ts";

/** A state of a glass on its way to a worker. */
export interface StateInput {
  /** The page's number of the state: what is asked of the same state again finds its factor still there. */
  readonly state: number;
  readonly system: System;
  readonly model: PairModel;
}

let last: { readonly state: number; readonly minimum: Minimum } | undefined;

/** The minimum of a state, with its factor and inverse where the worker's last job was of the same. */
export function minimumFor({ state, system, model }: StateInput, control: WorkControl): Minimum {
  if (last?.state !== state) last = { state, minimum: minimumOf(system, model, {}, control) };
  return last.minimum;
}

/** Tells the page how far a job is. */
export function progressTo(send: Emit): WorkControl {
  return { onProgress: (progress) => send({ type: "progress", progress }) };
}
