import type { Command } from "commander";
import { registerInfo } from "./info.ts";
import { registerInit } from "./init.ts";
import { registerLte } from "./lte.ts";
import { registerMake } from "./make.ts";
import { registerMinimize } from "./minimize.ts";
import { registerModels } from "./models.ts";
import { registerModes } from "./modes.ts";
import { registerObserve } from "./observe.ts";
import { registerQuery } from "./query.ts";
import { registerRetry } from "./retry.ts";
import { registerRun } from "./run.ts";
import { registerStatus } from "./status.ts";

/** Adds every command, in the order in which `softfield --help` teaches them. */
export function registerCommands(program: Command): void {
  registerMake(program);
  registerMinimize(program);
  registerLte(program);
  registerObserve(program);
  registerModes(program);
  registerInit(program);
  registerRun(program);
  registerStatus(program);
  registerRetry(program);
  registerQuery(program);
  registerModels(program);
  registerInfo(program);
}
