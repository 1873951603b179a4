/** What kind of misuse or bad input a `SoftfieldError` reports; shells map it to words and exit codes. */
export type ErrorCode =
  | "input" // a file or value is malformed: says where and what to do
  | "model" // a potential is unknown, invalid, or does not fit the configuration
  | "geometry" // box, cutoff, overlap, disconnected cluster
  | "not-a-minimum" // residual gradient too large, or a pivot ≤ 0 (a saddle)
  | "numerics" // a computation left the range in which it can be trusted
  | "resource" // memory, disk, missing engine feature
  | "usage" // options that contradict each other or make no sense
  | "aborted"; // the caller's AbortSignal fired

/** Where the fault lies, as far as known; only the fields that apply are set. Indices are zero-based. */
export interface ErrorPlace {
  readonly file?: string;
  /** 1-based, as editors count. */
  readonly line?: number;
  readonly particle?: number;
  readonly field?: string;
}

/** Every expected failure of softfield: a tagged error whose message says what is wrong, where, and the way out. */
export class SoftfieldError extends Error {
  readonly code: ErrorCode;
  readonly place: ErrorPlace;
  constructor(code: ErrorCode, message: string, place: ErrorPlace = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = "SoftfieldError";
    this.code = code;
    this.place = place;
  }
}

/** "resource" for want of memory: with more of it, or fewer particles, all would go well. */
export class OutOfMemory extends SoftfieldError {
  constructor(message: string, options?: ErrorOptions) {
    super("resource", message, {}, options);
  }
}
