import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const file = fileURLToPath(new URL("../../../examples/reference/2dipl_400.extxyz", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "softfield-census-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const run = (...more: string[]) =>
  runCli("census", file, "--model", "2dipl", "--modes", "5", "--bonds", "5", "--json", ...more);

test("a shear turned by 90° is the opposite: thresholds change sign; fields go to .extxyz", async () => {
  const path = join(folder, "census.extxyz");
  const [along, across] = [await run("-o", path), await run("--angle", "90")];
  expect([along.code, along.stderr, across.code]).toEqual([0, "", 0]);
  const byParticle = (text: string) => {
    const { excitations } = JSON.parse(text) as { excitations: { particle: number; threshold: number }[] };
    return new Map(excitations.map((one) => [one.particle, one.threshold]));
  };
  const [a, b] = [byParticle(along.stdout), byParticle(across.stdout)];
  expect(a.size).toBeGreaterThan(0);
  expect(b.size).toBe(a.size);
  for (const [particle, threshold] of a) expect(threshold / (b.get(particle) as number)).toBeCloseTo(-1, 9);
  expect(readFileSync(path, "utf8").split("\n")[1]).toMatch(/excitation_1:R:[23]/);
});

test("thresholds of surroundings and true barriers stand beside the cubic ones; fields in HDF5 as one array", async () => {
  const path = join(folder, "census.h5");
  const { code, stderr, stdout } = await run("--local", "2", "--barriers", "1", "-o", path);
  expect([code, stderr]).toEqual([0, ""]);
  const { excitations } = JSON.parse(stdout) as {
    excitations: { local?: number | null; well?: { status: string; barrier?: number; index?: number } }[];
  };
  expect(excitations.map(({ local }) => local !== undefined)).toEqual(excitations.map((_, k) => k < 2));
  expect(["found", "none", "lost"]).toContain(excitations[0].well?.status);
  expect(excitations[1].well).toBeUndefined();
  expect(readFileSync(path).subarray(1, 4).toString()).toBe("HDF");
});

test("surroundings along several directions, and what further strain and pressure do to them", async () => {
  const path = join(folder, "census.tsv");
  const large = file.replace("_400", "_1600");
  const { code, stderr, stdout } = await runCli(
    ...["census", large, "--model", "2dipl", "--modes", "5", "--bonds", "5", "--json"],
    ...["--local", "1", "--surface", "2", "-o", path],
  );
  expect([code, stderr]).toEqual([0, ""]);
  const { excitations } = JSON.parse(stdout);
  const [{ local, localByPressure, surface }] = excitations;
  expect(surface.map(({ angle }: { angle: number }) => angle)).toEqual([0, 90]);
  expect(surface[0].strain).toBe(local);
  // the first event of this glass, by `softfield shear`
  expect(Math.abs(local / 0.0036908 - 1)).toBeLessThan(0.1);
  const [names, first] = readFileSync(path, "utf8")
    .split("\n")
    .map((line) => line.split("\t"));
  const cell = (name: string) => Number(first[names.indexOf(name)]);
  expect(cell("local_at_0")).toBe(cell("local_threshold"));
  expect(cell("local_particle")).toBe(1578);
  expect(cell("local_by_pressure")).toBe(localByPressure);
  // −(dγ_c/de_xx + dγ_c/de_yy)/2K
  const { bulkModulus } = JSON.parse((await runCli("observe", large, "--model", "2dipl", "--json")).stdout);
  const dilation = (cell("local_by_xx") + cell("local_by_yy")) / 2;
  expect(cell("local_by_pressure") * bulkModulus).toBeCloseTo(-dilation, 9);
  expect(localByPressure).not.toBeNull();
  expect((await run("--surface", "4")).stderr).toMatch(/--surface is of the places that --local follows/);
});

test("numbers that make no sense are refused", async () => {
  const refused = await run("--modes", "0");
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/modes/);
});
