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

// What keeps no checkpoint is ended by the signal itself, in the midst of its work: no handler holds it up.
test.each(["SIGINT", "SIGTERM"] as const)(
  "%s ends a long computation where it is, without a file",
  async (signal) => {
    const args = ["predict", glass, "--model", "2dipl", "--events", "1000", "--max-strain", "10", "-o"];
    const child = spawn(node, ["--conditions=softfield-source", source, ...args, join(folder, "score.tsv")]);
    const ended = new Promise((resolve) => child.on("close", (code, by) => resolve({ code, by })));
    await sleep(3000);
    child.kill(signal);
    expect(await ended).toEqual({ code: null, by: signal });
    expect(readdirSync(folder)).toEqual([]);
  },
);
