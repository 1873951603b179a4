import type { Command } from "commander";
import { registerInfo } from "./info.ts";
import { registerLte } from "./lte.ts";
import { registerModels } from "./models.ts";

/** Adds every command, in the order in which `softfield --help` teaches them. */
export function registerCommands(program: Command): void {
  registerLte(program);
  registerModels(program);
  registerInfo(program);
}
