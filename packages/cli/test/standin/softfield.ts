// The campaign commands on stand-in stages: what the tests of the machinery start as processes of their own.
import { Command } from "commander";
import { registerClean } from "../../src/commands/clean.ts";
import { registerQuery } from "../../src/commands/query.ts";
import { registerRetry } from "../../src/commands/retry.ts";
import { registerRun } from "../../src/commands/run.ts";
import { registerStatus } from "../../src/commands/status.ts";
import { reportError } from "../../src/shell/errors.ts";
import { stages } from "./stages.ts";

const table = { stages, module: new URL("./stages.ts", import.meta.url).href };
const program = new Command("softfield");
registerRun(program, table);
registerRetry(program, table);
registerStatus(program, table);
registerClean(program, table);
registerQuery(program, table);
try {
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode = reportError(error);
}
