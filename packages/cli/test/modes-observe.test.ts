import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const glass = fileURLToPath(new URL("../../../examples/reference/2dipl_400.extxyz", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "softfield-modes-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Columns of a TSV by name. */
function columns(path: string): Record<string, number[]> {
  const [head, ...rows] = readFileSync(path, "utf8").trim().split("\n");
  const cells = rows.map((row) => row.split("\t").map(Number));
  return Object.fromEntries((head as string).split("\t").map((name, k) => [name, cells.map((r) => r[k])]));
}

describe("softfield modes", () => {
  test("writes frequencies, residuals and vectors", async () => {
    const outputs = ["m.tsv", "m.parquet", "m.h5", "m.json", "m.extxyz"].map(at);
    const run = await runCli(
      ...["modes", glass, "-m", "2dipl", "-n", "7", "--json"],
      ...outputs.flatMap((o) => ["-o", o]),
    );
    expect(run.stderr).toBe("");
    const summary = JSON.parse(run.stdout);
    expect(summary).toMatchObject({ particles: 400, modes: 7, outputs });
    const { mode, frequency, square, residual, participation } = columns(at("m.tsv"));
    expect(mode).toEqual([1, 2, 3, 4, 5, 6, 7]);
    frequency!.forEach((omega, k) => {
      expect(omega).toBe(summary.frequencies[k]);
      expect(square![k] / omega ** 2).toBeCloseTo(1, 12);
      expect(omega).toBeGreaterThanOrEqual(frequency![Math.max(0, k - 1)]);
      expect(residual![k]).toBeLessThan(1e-6);
      expect(participation![k]).toBeGreaterThan(1 / 400);
      expect(participation![k]).toBeLessThan(1);
    });
    const h5wasm = await import("h5wasm");
    const { FS } = await h5wasm.ready;
    FS.writeFile("/m.h5", readFileSync(at("m.h5")));
    const file = new h5wasm.File("/m.h5", "r");
    const vectors = file.get("vectors") as InstanceType<typeof h5wasm.Dataset>;
    expect(vectors.shape).toEqual([7, 400, 2]);
    for (let k = 0; k < 7; k++) {
      const mode = (vectors.value as Float64Array).subarray(800 * k, 800 * (k + 1));
      expect(mode.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(1, 12);
    }
    file.close();
    const header = readFileSync(at("m.extxyz"), "utf8").split("\n")[1];
    expect(header).toContain("mode_weight:R:1");
    expect(header).toContain("mode_7:R:");
  });

  test("refuses counts that are none, and more than there are", async () => {
    const few = await runCli("modes", glass, "-m", "2dipl", "-n", "0");
    expect(few).toMatchObject({ code: 2, stderr: expect.stringContaining("whole number from 1") });
    const many = await runCli("modes", glass, "-m", "2dipl", "-n", "799");
    expect(many).toMatchObject({ code: 2, stderr: expect.stringContaining("798 vibrations") });
    const poscar = await runCli("modes", glass, "-m", "2dipl", "-o", at("m.poscar"));
    expect(poscar).toMatchObject({ code: 2, stderr: expect.stringContaining("use .extxyz") });
  });
});

describe("softfield observe", () => {
  test("counts the modes, by particles and in all; Debye–Waller and X are those of the table", async () => {
    const outputs = ["o.tsv", "o.h5", "o.extxyz", "o.json"].map(at);
    const run = await runCli(
      ...["observe", glass, "-m", "2dipl", "--json"],
      ...outputs.flatMap((o) => ["-o", o]),
    );
    expect(run.stderr).toBe("");
    const summary = JSON.parse(run.stdout);
    expect(summary.energyCoefficient / 798).toBeCloseTo(1, 9);
    const { particle, energy, debye_waller, thermal_displacement_x: x } = columns(at("o.tsv"));
    expect(particle).toEqual(Array.from({ length: 400 }, (_, k) => k));
    const sum = (values: number[]) => values.reduce((total, v) => total + v, 0);
    expect(sum(energy!) / 798).toBeCloseTo(1, 9);
    expect(sum(debye_waller!) / 400 / summary.meanDebyeWaller).toBeCloseTo(1, 12);
    expect(Math.abs(sum(x!))).toBeLessThan(1e-10);
    expect(summary.bulkModulus).toBeGreaterThan(0);
  });
});
