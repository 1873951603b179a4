import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const glass = fileURLToPath(new URL("../../../examples/reference/2dipl_400.extxyz", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "softfield-escape-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test("ways out of a glass with their rates, and runs that take them; the same seeds are the same runs", async () => {
  const [table, json] = ["ways.tsv", "ways.json"].map((name) => join(scratch, name));
  const words = ["escape", glass, "-m", "2dipl", "--temperature", "0.2", "--excitations", "9"];
  const { code, stdout } = await runCli(...words, "--runs", "3", "-o", table, "-o", json);
  expect(code).toBe(0);
  expect(stdout).toContain("ways out in 18 searches");
  expect(stdout).toMatch(/passages {2}3 of 3 runs left, one in \d+/);
  const [head, first] = readFileSync(table, "utf8").trim().split("\n");
  const names = head.split("\t");
  const cell = (name: string) => Number(first.split("\t")[names.indexOf(name)]);
  expect(names.slice(0, 4)).toEqual(["particle", "x", "y", "barrier"]);
  // the way that most passages of a long run take: see activation.test.ts
  expect(cell("particle")).toBe(218);
  expect(cell("barrier")).toBeCloseTo(0.65414, 4);
  expect(cell("rate") / (cell("prefactor") * Math.exp(-cell("barrier") / 0.2))).toBeCloseTo(1, 5);
  const summary = JSON.parse(readFileSync(json, "utf8")) as {
    rate: number;
    time: number;
    passages: { seed: number; time: number; way: number | null }[];
  };
  expect(summary.time * summary.rate).toBeCloseTo(1, 10);
  expect(summary.passages.map(({ seed }) => seed)).toEqual([1, 2, 3]);
  expect(summary.passages.some(({ way }) => way === 1)).toBe(true);
});

test.each([
  [["--temperature", "0"], "--temperature must be positive"],
  [["--temperature", "0.1", "--excitations", "0"], "excitations"],
  [["--temperature", "300K"], "does not say its units"],
])("%s is refused", async (args, message) => {
  const { code, stderr } = await runCli("escape", glass, "-m", "2dipl", ...args);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
