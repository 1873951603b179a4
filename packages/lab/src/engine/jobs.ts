import { makeJob } from "./make.ts";
import { minimizeJob } from "./minimize.ts";
import { modesJob } from "./modes.ts";
import { openJob } from "./open.ts";
import { readJob } from "./read.ts";
import { shearJob } from "./shear.ts";

/** Sends an event of the running job to the page; `transfer` as of postMessage. */
export type Emit = (event: unknown, transfer?: Transferable[]) => void;
/** Registers who hears what the page tells the running job. */
export type Steer = (listener: (value: unknown) => void) => void;

/** Everything that is computed, each job from plain data to plain data: a lost worker loses nothing else. */
export const jobs = {
  make: makeJob,
  open: openJob,
  minimize: minimizeJob,
  read: readJob,
  modes: modesJob,
  shear: shearJob,
};
export type Jobs = typeof jobs;
