import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

/** Faults that users met, at the command line; their files stand in packages/core/test/cases. */
const input = (name: string) => fileURLToPath(new URL(`../../core/test/cases/${name}`, import.meta.url));
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "softfield-cases-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("silicon in Å is not minimised where nothing interacts: the unit of length is named", async () => {
  const out = join(folder, "out.extxyz");
  const file = input("03-minimize-nothing-interacts/si-angstrom.extxyz");
  const run = await runCli("minimize", file, "--model", "sw-silicon", "-o", out);
  expect([run.code, run.stdout, existsSync(out)]).toEqual([1, "", false]);
  expect(run.stderr).toContain(
    "nothing interacts: no two of the 64 particles are nearer than the potential's reach of 1.800",
  );
  expect(run.stderr).toContain("sw-silicon counts lengths in 2.0951 Å");
  const lte = await runCli("lte", file, "--model", "sw-silicon");
  expect(lte.stderr).toContain("64 of 64 particles are rattlers");
  expect(lte.stderr).toContain("warning: the density is 0.0499");
});

test("a packing below jamming: unjammed, said so, and written", async () => {
  const out = join(folder, "packing.extxyz");
  const file = (name: string) => input(`08-unjammed-packing-stalls/${name}`);
  const run = await runCli("minimize", file("disks.extxyz"), "--model", file("harm.json"), "-o", out);
  expect([run.code, existsSync(out)]).toEqual([0, true]);
  expect(run.stdout).toContain("unjammed, N = 64");
  expect(run.stdout).toContain("no overlap is left: the energy is zero to rounding");
});

test("--diameters, --species '*=P', --atom-style and --box reach the reader", async () => {
  const model = input("16-a-type-per-particle/poly.json");
  const sized = await runCli(
    "minimize",
    input("16-a-type-per-particle/size-column.extxyz"),
    "-m",
    model,
    "--diameters",
    "size",
    "--json",
  );
  const typed = await runCli(
    "minimize",
    input("16-a-type-per-particle/poly.dump"),
    "-m",
    model,
    "--species",
    "*=P",
    "--json",
  );
  expect([sized.code, typed.code]).toEqual([0, 0]);
  expect(JSON.parse(sized.stdout).energy).toBeCloseTo(JSON.parse(typed.stdout).energy, 9);
  const energyOf = async (name: string, ...options: string[]) => {
    const run = await runCli("minimize", input(name), "-m", "2dipl", "--json", ...options);
    return JSON.parse(run.stdout).energy / 64;
  };
  for (const energy of [
    await energyOf("05-atom-style-hint/full-unhinted.data", "--atom-style", "full"),
    await energyOf(
      "11-box-in-other-comment-styles/plain.xyz",
      "--box",
      "8.6266218562750741,8.6266218562750741",
    ),
    await energyOf("04-suggested-map-is-wrong/zero-based.dump", "--species", "0=S,1=L"),
  ])
    expect(energy).toBeCloseTo(3.8930902402758685, 9);
  const info = await runCli(
    "info",
    input("05-atom-style-hint/full-unhinted.data"),
    "--atom-style",
    "full",
    "--json",
  );
  expect(JSON.parse(info.stdout)).toMatchObject({ particles: 64, types: { 1: 32, 2: 32 } });
});
