import { withFile } from "../shell/errors.ts";
import type { Configuration } from "../shell/load.ts";

/** Computes something of a configuration; errors name its file, and the line of the particle that they speak of. */
export function placed<Result>(configuration: Configuration, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw withFile(error, configuration);
  }
}
