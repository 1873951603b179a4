/** One step of long work: `done` of `total` units of `stage`. */
export interface Progress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  /** Where the work stands beside that, in a few words. */
  readonly detail?: string;
}

/** How long work reports and is stopped; every long function of the library takes one, last. */
export interface WorkControl {
  /** Is told how far the work is. */
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}
