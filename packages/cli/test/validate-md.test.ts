import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "softfield-validate-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("softfield validate md: summary, table and figure", async () => {
  const [table, figure] = [join(folder, "bonds.tsv"), join(folder, "check.svg")];
  const sampling = ["--blocks", "6", "--block-time", "5", "--temperatures", "1e-5,1e-6"];
  const run = await runCli(
    ...["validate", "md", "--model", "2dipl", "-n", "100", ...sampling],
    ...["-o", table, "--figure", figure, "--json"],
  );
  expect(run.code).toBe(0);
  const rows = JSON.parse(run.stdout) as Record<string, number>[];
  expect(rows.map(({ temperature }) => temperature)).toEqual([1e-5, 1e-6]);
  for (const row of rows) {
    expect(row.hoppedInBlock).toBeUndefined();
    expect(row.correlation).toBeGreaterThan(0.5);
    expect(Math.abs(row.equipartition! - 1)).toBeLessThan(5 * row.equipartitionError!);
  }
  const lines = readFileSync(table, "utf8").trim().split("\n");
  expect(lines[0]).toBe("model\ttemperature\ti\tj\tlte\tmeasured\terror");
  expect(lines.length).toBe(1 + 2 * rows[0].bonds!);
  const svg = readFileSync(figure, "utf8");
  expect(svg).toMatch(/^<svg /);
  expect(svg).toContain("2dipl");
});

test("silicon: pairs at the cutoff do not spoil chi2, triples are checked too", async () => {
  const args = ["validate", "md", "--model", "sw-silicon", "-n", "64", "--temperatures", "1e-6"];
  const run = await runCli(...args, "--blocks", "6", "--block-time", "3", "--json");
  const text = await runCli(...args, "--blocks", "2", "--block-time", "1");
  expect(run.code).toBe(0);
  const rows = JSON.parse(run.stdout) as (Record<string, number> & { of: string })[];
  expect(rows.map((row) => row.of)).toEqual(["pairs", "triples"]);
  for (const { chiSquarePerBond, correlation } of rows) {
    expect(chiSquarePerBond).toBeGreaterThan(0.3);
    expect(chiSquarePerBond).toBeLessThan(4);
    expect(correlation).toBeGreaterThan(0.9);
  }
  expect(rows.some(({ leftOut }) => leftOut! > 0)).toBe(true);
  expect(text.stdout).toMatch(/^model +T +of +all +left out +chi2\/dof/);
  expect(text.stdout).toMatch(/\nsw-silicon +1e-6 +triples +\d+ +\d+ +[\d.]+ /);
});

test.each([
  [["--temperatures", "0"], /temperatures must be positive/],
  [["--temperatures", "1e-3,x"], /temperatures must be positive/],
  [["--figure", "check.jpg"], /ends in \.svg/],
  [["--model", "5dipl"], /no model "5dipl"/],
])("refuses %j", async (args, message) => {
  const run = await runCli("validate", "md", ...args);
  expect(run.code).not.toBe(0);
  expect(run.stderr).toMatch(message);
});
