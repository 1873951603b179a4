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

test("numbers that make no sense are refused", async () => {
  const refused = await run("--modes", "0");
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/modes/);
});
