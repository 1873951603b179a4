import type { Command } from "commander";
import { registerModels } from "./models.ts";

/** Adds every command, in the order in which `softfield --help` teaches them. */
export function registerCommands(program: Command): void {
  registerModels(program);
}
