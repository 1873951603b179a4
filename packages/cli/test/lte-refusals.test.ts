import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const reference = (name: string) =>
  fileURLToPath(new URL(`../../../examples/reference/${name}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "softfield-cli-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("what a user may do wrong is said in words, and nothing is left behind", () => {
  const good = readFileSync(reference("2dipl_400.extxyz"), "utf8");
  const lines = good.split("\n");
  const edited = (change: (lines: string[]) => string[]) => change([...lines]).join("\n");
  const replace = (k: number, line: string) => edited((all) => all.with(k, line));
  const lattice = (text: string) =>
    edited((all) => all.with(1, (all[1] as string).replace(/Lattice="[^"]*"/, text)));

  const cases: [string, string, RegExp][] = [
    ["a file of 0 bytes", "", /empty|0 bytes/i],
    [
      "a file cut off in the middle",
      good.slice(0, good.length / 2),
      /bad\.extxyz:?.*(line|:)\s*\d+|atoms|particles/i,
    ],
    ["a coordinate that is no number", replace(9, "S 1.0 abc 0"), /line 10.*|:10/],
    ["NaN", replace(9, "S nan 2.0 0"), /10/],
    ["an infinite coordinate", replace(9, "S inf 2.0 0"), /10/],
    ["too few atoms", edited((all) => all.with(0, "402")), /402/],
    ["too many atoms", edited((all) => all.with(0, "398")), /398|line 401/],
    ["an unknown species", replace(9, "Q 1.0 2.0 0"), /Q.*S.*L/s],
    ["no lattice", lattice(""), /Lattice/],
    ["a lattice of eight numbers", lattice('Lattice="1 0 0 0 1 0 0 0"'), /Lattice|nine|9/],
    [
      "a box too small for the cutoff",
      lattice('Lattice="1.9 0 0 0 21.6 0 0 0 1"'),
      /box too small for the cutoff/,
    ],
    ["two particles at one place", replace(9, lines[8] as string), /overlap/],
    [
      "no minimum",
      replace(
        9,
        `S ${(lines[8] as string)
          .split(" ")
          .slice(1)
          .map((x, c) => (c < 2 ? Number(x) + 0.5 : x))
          .join(" ")}`,
      ),
      /not an energy minimum.*particle \d+.*softfield minimize/s,
    ],
    [
      "binary junk",
      String.fromCharCode(...Array.from({ length: 500 }, (_, k) => (k * 73) % 256)),
      /binary file.*softfield reads/s,
    ],
  ];

  test.each(cases)("%s", async (_, text, message) => {
    const file = at("bad.extxyz");
    writeFileSync(file, text);
    const before = readdirSync(folder).length;
    const run = await runCli("lte", file, "-m", "2dipl", "-o", at("never.tsv"), "--map", at("never.svg"));
    expect(run.code).toBe(1);
    expect(run.stdout).toBe("");
    expect(run.stderr).toMatch(message);
    expect(run.stderr).toMatch(/^softfield: /);
    expect(run.stderr).toContain("bad.extxyz");
    expect(run.stderr).not.toMatch(/\n\s+at |TypeError|RangeError/);
    expect(readdirSync(folder).length).toBe(before);
  });

  const wrong: [string, string[], RegExp, number][] = [
    ["no such file", ["lte", "nowhere.extxyz", "-m", "2dipl"], /nowhere\.extxyz.*no such/s, 1],
    ["no such model", ["lte", reference("2dipl_400.extxyz"), "-m", "2dlj"], /no model "2dlj".*2dipl/s, 1],
    ["no model", ["lte", reference("2dipl_400.extxyz")], /--model/, 2],
    [
      "a 3D model for a 2D file",
      ["lte", reference("2dipl_400.extxyz"), "-m", "3dipl"],
      /3dipl|dimension|3D/,
      1,
    ],
    [
      "an unknown ending",
      ["lte", reference("2dipl_400.extxyz"), "-m", "2dipl", "-o", "x.doc"],
      /x\.doc.*\.tsv/s,
      2,
    ],
    [
      "a folder that is not there",
      ["lte", reference("2dipl_400.extxyz"), "-m", "2dipl", "-o", at("no/where.tsv")],
      /no.where\.tsv/,
      1,
    ],
    [
      "the input as output",
      ["lte", at("copy.extxyz"), "-m", "2dipl", "-o", at("copy.extxyz")],
      /input itself/,
      2,
    ],
    [
      "a frame that is not there",
      ["lte", reference("2dipl_400.extxyz"), "-m", "2dipl", "--frame", "3"],
      /frame/,
      1,
    ],
    [
      "a frame that is no number",
      ["lte", reference("2dipl_400.extxyz"), "-m", "2dipl", "--frame", "x"],
      /--frame x/,
      2,
    ],
    [
      "a species map that is none",
      ["lte", reference("2dipl_400.extxyz"), "-m", "2dipl", "--species", "S"],
      /species mapping/,
      2,
    ],
    [
      "a pin that is no particle",
      ["lte", reference("2dipl_400.extxyz"), "-m", "2dipl", "--pin", "400"],
      /400/,
      2,
    ],
    ["an unknown command", ["ltee"], /ltee.*lte/s, 2],
  ];
  beforeAll(() => writeFileSync(at("copy.extxyz"), good));

  test.each(wrong)("%s", async (_, args, message, code) => {
    const run = await runCli(...args);
    expect(run.stderr).toMatch(message);
    expect(run.stderr).not.toMatch(/\n\s+at /);
    expect(run.code).toBe(code);
  });

  test("--no-refine, of old --no-polish, refuses six digits, the default refines them and says so", async () => {
    const file = at("six.extxyz");
    writeFileSync(
      file,
      edited((all) =>
        all.map((line, k) =>
          k < 2 || line === "" ? line : line.replace(/-?\d+\.\d+/g, (x) => Number(x).toPrecision(6)),
        ),
      ),
    );
    const refused = await runCli("lte", file, "-m", "2dipl", "--no-polish");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/--no-refine forbids/);
    expect(await runCli("lte", file, "-m", "2dipl", "--no-refine")).toEqual(refused);
    const refined = await runCli("lte", file, "-m", "2dipl");
    expect(refined.stdout).toMatch(
      /refined\s+residual as given .* Newton steps moved no particle by more than/,
    );
  });

  test("a file without a line break at its end is read", async () => {
    writeFileSync(at("open.extxyz"), good.trimEnd());
    expect((await runCli("lte", at("open.extxyz"), "-m", "2dipl")).code).toBe(0);
  });
});
