import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const reference = (name: string) =>
  fileURLToPath(new URL(`../../../examples/reference/${name}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "softfield-cli-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** E_α by bond, from our TSV or the independent code's. */
function energies(text: string): Map<string, number> {
  const rows = text.trim().split("\n").slice(1);
  return new Map(rows.map((row) => row.split("\t")).map(([i, j, lte]) => [`${i} ${j}`, Number(lte)]));
}

function worst(a: Map<string, number>, b: Map<string, number>): number {
  expect(a.size).toBe(b.size);
  const scale = Math.max(...Array.from(b.values(), Math.abs));
  return Math.max(...Array.from(a, ([bond, value]) => Math.abs(value - (b.get(bond) as number)))) / scale;
}

const expected = (name: string) =>
  energies(gunzipSync(readFileSync(reference(`${name}.lte.tsv.gz`))).toString());

describe("a file with numeric types", () => {
  const lines = readFileSync(reference("2dipl_400.extxyz"), "utf8").split("\n");
  const frame = lines.map((line, k) => (k < 2 ? line : line.replace(/^S /, "1 ").replace(/^L /, "2 ")));
  const lte = (...more: string[]) => runCli("lte", at("typed.xyz"), "--model", "2dipl", "--json", ...more);
  const say = (map: string) =>
    `softfield: ${at("typed.xyz")} names no species of 2dipl: took type 1 as S, type 2 as L, in the model's order; ` +
    `--species ${map} confirms that, another map changes it\n`;

  test("what its types were taken for is said once, and not where --species says it", async () => {
    writeFileSync(at("typed.xyz"), frame.join("\n"));
    const run = await lte();
    expect([run.code, run.stderr]).toEqual([0, say("1=S,2=L")]);
    const { highest } = JSON.parse(run.stdout);
    const told = await lte("--species", "1=S,2=L");
    expect([told.code, told.stderr]).toEqual([0, ""]);
    expect(JSON.parse(told.stdout).highest).toEqual(highest);
    // taken the other way round it is no minimum
    expect((await lte("--species", "1=L,2=S")).code).toBe(1);
  });
});

describe("softfield lte", () => {
  test("writes every format, and the numbers of the independent code", async () => {
    const outputs = [
      "a.tsv",
      "a.csv",
      "a.parquet",
      "a.h5",
      "a.extxyz",
      "a.json",
      "map.svg",
      "map.png",
      "x.svg",
    ].map(at);
    const [table, , , , , , map, picture, arrows] = outputs as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    const run = await runCli(
      ...["lte", reference("2dipl_400.extxyz"), "--model", "2dipl", "--json"],
      ...outputs.slice(0, 6).flatMap((path) => ["-o", path]),
      ...["--map", map, "--displacement-map", arrows],
    );
    expect(run.stderr).toBe("");
    expect(run.code).toBe(0);
    const summary = JSON.parse(run.stdout);
    expect(summary).toMatchObject({
      particles: 400,
      bonds: 1291,
      rattlers: [],
      dimension: 2,
      model: "2dipl",
      polish: { steps: 0 },
    });
    expect(summary.sumRuleError).toBeLessThan(1e-10);
    expect(readFileSync(table, "utf8").split("\n")[0]).toBe(
      "i\tj\tlte\tharmonic\tanharmonic\ttype_i\ttype_j\tr\tdx\tdy\tx\ty",
    );
    expect(worst(energies(readFileSync(table, "utf8")), expected("2dipl_400"))).toBeLessThan(1e-9);
    expect(readFileSync(map, "utf8")).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
    expect(JSON.parse(readFileSync(at("a.json"), "utf8")).particles).toBe(400);
    expect((await runCli("lte", reference("2dipl_400.extxyz"), "-m", "2dipl", "--map", picture)).code).toBe(
      0,
    );
    expect(readFileSync(picture).subarray(1, 4).toString()).toBe("PNG");
    for (const path of outputs) expect(existsSync(path)).toBe(true);
  });

  test.each([
    ["2dipl_1600_sheared_soft", "data", 5e-9],
    ["3dipl_400", "data", 1e-9],
    ["3dkablj_400", "dump", 1e-9],
    ["2dipl_1600_sheared_soft", "dump", 5e-9],
  ])("%s through a LAMMPS %s file of 17 digits, atoms shuffled", async (name, kind, tolerance) => {
    const file = at(`${name}.${kind}`);
    writeFileSync(
      file,
      shuffledLammps(readFileSync(reference(`${name}.extxyz`), "utf8"), kind as "data" | "dump"),
    );
    const table = at(`${name}.${kind}.tsv`);
    const run = await runCli("lte", file, "-m", name.split("_")[0] as string, "-o", table);
    expect(run.stderr).toMatch(/^softfield: .* names no species of .*: took type 1 as .*\n$/);
    expect(worst(energies(readFileSync(table, "utf8")), expected(name))).toBeLessThan(tolerance);
  });

  test("the built command does the same from another folder", () => {
    const bin = fileURLToPath(new URL("../bin/softfield.js", import.meta.url));
    const stdout = execFileSync(
      process.execPath,
      [bin, "lte", reference("2dipl_400.extxyz"), "-m", "2dipl"],
      { cwd: folder },
    );
    expect(stdout.toString()).toMatch(/sum rule\s+Σ E = Nd − d holds to/);
  });
});

/** The extended XYZ text as a LAMMPS file, its particles in another order but with their ids. */
function shuffledLammps(text: string, kind: "data" | "dump"): string {
  const lines = text.trim().split("\n");
  const [, lattice] = /Lattice="([^"]*)"/.exec(lines[1] as string) as unknown as [string, string];
  const h = lattice.split(" ").map(Number);
  const [lx, xy, ly, xz, yz, lz] = [h[0], h[3], h[4], h[6], h[7], h[8]] as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const atoms = lines.slice(2).map((line, p) => {
    const [symbol, ...x] = line.trim().split(/\s+/);
    return `${p + 1} ${symbol === "S" || symbol === "A" ? 1 : 2} ${x.join(" ")}`;
  });
  atoms.sort((a, b) => (Number(a.split(" ")[2]) % 0.37) - (Number(b.split(" ")[2]) % 0.37));
  if (kind === "data") {
    const head = [
      `${atoms.length} atoms`,
      "2 atom types",
      `0 ${lx} xlo xhi`,
      `0 ${ly} ylo yhi`,
      `0 ${lz} zlo zhi`,
      `${xy} ${xz} ${yz} xy xz yz`,
    ];
    return [
      "LAMMPS data",
      "",
      ...head,
      "",
      "Masses",
      "",
      "1 1",
      "2 1",
      "",
      "Atoms # atomic",
      "",
      ...atoms,
      "",
    ].join("\n");
  }
  const bounds = [
    `${Math.min(0, xy, xz, xy + xz)} ${lx + Math.max(0, xy, xz, xy + xz)} ${xy}`,
    `${Math.min(0, yz)} ${ly + Math.max(0, yz)} ${xz}`,
    `0 ${lz} ${yz}`,
  ];
  const head = [
    "ITEM: TIMESTEP",
    "0",
    "ITEM: NUMBER OF ATOMS",
    `${atoms.length}`,
    "ITEM: BOX BOUNDS xy xz yz pp pp pp",
  ];
  return [...head, ...bounds, "ITEM: ATOMS id type x y z", ...atoms, ""].join("\n");
}

test("--derivative: columns of ∂E/∂e that sum to 0, in tables and, shared, by particle; other columns as before", async () => {
  const file = reference("2dipl_400.extxyz");
  const run = (...more: string[]) => runCli("lte", file, "--model", "2dipl", ...more);
  const found = await run("--derivative", "-o", at("rates.tsv"), "-o", at("rates.extxyz"));
  expect([found.code, found.stderr]).toEqual([0, ""]);
  expect((await run("-o", at("plain.tsv"))).code).toBe(0);
  const rows = (name: string) =>
    readFileSync(at(name), "utf8")
      .trim()
      .split("\n")
      .map((row) => row.split("\t"));
  const [head, ...terms] = rows("rates.tsv");
  const [plainHead, ...plain] = rows("plain.tsv");
  expect(head).toEqual([...plainHead, "dlte_xx", "dlte_yy", "dlte_xy"]);
  expect(terms.map((row) => row.slice(0, -3))).toEqual(plain);
  for (const column of [-3, -2, -1].map((last) => head.length + last)) {
    const values = terms.map((row) => Number(row[column]));
    const size = values.reduce((sum, x) => sum + Math.abs(x), 0);
    expect(size).toBeGreaterThan(1e3);
    expect(Math.abs(values.reduce((sum, x) => sum + x, 0)) / size).toBeLessThan(1e-10);
  }
  const header = readFileSync(at("rates.extxyz"), "utf8").split("\n")[1];
  expect(header).toMatch(/dlte_xx:R:1:dlte_yy:R:1:dlte_xy:R:1/);
});

const piecesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

/** Without progress, which slow machines show. */
const withoutProgress = (stderr: string) => stderr.replace(/^[a-z ]+: \d+\/\d+.*\n/gm, "");

describe("softfield lte --windows", () => {
  const file = reference("2dipl_1600.extxyz");

  test("gives energies with standard errors that cover the exact ones, and says how good they are", async () => {
    const run = await runCli(
      "lte",
      file,
      "--model",
      "2dipl",
      "--windows",
      "4",
      "--samples",
      "16",
      ...["--pieces", at("pieces"), "--shard", "2/3"],
      ...["-o", at("windows.tsv")],
    );
    expect([run.code, withoutProgress(run.stderr)]).toEqual([0, ""]);
    expect(run.stdout).toMatch(/accuracy {2}8 windows, 16 samples: E to .* % .*12 bonds.* expected .* %/);
    const [header, ...rows] = readFileSync(at("windows.tsv"), "utf8").trim().split("\n");
    const column = (name: string) => header!.split("\t").indexOf(name);
    const exact = expected("2dipl_1600");
    let [off, said] = [0, 0];
    for (const row of rows) {
      const cells = row.split("\t");
      off += (Number(cells[column("lte")]) - exact.get(`${cells[0]} ${cells[1]}`)!) ** 2;
      said += Number(cells[column("lte_error")]) ** 2;
    }
    expect(rows.length).toBe(exact.size);
    expect(Math.sqrt(off / said)).toBeGreaterThan(0.4);
    expect(Math.sqrt(off / said)).toBeLessThan(2);
    // others that see the folder find all done; a piece that is torn or gone is made again
    const [first, second] = piecesIn(at("pieces"));
    const made = piecesIn(at("pieces")).length;
    expect(made).toBeGreaterThan(20);
    truncateSync(first, 100);
    rmSync(second);
    const again = [...["lte", file, "--model", "2dipl", "--windows", "4", "--samples", "16"]];
    const other = await runCli(...again, "--pieces", at("pieces"), "-o", at("again.tsv"));
    expect([other.code, withoutProgress(other.stderr)]).toEqual([0, ""]);
    expect(readFileSync(at("again.tsv"), "utf8")).toBe(readFileSync(at("windows.tsv"), "utf8"));
    expect(piecesIn(at("pieces")).length).toBe(made);
    const spots = await runCli(
      "spots",
      file,
      "--model",
      "2dipl",
      "--windows",
      "4",
      "--samples",
      "16",
      ...["--pieces", at("pieces"), "--json"],
    );
    expect([spots.code, withoutProgress(spots.stderr)]).toEqual([0, ""]);
    expect(piecesIn(at("pieces")).length).toBe(made);
  });

  test.each([
    [["--samples", "32"], "--samples is of --windows"],
    [["--pieces", "folder"], "--pieces is of --windows"],
    [["--windows", "4", "--shard", "1/2"], "--shard is of --pieces"],
    [["--windows", "4", "--pieces", "folder", "--shard", "3/2"], "1 ≤ K ≤ M"],
    [["--windows", "4", "--dense"], "exclude each other"],
    [["--windows", "4", "--pin", "3"], "exclude each other"],
    [["--windows", "four"], "give a number"],
    [["--windows", "60"], "leave --windows out"],
  ])("refuses %j", async (options, words) => {
    const run = await runCli("lte", file, "--model", "2dipl", ...options);
    expect(run.code).not.toBe(0);
    expect(run.stderr).toContain(words);
  });
});
