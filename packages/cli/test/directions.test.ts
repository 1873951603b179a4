import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const reference = (name: string) =>
  fileURLToPath(new URL(`../../../examples/reference/${name}.extxyz`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "softfield-directions-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const flat = reference("2dipl_400");
/** The same glass by 90° further: x ← −y, y ← x, its edges as well. */
const turned = at("turned.extxyz");
{
  const [count, head, ...atoms] = readFileSync(flat, "utf8").trim().split("\n");
  const [, edge] = head.split(/[" ]/);
  const lattice = `Lattice="0 ${edge} 0 -${edge} 0 0 0 0 1" Properties=species:S:1:pos:R:3 pbc="T T F"`;
  const rows = atoms.map((line) => {
    const [species, x, y, z] = line.trim().split(/\s+/);
    return [species, -Number(y), x, z].join(" ");
  });
  writeFileSync(turned, `${[count, lattice, ...rows].join("\n")}\n`);
}

describe("a file whose first edge does not lie along x", () => {
  const TURNED = /the lattice of the file was turned .* directions of loads are those of the turned one/;

  test("is computed in turned axes, as every command says", async () => {
    const few = ["--events", "1", "--max-strain", "1e-4"];
    const commands = [
      ["spots", "--no-softening"],
      ["predict", "--modes", "0", ...few],
      ["shear", ...few],
      ["nonaffine"],
      ["census", "--modes", "3", "--bonds", "3"],
    ];
    for (const [command, ...more] of commands) {
      const run = await runCli(command, turned, "-m", "2dipl", ...more);
      expect([command, run.code]).toEqual([command, 0]);
      expect(run.stdout).toMatch(TURNED);
      const straight = await runCli(command, flat, "-m", "2dipl", ...more);
      expect(straight.stdout).not.toContain("turned");
    }
    const { warnings } = JSON.parse((await runCli("spots", turned, "-m", "2dipl", "--json")).stdout);
    expect(warnings).toEqual([expect.stringMatching(TURNED)]);
  });

  test("has the derivatives of the glass before it was turned", async () => {
    const columns: number[][][] = [];
    for (const file of [flat, turned]) {
      const out = at("lte.tsv");
      const run = await runCli("lte", file, "-m", "2dipl", "--derivative", "-o", out, "--force");
      expect(run.code).toBe(0);
      const [head, ...rows] = readFileSync(out, "utf8").trim().split("\n");
      const places = ["dlte_xx", "dlte_yy", "dlte_xy"].map((name) => head.split("\t").indexOf(name));
      columns.push(rows.map((row) => places.map((k) => Number(row.split("\t")[k]))));
    }
    const [before, after] = columns;
    const scale = Math.max(...before.flat().map(Math.abs));
    expect(after).toHaveLength(before.length);
    before.forEach((row, t) => {
      row.forEach((value, c) => {
        expect(Math.abs(after[t][c] - value)).toBeLessThan(1e-9 * scale);
      });
    });
  });
});

describe("a load that lets the box of the glass go first", () => {
  const FIRST = /before its strain grows the load lets the box go to the pressure 10, by about 0.0\d,/;

  test("is not what is foretold of the glass as it is, and that is said", async () => {
    for (const [command, ...more] of [
      ["spots"],
      ["nonaffine"],
      ["indicators", "--only", "nonaffinity"],
      ["census", "--modes", "3", "--bonds", "3"],
      ["predict", "--modes", "0", "--events", "1", "--max-strain", "1e-4"],
      ["lte", "--derivative-map", at("slopes.svg"), "--force"],
    ]) {
      const run = await runCli(command, flat, "-m", "2dipl", "--pressure", "10", ...more);
      expect([command, run.code]).toEqual([command, 0]);
      expect(run.stdout).toMatch(FIRST);
    }
  });

  test("from the glass at which it begins there is nothing to say", async () => {
    const start = at("start.extxyz");
    const load = ["-m", "2dipl", "--pressure", "10"];
    expect((await runCli("shear", flat, ...load, "--max-strain", "1e-9", "-o", start)).code).toBe(0);
    const run = await runCli("nonaffine", start, ...load, "--json");
    expect(JSON.parse(run.stdout).warnings).toEqual([]);
  });

  test("in 3D tension at a pressure finds one across the glass; without one it begins where the glass is", async () => {
    const load = ["nonaffine", reference("3dipl_400"), "-m", "3dipl", "--load", "tension"];
    const held = await runCli(...load, "--pressure", "20");
    expect(held.stdout).toMatch(/lets the box go to the pressure 20, by about 0.0\d+,/);
    const free = await runCli(...load, "--json");
    expect(JSON.parse(free.stdout).warnings).toEqual([]);
  });
});

test("the options of a load are those of the map of derivatives: without it they are refused", async () => {
  for (const [option, ...value] of [["--angle", "30"], ["--load", "tension"], ["--backwards"]]) {
    const run = await runCli("lte", flat, "-m", "2dipl", "--derivative", option, ...value);
    expect([run.code, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toContain(`${option} is of --derivative-map`);
  }
});

test("the heading of spots names the columns below it", async () => {
  const solid = await runCli("spots", reference("3dipl_400"), "-m", "3dipl");
  expect(solid.stdout).toMatch(/Δε; yield strain, that of the softest shear\n/);
  const followed = await runCli("spots", flat, "-m", "2dipl", "--yield", "1");
  expect(followed.stdout).toMatch(/softest shear and its direction, that of its surroundings\n/);
  const alone = await runCli("spots", flat, "-m", "2dipl", "--no-softening");
  expect(alone.stdout).toMatch(/score, Δε\n/);
});

test("pictures show the box of the file: one around the origin as one that begins there", async () => {
  const [count, head, ...atoms] = readFileSync(flat, "utf8").trim().split("\n");
  const [, edge] = head.split(/[" ]/);
  const half = Number(edge) / 2;
  const around = at("around.extxyz");
  const rows = atoms.map((line) => {
    const [species, x, y, z] = line.trim().split(/\s+/);
    return [species, Number(x) - half, Number(y) - half, z].join(" ");
  });
  writeFileSync(around, `${[count, `${head} Origin="-${half} -${half} 0"`, ...rows].join("\n")}\n`);
  const drawn = async (file: string, name: string) => {
    const run = await runCli("lte", file, "-m", "2dipl", "--map", at(name));
    expect(run.code).toBe(0);
    // the lines, without the caption and the last digit of coordinates
    return [...readFileSync(at(name), "utf8").matchAll(/M(-?[\d.]+) (-?[\d.]+)l/g)].map(([, x, y]) =>
      [x, y].map(Number),
    );
  };
  const [before, after] = [await drawn(flat, "flat.svg"), await drawn(around, "around.svg")];
  expect(after).toHaveLength(before.length);
  before.forEach(([x, y], k) => {
    expect(Math.abs(after[k][0] - x) + Math.abs(after[k][1] - y)).toBeLessThan(0.03);
  });
});

test("places of a census lie in the box of the file, where its particles lie outside", async () => {
  const [count, head, ...atoms] = readFileSync(flat, "utf8").trim().split("\n");
  const edge = Number(head.split(/[" ]/)[1]);
  const far = at("far.extxyz");
  const rows = atoms.map((line) => {
    const [species, x, y, z] = line.trim().split(/\s+/);
    return [species, Number(x) + 3 * edge, Number(y) - 2 * edge, z].join(" ");
  });
  writeFileSync(far, `${[count, head, ...rows].join("\n")}\n`);
  const out = at("census.tsv");
  const run = await runCli("census", far, "-m", "2dipl", "--modes", "5", "--bonds", "5", "-o", out);
  expect(run.code).toBe(0);
  const [names, ...cells] = readFileSync(out, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split("\t"));
  expect(cells.length).toBeGreaterThan(0);
  for (const row of cells)
    for (const axis of ["x", "y"]) {
      const x = Number(row[names.indexOf(axis)]);
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThan(edge);
    }
});
