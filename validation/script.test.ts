import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const node = existsSync("node_modules/.bin/node") ? "node_modules/.bin/node" : process.execPath;
const glass = fileURLToPath(new URL("../examples/reference/2dipl_400.extxyz", import.meta.url));

test.each([
  ["truncated-sums.ts", [], /^usage: npx .* validation\/truncated-sums\.ts GLASS/],
  ["truncated-sums.ts", ["nowhere.extxyz"], /^ENOENT: .*nowhere\.extxyz/],
  ["truncated-sums.ts", [glass], /^\S*2dipl_400\.extxyz: has no "seed="/],
  ["truncated-prediction.ts", [], /^usage: npx .* CAMPAIGN\.yaml/],
  ["truncated-prediction.ts", ["c.yaml", "x"], /^how many samples must be a whole number from 1, got "x"/],
  ["field-readings.ts", [], /^usage: npx .* CAMPAIGN\.yaml/],
  ["field-readings.ts", ["nowhere.yaml"], /^nowhere\.yaml: no such campaign file/],
])(
  "%s %j says what is wrong, without a stack or a table",
  (script, args, message) => {
    const path = fileURLToPath(new URL(script, import.meta.url));
    const { status, stdout, stderr } = spawnSync(node, ["--conditions=softfield-source", path, ...args], {
      encoding: "utf8",
    });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain("    at ");
    expect(stdout).toBe("");
    expect(status).toBe(2);
  },
  60_000,
);
