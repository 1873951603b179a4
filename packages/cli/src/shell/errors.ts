import { type ErrorCode, type Snapshot, SoftfieldError } from "softfield";
import { lineOf } from "softfield/formats";

/** Exit codes: 1 the input or the computation failed, 2 the command was used wrongly, 130 interrupted. */
const EXIT: Record<ErrorCode, number> = {
  input: 1,
  model: 1,
  geometry: 1,
  "not-a-minimum": 1,
  numerics: 1,
  resource: 1,
  usage: 2,
  aborted: 130,
};

/** Says on stderr what went wrong, in words, and returns the exit code. A stack is shown for our own faults only. */
export function reportError(error: unknown): number {
  if (error instanceof SoftfieldError) {
    process.stderr.write(`softfield: ${withPlace(error)}\n`);
    return EXIT[error.code];
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `softfield: internal error, please report it with the command that you ran\n${stack}\n`,
  );
  return 70;
}

/** "FILE:LINE: message", unless the message names the place already. */
export function withPlace({ message, place }: SoftfieldError): string {
  if (place.file === undefined || message.includes(place.file)) return message;
  return `${place.file}${place.line === undefined ? "" : `:${place.line}`}: ${message}`;
}

/** The error with the file, and where it speaks of a particle with that particle's line and id, put in front. */
export function withFile(error: unknown, { file, snapshot }: { file: string; snapshot: Snapshot }): unknown {
  if (!(error instanceof SoftfieldError) || error.place.file !== undefined) return error;
  const { particle } = error.place;
  const known = particle !== undefined && particle < snapshot.count;
  const line = known ? lineOf(snapshot, particle) : undefined;
  const place = { ...error.place, file, line };
  const id = known && snapshot.ids ? ` (particle ${particle} has id ${snapshot.ids[particle]})` : "";
  return new SoftfieldError(error.code, error.message + id, place, { cause: error });
}

/** Computes something of a configuration that takes its time; errors are `withFile`. */
export async function inFile<Result>(
  configuration: { readonly file: string; readonly snapshot: Snapshot },
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw withFile(error, configuration);
  }
}
