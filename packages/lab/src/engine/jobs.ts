/** Everything that is computed, each job from plain data to plain data: a lost worker loses nothing else. Its code comes with its first use. */
export const jobs = {
  make: () => import("./make.ts").then(({ makeJob }) => makeJob),
  open: () => import("./open.ts").then(({ openJob }) => openJob),
  minimize: () => import("./minimize.ts").then(({ minimizeJob }) => minimizeJob),
  read: () => import("./read.ts").then(({ readJob }) => readJob),
  indicator: () => import("./indicator.ts").then(({ indicatorJob }) => indicatorJob),
  shear: () => import("./shear.ts").then(({ shearJob }) => shearJob),
  warm: () => import("./warm.ts").then(({ warmJob }) => warmJob),
  slopes: () => import("./direction.ts").then(({ slopesJob }) => slopesJob),
  firsts: () => import("./direction.ts").then(({ firstsJob }) => firstsJob),
  yielding: () => import("./yielding.ts").then(({ yieldingJob }) => yieldingJob),
  frames: () => import("./frames.ts").then(({ framesJob }) => framesJob),
};

/** The jobs themselves, by their kinds. */
export type Jobs = { readonly [K in keyof typeof jobs]: Awaited<ReturnType<(typeof jobs)[K]>> };

/** A job as the worker is asked for it. */
export interface JobRequest {
  readonly kind: keyof Jobs;
  readonly input: unknown;
}
