import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { afterAll, expect, test } from "vitest";
import { registerCommands } from "../src/commands/index.ts";
import { runCli } from "./run-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "softfield-outputs-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
const glass = fileURLToPath(new URL("../../../examples/reference/2dipl_400.extxyz", import.meta.url));

const program = new Command();
await registerCommands(program, undefined, async () => 0);
const commands = program.commands.flatMap((command) => [command, ...command.commands]);
const optionsOf = (command: Command) => command.options.map(({ long }) => long);

test("every command that writes files takes --force", () => {
  const writing = commands.filter((command) => optionsOf(command).includes("--out"));
  expect(writing.length).toBeGreaterThan(10);
  const bare = writing.filter((command) => !optionsOf(command).includes("--force"));
  expect(bare.map((command) => command.name())).toEqual([]);
});

// the configuration is not there: what is refused first was looked at first
const missing = ["missing.extxyz", "--model", "2dipl"];
test.each([
  ["lte", ...missing, "-o"],
  ["lte", ...missing, "--map"],
  ["lte", ...missing, "--displacement-map"],
  ["modes", ...missing, "-o"],
  ["observe", ...missing, "-o"],
  ["spots", ...missing, "--figure"],
  ["predict", ...missing, "--figure"],
  ["shear", ...missing, "--displacements"],
  ["minimize", ...missing, "-o"],
  ["make", "--model", "2dipl", "-n", "1000000", "--seed", "1", "-o"],
  ["crystal", "--model", "2dipl", "-o"],
  ["figures", "missing.yaml", "--fig", "2", "-o"],
  ["validate", "md", "--figure"],
])("%s … does not overwrite a file unless it is told to, and says so before any work", async (...words) => {
  const flag = words.at(-1)!;
  const name = ["--map", "--displacement-map", "--figure"].includes(flag) || words[0] === "figures";
  const taken = at(name ? "taken.svg" : words[0] === "shear" ? "taken.tsv" : "taken.extxyz");
  writeFileSync(taken, "mine");
  const { code, stderr } = await runCli(...words, taken);
  expect([code, stderr]).toEqual([2, `softfield: ${taken}: is there already; --force overwrites it\n`]);
  expect(readFileSync(taken, "utf8")).toBe("mine");
});

test("with --force a file is replaced; an option that is given twice writes both files", async () => {
  const maps = [at("one.svg"), at("two.svg")];
  writeFileSync(maps[0], "old");
  const words = ["lte", glass, "--model", "2dipl", "--map", maps[0], "--map", maps[1]];
  expect((await runCli(...words)).code).toBe(2);
  expect(existsSync(maps[1])).toBe(false);
  expect((await runCli(...words, "--force")).code).toBe(0);
  expect(readFileSync(maps[0], "utf8")).toMatch(/^<svg|<\?xml/);
  expect(readFileSync(maps[1], "utf8")).toBe(readFileSync(maps[0], "utf8"));
});

test("two outputs never go into one file", async () => {
  const twice = ["modes", glass, "--model", "2dipl", "-o", at("m.tsv"), "-o", at("m.tsv")];
  const { code, stderr } = await runCli(...twice);
  expect([code, stderr]).toEqual([
    2,
    `softfield: ${at("m.tsv")}: is named twice; give each output a file of its own\n`,
  ]);
});
