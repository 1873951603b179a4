import type { Command } from "commander";
import { SoftfieldError } from "softfield";
import { servePipe } from "../serve/server.ts";
import { wholeNumber } from "../shell/arguments.ts";

/** `softfield serve --pipe`: computes for another program, such as the Python package, over its standard streams. */
export function registerServe(program: Command): void {
  program
    .command("serve")
    .summary("compute for another program, over a pipe (the Python package)")
    .description(
      "Computes for one other program over standard input and output, until that closes them: JSON heads and raw arrays, " +
        "as docs/python.md tells. The Python package starts it by itself.",
    )
    .option("--pipe", "speak over standard input and output")
    .option("--threads <n>", "threads that share the work on a large glass (default: all cores)")
    .action(async ({ pipe, threads }: { pipe?: boolean; threads?: string }) => {
      if (!pipe) {
        const message = "softfield serve speaks over its standard streams only: say --pipe";
        throw new SoftfieldError("usage", message, { field: "pipe" });
      }
      await servePipe(process.stdin, 1, {
        threads: threads === undefined ? undefined : wholeNumber("threads", threads, 1),
      });
    });
}
