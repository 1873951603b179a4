import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "softfield-crystal-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

describe("softfield crystal", () => {
  test("diamond silicon: −2 an atom, the published constants in GPa; the file is what other commands read", async () => {
    const out = at("diamond.extxyz");
    const silicon = ["--model", "sw-silicon"];
    const { code, stdout } = await runCli("crystal", ...silicon, "--cells", "2", "-o", out);
    expect(code).toBe(0);
    expect(stdout).toContain("diamond of sw-silicon: N = 64, density 0.459279");
    expect(stdout).toContain("-2.00000000 a particle");
    expect(stdout).toMatch(/in GPa +c11 151\.424, c12 76\.4221, c44 56\.4493; bulk modulus 101\.423/);
    const observed = await runCli("observe", out, ...silicon, "--json");
    const summary = JSON.parse(observed.stdout);
    expect(summary.energyCoefficient).toBeCloseTo(189, 8);
    expect(summary.elasticConstants.order).toEqual(["xx", "yy", "zz", "yz", "xz", "xy"]);
    expect(summary.elasticConstants.matrix[0][0]).toBeCloseTo(4.00849, 5);
    const again = await runCli("crystal", ...silicon, "--cells", "2", "-o", out);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain("is there already; --force overwrites it");
    const before = readFileSync(out, "utf8");
    expect((await runCli("crystal", ...silicon, "--cells", "2", "-o", out, "--force")).code).toBe(0);
    expect(readFileSync(out, "utf8")).toBe(before);
  });

  test.each([
    [["-m", "3dkablj", "--lattice", "bcc"], 1, 'the bcc crystal of "3dkablj" is unstable at density 1.0040'],
    [["-m", "2dipl"], 1, "vanishes at no density"],
    [["-m", "3dkablj", "--species", "C"], 2, "has A, B"],
    [["-m", "sw-silicon", "--cells", "0"], 2, "--cells 0: give a whole number from 1"],
    [["-m", "sw-silicon", "--density", "-1"], 2, "the density must be positive, got -1"],
    [["-m", "sw-silicon", "--lattice", "dimond"], 2, "Allowed choices are diamond"],
  ])("%j is refused, and nothing is written", async (words, expected, message) => {
    const { code, stderr } = await runCli("crystal", ...words, "-o", at("refused.extxyz"));
    expect(code).toBe(expected);
    expect(stderr).toContain(message);
    expect(existsSync(at("refused.extxyz"))).toBe(false);
  });
});
