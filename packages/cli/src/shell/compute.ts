import type { Command } from "commander";
import { SoftfieldError } from "softfield";
import { withFile } from "./errors.ts";
import type { Configuration } from "./load.ts";
import { type ShownProgress, showProgress } from "./progress.ts";

/** How a configuration is brought to its minimum and factored, and how the outcome is said. */
export interface ResponseOptions {
  readonly json?: boolean;
  readonly polish: boolean;
  readonly relaxed: boolean;
}

/** Adds --json, --no-polish and --no-relaxed to a command. */
export function responseOptions(command: Command): Command {
  return command
    .option("--json", "print the summary as one JSON object on stdout")
    .option("--no-polish", "refuse a configuration that is not at its minimum to full precision")
    .option("--no-relaxed", "plain SIMD arithmetic only: the same bits on every machine");
}

/**
 * Computes something of a configuration with its progress on stderr, unless --json; errors name the file, and what was
 * doubtful of model and file, most often their cause, is said with them.
 */
export function compute<Result>(
  configuration: Configuration,
  { json }: { readonly json?: boolean },
  work: (progress: ShownProgress) => Result,
): Result {
  const progress = showProgress({ quiet: json === true });
  try {
    return work(progress);
  } catch (error) {
    progress.finish();
    if (error instanceof SoftfieldError && error.code !== "aborted") {
      for (const warning of configuration.warnings) process.stderr.write(`softfield: warning: ${warning}\n`);
    }
    throw withFile(error, configuration);
  } finally {
    progress.finish();
  }
}
