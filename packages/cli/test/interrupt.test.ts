import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "softfield-interrupt-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const glass = fileURLToPath(new URL("../../../examples/reference/2dipl_1600.extxyz", import.meta.url));
const source = fileURLToPath(new URL("source-cli.ts", import.meta.url));
const node = existsSync("node_modules/.bin/node") ? "node_modules/.bin/node" : process.execPath;

/** Long work that keeps no checkpoint. */
const LONG: Readonly<Record<string, readonly string[]>> = {
  predict: ["--events", "1000", "--max-strain", "10"],
  lte: ["--windows", "4", "--samples", "96000"],
  census: ["--barriers", "5000", "--modes", "5000"],
};

// What keeps no checkpoint is ended by the signal itself, in the midst of its work: no handler holds it up.
test.each([
  ["predict", "SIGINT"],
  ["predict", "SIGTERM"],
  ["lte", "SIGINT"],
  ["census", "SIGINT"],
] as const)(
  "%s: %s ends a long computation where it is, without a file",
  async (command, signal) => {
    const args = [command, glass, "--model", "2dipl", ...LONG[command], "-o", join(folder, "out.tsv")];
    const child = spawn(node, ["--conditions=softfield-source", source, ...args]);
    const ended = new Promise((resolve) => child.on("close", (code, by) => resolve({ code, by })));
    await sleep(3000);
    child.kill(signal);
    expect(await ended).toEqual({ code: null, by: signal });
    expect(readdirSync(folder)).toEqual([]);
  },
  30_000,
);
