import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readSnapshot } from "softfield";
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

/** The glass of all these cases with a box that begins elsewhere, with ids and with masses. */
async function elsewhere(): Promise<string> {
  const glass = join(folder, "glass.extxyz");
  const plain = input("04-suggested-map-is-wrong/plain.extxyz");
  await runCli("minimize", plain, "-m", "2dipl", "-o", glass, "--force");
  const { positions, species, box } = readSnapshot(readFileSync(glass));
  const edge = box.vectors[0];
  const rows = Array.from(
    { length: 64 },
    (_, a) =>
      `${101 + a} ${species!.names[species!.index[a]] === "S" ? 1 : 2} ${positions[3 * a]} ${positions[3 * a + 1]} 0`,
  );
  const file = join(folder, "elsewhere.data");
  writeFileSync(
    file,
    `own\n\n64 atoms\n2 atom types\n${-edge / 2} ${edge / 2} xlo xhi\n${-edge / 2} ${edge / 2} ylo yhi\n-0.5 0.5 zlo zhi\n\n` +
      `Masses\n\n1 1 # S\n2 2.744 # L\n\nAtoms # atomic\n\n${rows.join("\n")}\n`,
  );
  return file;
}

test("spots, bonds and configurations come in the file's own box, with its ids; frequencies are those of its masses", async () => {
  const file = await elsewhere();
  const edge = 8.6266218562750741;
  const inside = (x: number) => x >= -edge / 2 && x < edge / 2;
  const spots = JSON.parse(
    (await runCli("spots", file, "-m", "2dipl", "--threshold", "0", "--bins", "6", "--json")).stdout,
  ).spots;
  expect(spots.length).toBeGreaterThan(0);
  for (const { position } of spots) expect(position.every(inside)).toBe(true);

  const [table, dump] = [join(folder, "bonds.tsv"), join(folder, "lte.dump")];
  expect((await runCli("lte", file, "-m", "2dipl", "-o", table, "-o", dump, "--json")).code).toBe(0);
  const [names, ...rows] = readFileSync(table, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split("\t"));
  expect(names).toEqual([
    "i",
    "j",
    "lte",
    "harmonic",
    "anharmonic",
    "type_i",
    "type_j",
    "r",
    "dx",
    "dy",
    "x",
    "y",
  ]);
  const given = readSnapshot(readFileSync(file));
  for (const row of rows) {
    const [i, j, , , , ti, tj, r, dx, dy, x, y] = row.map(Number);
    expect([ti, tj]).toEqual([given.types![i], given.types![j]]);
    expect(Math.hypot(dx, dy)).toBeCloseTo(r, 12);
    expect([x, y].every(inside)).toBe(true);
    for (const [c, [middle, between]] of [
      [x, dx],
      [y, dy],
    ].entries()) {
      for (const [end, side] of [
        [i, -0.5],
        [j, 0.5],
      ]) {
        const turns = (middle + side * between - given.positions[3 * end + c]) / edge;
        expect(turns).toBeCloseTo(Math.round(turns), 6);
      }
    }
  }
  const written = readSnapshot(readFileSync(dump));
  expect([...written.ids!]).toEqual([...given.ids!]);
  expect(written.origin[0]).toBeCloseTo(-edge / 2, 12);
  expect(written.columns.get("lte")!.values.length).toBe(64);

  const sheared = join(folder, "sheared.extxyz");
  expect((await runCli("shear", file, "-m", "2dipl", "--max-strain", "0.001", "-o", sheared)).code).toBe(0);
  expect([...readSnapshot(readFileSync(sheared)).ids!]).toEqual([...given.ids!]);

  const modes = await runCli("modes", file, "-m", "2dipl", "--count", "3", "--json");
  const found = JSON.parse(modes.stdout);
  expect(found.masses).toBe("1, 2.744 (of the file)");
  const unit = JSON.parse(
    (await runCli("modes", join(folder, "glass.extxyz"), "-m", "2dipl", "--count", "3", "--json")).stdout,
  );
  expect(unit.masses).toBe("all 1: neither model nor file says others");
  // ω² lies between those of all particles light and all heavy
  found.frequencies.forEach((omega: number, k: number) => {
    expect(omega).toBeLessThan(unit.frequencies[k]);
    expect(omega).toBeGreaterThan(unit.frequencies[k] / Math.sqrt(2.744));
  });
});

test("a packing of six digits, whose contacts open by rounding: the refusal ends in the command that helps", async () => {
  const model = input("08-unjammed-packing-stalls/harm.json");
  const loose = readFileSync(input("08-unjammed-packing-stalls/disks.extxyz"), "utf8");
  // the same discs in nine tenths of the box are jammed
  const squeezed = loose.replace(/9\.643191512474377/g, "8.2");
  const file = join(folder, "squeezed.extxyz");
  writeFileSync(file, squeezed);
  const minimum = join(folder, "jammed.extxyz");
  expect((await runCli("minimize", file, "-m", model, "-o", minimum)).code).toBe(0);
  const rounded = readFileSync(minimum, "utf8").replace(/-?\d+\.\d{9,}/g, (x) => Number(x).toPrecision(6));
  const six = join(folder, "six digits.extxyz");
  writeFileSync(
    six,
    rounded.replace(/Lattice="[^"]*"/, /Lattice="[^"]*"/.exec(readFileSync(minimum, "utf8"))![0]),
  );
  const run = await runCli("lte", six, "-m", model, "--no-refine");
  expect(run.code).toBe(1);
  const command = `minimize '${six}' --model ${model} -o minimum.extxyz`;
  expect(run.stderr).toContain(`\n  softfield ${command}\n`);
  expect(run.stderr).toMatch(/softfield: .*six digits\.extxyz:\d+: not an energy minimum/);
  const again = join(folder, "minimum.extxyz");
  expect((await runCli("minimize", six, "--model", model, "-o", again)).code).toBe(0);
  expect((await runCli("lte", again, "-m", model)).code).toBe(0);
});

test("types that mean the other species: the refusal of what is no minimum gives the map that makes it one", async () => {
  const glass = fileURLToPath(new URL("../../../examples/reference/2dipl_400.extxyz", import.meta.url));
  const run = await runCli("lte", glass, "-m", "2dipl", "--species", "S=L,L=S");
  expect(run.code).toBe(1);
  const advice =
    /with the species exchanged the residual is \S+ of the typical pair force instead of .*--species (\S+)/;
  const map = advice.exec(run.stderr)![1];
  expect(map).toBe("L=L,S=S");
  expect((await runCli("lte", glass, "-m", "2dipl", "--species", map)).code).toBe(0);
});
