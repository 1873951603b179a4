import { firstsJob, slopesJob } from "./direction.ts";
import { framesJob } from "./frames.ts";
import { indicatorJob } from "./indicator.ts";
import { makeJob } from "./make.ts";
import { minimizeJob } from "./minimize.ts";
import { openJob } from "./open.ts";
import { readJob } from "./read.ts";
import { shearJob } from "./shear.ts";
import { warmJob } from "./warm.ts";

/** Everything that is computed, each job from plain data to plain data: a lost worker loses nothing else. */
export const jobs = {
  make: makeJob,
  open: openJob,
  minimize: minimizeJob,
  read: readJob,
  indicator: indicatorJob,
  shear: shearJob,
  warm: warmJob,
  slopes: slopesJob,
  firsts: firstsJob,
  frames: framesJob,
};
export type Jobs = typeof jobs;

/** A job as the worker is asked for it. */
export interface JobRequest {
  readonly kind: keyof Jobs;
  readonly input: unknown;
}
