/** One step of long work: `done` of `total` units of `stage`. */
export interface Progress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  /** Where the work stands beside that, in a few words. */
  readonly detail?: string;
}

/** What large work takes, as far as that is known before it begins. */
export interface WorkEstimate {
  /** particles */
  readonly size: number;
  /** of memory */
  readonly bytes: number;
  /** floating-point ones, of factorisation and selected inverse */
  readonly operations: number;
  readonly threads: number;
}

/** How long work reports and is stopped; every long function of the library takes one, last. */
export interface WorkControl {
  /** Is told how far the work is. */
  readonly onProgress?: (progress: Progress) => void;
  /** Is told what a factorisation takes, before it begins. */
  readonly onEstimate?: (estimate: WorkEstimate) => void;
  readonly signal?: AbortSignal;
}
