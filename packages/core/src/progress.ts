/** One step of long work: `done` of `total` units of `stage`. */
export interface Progress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
}

/** How long work reports and is stopped; every long function of the library takes one, last. */
export interface WorkControl {
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}
