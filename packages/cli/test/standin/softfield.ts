// The campaign commands on stand-in stages: what the tests of the machinery start as processes of their own.
import { Command } from "commander";
import { registryOf } from "../../../campaign/src/index.ts";
import { registerClean } from "../../src/commands/clean.ts";
import { registerQuery } from "../../src/commands/query.ts";
import { registerRetry, registerRun } from "../../src/commands/run.ts";
import { registerStatus } from "../../src/commands/status.ts";
import { reportError } from "../../src/shell/errors.ts";
import { part } from "./stages.ts";

const registry = registryOf(part);
const program = new Command("softfield");
registerRun(program, registry);
registerRetry(program, registry);
registerStatus(program, registry);
registerClean(program, registry);
registerQuery(program, registry);
try {
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode = reportError(error);
}
