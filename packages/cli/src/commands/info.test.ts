import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "../../test/run-cli.ts";
import { inWords } from "./info.ts";

const reference = fileURLToPath(
  new URL("../../../../examples/reference/2dipl_1600_sheared_soft.extxyz", import.meta.url),
);
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "softfield-info-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("a reference file in words and as JSON", async () => {
  const words = await runCli("info", reference);
  expect(words).toMatchObject({ code: 0, stderr: "" });
  expect(words.stdout).toMatch(/^particles +1600 in 2D$/m);
  expect(words.stdout).toMatch(/^tilt +xy = 0\.15919682$/m);
  const json = await runCli("info", reference, "--json");
  expect(JSON.parse(json.stdout)).toMatchObject({
    format: "extxyz",
    frames: 1,
    particles: 1600,
    dimension: 2,
    species: { S: 800, L: 800 },
    tilt: [0.15919681914058895],
    digits: 17,
    info: { model: "2dipl" },
  });
});

test("frames of a trajectory are counted and chosen", async () => {
  const file = join(folder, "t.xyz");
  const frame = (n: number) => `${n}\nLattice="9 0 0 0 9 0 0 0 9"\n${"A 1 2 3\n".repeat(n)}`;
  writeFileSync(file, frame(2) + frame(3) + frame(4));
  for (const [choice, particles] of [
    ["0", 2],
    ["1", 3],
    ["last", 4],
  ] as const) {
    const { stdout } = await runCli("info", file, "--frame", choice, "--json");
    expect(JSON.parse(stdout)).toMatchObject({ frames: 3, particles });
  }
  const beyond = await runCli("info", file, "--frame", "3");
  expect(beyond.code).toBe(1);
  expect(beyond.stderr).toContain("has no frame 3: it holds 3 (0 to 2)");
  expect((await runCli("info", file, "--frame", "first")).code).toBe(2);
});

test("a mistake is said in one line, without a stack", async () => {
  const run = await runCli("info", join(folder, "missing.xyz"));
  expect(run.code).toBe(1);
  expect(run.stderr).toMatch(/^softfield: .*missing\.xyz: can't read it: there is no such file\.\n$/);
});

test("softfield info in words", () => {
  const words = inWords(
    {
      source: "a.dump",
      format: "lammps-dump",
      frame: 1,
      timestep: 500,
      particles: 4,
      dimension: 2,
      planar: true,
      species: {},
      types: { 1: 3, 2: 1 },
      lengths: [10, 1 / 3],
      tilt: [0.125],
      rotated: true,
      periodic: [true, false],
      density: 1.2,
      digits: 6,
      ids: { first: 1, last: 4, shuffled: true },
      columns: { mass: 1, velocity: 3 },
      info: { energy: -1 },
    },
    3,
  );
  expect(words.split("\n").map((line) => line.replace(/ +/, ": "))).toEqual([
    "file: a.dump",
    "format: LAMMPS dump",
    "frame: 1, of 3 in the file, timestep 500",
    "particles: 4 in 2D: all have the same z",
    "types: 1 3 (75.0 %), 2 1 (25.0 %)",
    "box: 10 × 0.33333333",
    "tilt: xy = 0.125",
    "periodic: x",
    "density: 1.2",
    "precision: 6 significant digits at most (the positions are rounded, unless they are round numbers)",
    "ids: 1 to 4, shuffled in the file",
    "columns: mass, velocity (3)",
    "info: energy=-1",
    "note: the lattice was rotated into lower-triangular form",
  ]);
});
