import { SoftfieldError } from "softfield";

/**
 * The arguments of a script, at least so many; else its usage, and exit code 2. From here on expected failures, a
 * missing file or a file that is wrong, end the script with their message and the same code, without a stack.
 */
export function scriptArguments(usage: string, least: number): string[] {
  const given = process.argv.slice(2);
  if (given.length < least || given.includes("--help")) {
    process.stderr.write(`usage: npx --no-install node --conditions=softfield-source validation/${usage}\n`);
    process.exit(2);
  }
  process.on("uncaughtException", (error: NodeJS.ErrnoException) => {
    const expected = error instanceof SoftfieldError || error.syscall !== undefined;
    process.stderr.write(`${expected ? error.message : error.stack}\n`);
    process.exit(expected ? 2 : 1);
  });
  return given;
}

/** A number of an argument, whole and positive; else a usage error. */
export function wholeNumber(text: string, what: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new SoftfieldError("usage", `${what} must be a whole number from 1, got "${text}"`);
}
