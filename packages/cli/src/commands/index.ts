import type { Command } from "commander";
import { registerInfo } from "./info.ts";
import { registerLte } from "./lte.ts";
import { registerMake } from "./make.ts";
import { registerMinimize } from "./minimize.ts";
import { registerModels } from "./models.ts";
import { registerRetry } from "./retry.ts";
import { registerRun } from "./run.ts";

/** Adds every command, in the order in which `softfield --help` teaches them. */
export function registerCommands(program: Command): void {
  registerMake(program);
  registerMinimize(program);
  registerLte(program);
  registerRun(program);
  registerRetry(program);
  registerModels(program);
  registerInfo(program);
}
