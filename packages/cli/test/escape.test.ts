import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { extxyzText, frameOfSystem, makeGlass, preset } from "softfield";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const scratch = mkdtempSync(join(tmpdir(), "softfield-escape-"));
const glass = join(scratch, "glass.extxyz");
beforeAll(() => {
  const model = preset("2dipl");
  const protocol = { liquidTime: 0.5, annealTime: 0.5 };
  const { system } = makeGlass({ model, particles: 100, seed: 3, protocol });
  writeFileSync(glass, [...extxyzText(frameOfSystem(system, model))].join(""));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const words = [
  "escape",
  glass,
  "-m",
  "2dipl",
  "--temperature",
  "0.04",
  "--excitations",
  "4",
  "--arithmetic",
  "reproducible",
];

test("ways out of a glass with their rates, and runs that take them; the same seeds are the same runs", async () => {
  const [table, json] = ["ways.tsv", "ways.json"].map((name) => join(scratch, name));
  const { code, stdout } = await runCli(...words, "--runs", "3", "-o", table, "-o", json);
  expect(code).toBe(0);
  expect(stdout).toContain("ways out in 16 searches");
  expect(stdout).toMatch(/passages {2}3 of 3 runs left, one in \d+/);
  const [head, first] = readFileSync(table, "utf8").trim().split("\n");
  const names = head.split("\t");
  const cell = (name: string) => Number(first.split("\t")[names.indexOf(name)]);
  expect(names.slice(0, 4)).toEqual(["particle", "x", "y", "barrier"]);
  expect(cell("barrier")).toBeCloseTo(0.15832, 4);
  expect(cell("rate") / (cell("prefactor") * Math.exp(-cell("barrier") / 0.04))).toBeCloseTo(1, 5);
  expect(cell("passages")).toBeGreaterThan(0);
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
  { every: "50", told: true },
  { every: "0.5", told: false },
])(
  "runs that are looked at every $every: several passages may lie between two looks, told: $told",
  async ({ every, told }) => {
    const { code, stdout } = await runCli(...words, "--runs", "1", "--max-time", "100", "--every", every);
    expect(code).toBe(0);
    expect(stdout.includes(`warning   the minimum below was looked at every ${every}`)).toBe(told);
  },
);

test.each([
  [["--temperature", "0"], "temperature must be positive, got 0"],
  [["--temperature", "0.2", "--every", "-1"], "every must be positive, got -1"],
  [["--temperature", "0.1", "--excitations", "0"], "excitations"],
  [["--temperature", "300K"], "does not say its units"],
])("%s is refused", async (args, message) => {
  const { code, stderr } = await runCli("escape", glass, "-m", "2dipl", ...args);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
