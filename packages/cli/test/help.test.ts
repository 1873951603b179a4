import { Command } from "commander";
import { describe, expect, test } from "vitest";
import { registerCommands } from "../src/commands/index.ts";
import { runCli } from "./run-cli.ts";

const program = new Command();
await registerCommands(program, undefined, async () => 0);
const commands = program.commands.flatMap((command) => [command, ...command.commands]);
const words = (command: Command): string[] =>
  command.parent?.parent ? [...words(command.parent), command.name()] : [command.name()];

describe.each(commands.map((command) => [words(command).join(" "), command] as const))(
  "softfield %s --help",
  (name, command) => {
    test("begins with what the command does, more than the list of commands says", async () => {
      expect(command.description().length).toBeGreaterThan(command.summary().length);
      const { code, stdout } = await runCli(...name.split(" "), "--help");
      expect(code).toBe(0);
      const [usage, introduction] = stdout.split("\n\n");
      expect(usage).toContain(`softfield ${name}`);
      const flat = (text: string) => text.replace(/\s+/g, " ").trim();
      expect(flat(command.description()).startsWith(flat(introduction!))).toBe(true);
    });

    test("is broken into lines by the terminal, not by hand", () => {
      // a line that is indented is a list, which keeps its lines
      expect(/\n/.test(command.description()) && !/\n {2}/.test(command.description())).toBe(false);
    });
  },
);

test("the list of commands says that figures may do without a campaign", async () => {
  const { stdout } = await runCli("--help");
  expect(stdout.replace(/\s+/g, " ")).toContain("figures: from a campaign, or si1 from one file or none");
  expect(stdout).toContain("figures [options] [campaign]");
});

test.each([
  "make",
  "crystal",
  "lte",
  "shear",
  "run",
  "status",
  "retry",
  "clean",
  "query",
  "figures",
  "validate",
  "validate md",
])("softfield %s --help shows an example", async (name) => {
  const { stdout } = await runCli(...name.split(" "), "--help");
  expect(stdout).toMatch(new RegExp(`Examples?:\n  softfield ${name.split(" ")[0]} `));
});
