import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { besideEnsemble, ENSEMBLE_C, SOFTEST_FIRST } from "../src/demo/ensemble.ts";
import { runCli } from "./run-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "softfield-demo-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const tables = new URL("../../../docs/reproduction/", import.meta.url);
const source = fileURLToPath(new URL("source-cli.ts", import.meta.url));

const FILES = [
  ...["events.json", "fig1_displacement.svg", "fig1_lte.svg", "fig3.png", "fig3.svg", "glass_lte.extxyz"],
  ...[
    "lte.tsv",
    "made.extxyz",
    "made_lte.svg",
    "score.tsv",
    "softness.png",
    "spots.tsv",
    "stress-strain.png",
  ],
];

test("the demonstration goes the whole way, over what an earlier one left, and says what one glass cannot show", {
  timeout: 600_000,
}, async () => {
  const out = join(folder, "out");
  mkdirSync(out);
  for (const name of [...FILES, "made.extxyz.checkpoint"]) writeFileSync(join(out, name), "old");
  writeFileSync(join(out, "mine.txt"), "mine");
  const { code, stdout } = await runCli("demo", "--out-dir", out, "-n", "300");
  expect(code).toBe(0);
  for (const name of FILES) expect(readFileSync(join(out, name), "latin1")).not.toBe("old");
  expect(readFileSync(join(out, "mine.txt"), "utf8")).toBe("mine");
  // the glass's softest spot is struck first, so C is near 1, beside the ensemble's
  expect(stdout).toMatch(/\n {4}1 {5}0\.98 {5}0\.98 {5}0\.83 {5}0\.73\n/);
  expect(stdout).toMatch(/first event strikes its softest spot, as it does in 22 of 100 glasses/);
  expect(readFileSync(join(out, "score.tsv"), "utf8").split("\n")[1]).toMatch(/^1\t/);
});

test("Ctrl-C ends it with whole files only", async () => {
  const out = join(folder, "stopped");
  const child = spawn(process.execPath, ["--conditions=softfield-source", source, "demo", "--out-dir", out]);
  const ended = new Promise((resolve) => child.on("close", (code, by) => resolve(by ?? code)));
  // amid the shear
  await new Promise<void>((resolve) => {
    let said = "";
    child.stdout.on("data", (text) => {
      said += text;
      if (said.includes("$ softfield predict")) setTimeout(resolve, 500);
    });
  });
  child.kill("SIGINT");
  expect(await ended).toBe("SIGINT");
  const whole = [
    "fig1_displacement.svg",
    "fig1_lte.svg",
    "glass_lte.extxyz",
    "lte.tsv",
    "softness.png",
    "spots.tsv",
  ];
  expect(readdirSync(out).sort()).toEqual(whole);
});

describe("the ensemble beside one glass", () => {
  const rows = (name: string) =>
    readFileSync(new URL(name, tables), "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));

  test("has the numbers of the reproduction", () => {
    const correlation = (field: string, ordinal: number) =>
      Number(rows("correlation.csv").find(([, f, n]) => f === field && n === String(ordinal))![4]);
    for (const [k, [lte, modes]] of ENSEMBLE_C.entries()) {
      expect(correlation("lte", k + 1).toFixed(2)).toBe(lte.toFixed(2));
      expect(correlation("modes", k + 1).toFixed(2)).toBe(modes.toFixed(2));
    }
    const first = rows("fractions.csv").find(
      ([, field, n, at]) => field === "lte" && n === "1" && at === "1",
    )!;
    expect(Number(first[5]).toFixed(2)).toBe(SOFTEST_FIRST.toFixed(2));
  });

  test("shows as many events as there are", () => {
    const text = besideEnsemble("ordinal\tlte_correlation\tmodes_correlation\n1\t0.5\t-0.25\n");
    expect(text).toMatch(/\n {4}1 {5}0\.50 {4}-0\.25 {5}0\.83 {5}0\.73\nThis glass/);
  });
});
