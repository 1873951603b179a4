/** Name of the worker that reads: it makes itself ready while nothing is asked of it. */
export const READER = "reader";
