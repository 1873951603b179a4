import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "softfield-silicon-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("silicon on the command line", () => {
  test("make, minimize, lte, observe, modes: --model sw-silicon", async () => {
    const model = ["-m", "sw-silicon"];
    const times = ["--liquid-time", "2", "--anneal-time", "4", "--quiet"];
    const made = await runCli("make", ...model, "-n", "64", "--seed", "3", "-o", at("si.extxyz"), ...times);
    expect(made.code).toBe(0);
    const again = await runCli("minimize", at("si.extxyz"), ...model, "-o", at("again.extxyz"), "--json");
    expect(JSON.parse(again.stdout)).toMatchObject({ status: "converged" });
    const outputs = ["lte.tsv", "lte.h5", "lte.extxyz"].map(at);
    const lte = await runCli(
      "lte",
      at("again.extxyz"),
      ...model,
      "--json",
      ...outputs.flatMap((o) => ["-o", o]),
    );
    expect(lte.stderr).toBe("");
    const summary = JSON.parse(lte.stdout);
    expect(summary.sumRuleError).toBeLessThan(1e-10);
    expect(summary.triples.count).toBeGreaterThan(64);
    const bonds = readFileSync(at("lte.tsv"), "utf8").trim().split("\n");
    expect(bonds.length).toBe(summary.bonds + 1);
    const [count, header, ...atoms] = readFileSync(at("lte.extxyz"), "utf8").trim().split("\n");
    expect(Number(count)).toBe(64);
    const names = /Properties=(\S+)/
      .exec(header!)![1]!
      .split(":")
      .filter((_, k) => k % 3 === 0);
    // species, type, three coordinates, then one number a name
    const column = 5 + names.slice(3).indexOf("lte");
    const sum = atoms.reduce((total, row) => total + Number(row.trim().split(/\s+/)[column]), 0);
    expect(sum / 189).toBeCloseTo(1, 6);
    const observed = await runCli("observe", at("si.extxyz"), ...model, "--json", "-o", at("observed.tsv"));
    expect(JSON.parse(observed.stdout).energyCoefficient / 189).toBeCloseTo(1, 8);
    const [columns, ...particles] = readFileSync(at("observed.tsv"), "utf8").trim().split("\n");
    expect(particles.length).toBe(64);
    expect(columns!.split("\t")).toEqual(expect.arrayContaining(["energy", "pressure", "shear_stress"]));
    const modes = await runCli("modes", at("si.extxyz"), ...model, "-n", "5", "--json");
    expect(JSON.parse(modes.stdout).frequencies.length).toBe(5);
  });

  test("a configuration in two dimensions is refused", async () => {
    const flat = new URL("../../../examples/reference/2dipl_400.extxyz", import.meta.url).pathname;
    const run = await runCli("lte", flat, "-m", "sw-silicon", "--species", "S=Si,L=Si");
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/sw-silicon is three-dimensional/);
  });
});
