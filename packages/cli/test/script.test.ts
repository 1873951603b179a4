import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "softfield-cli-script-"));
  writeFileSync(join(folder, "in.glass"), SCRIPT);
  writeFileSync(join(folder, "start.data"), dataFile());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SCRIPT = `# a mixture in 2D
units lj
dimension 2
atom_style atomic
variable rc index 2.0
read_data start.data
pair_style lj/smooth/linear \${rc}
pair_coeff 1 1 1 1
pair_coeff 1 2 1 1.18
pair_coeff 2 2 1 1.4
minimize 0 1e-10 1000 1000
`;

/** A shaken square lattice, atoms in disorder, types named by comments. */
function dataFile(): string {
  const atoms = Array.from({ length: 144 }, (_, k) => {
    const id = ((k * 61) % 144) + 1;
    const [i, j] = [(id - 1) % 12, Math.floor((id - 1) / 12)];
    const [dx, dy] = [((id * 37) % 11) / 60, ((id * 53) % 13) / 70];
    return `${id} ${(id % 2) + 1} ${(i + 0.5) * 1.2 + dx} ${(j + 0.5) * 1.2 + dy} 0`;
  });
  return `start\n\n144 atoms\n2 atom types\n0 14.4 xlo xhi\n0 14.4 ylo yhi\n-0.5 0.5 zlo zhi\n\nMasses\n\n1 1 # S\n2 1 # L\n\nAtoms # atomic\n\n${atoms.join("\n")}\n`;
}

/** A command with its files in the folder. */
const softfield = (...words: string[]) =>
  runCli(
    ...words.map((word) => (/^in\.|\.(json|extxyz|tsv|dump|data)$/.test(word) ? join(folder, word) : word)),
  );

test("a script as a model, its data file as the configuration, its JSON with the same bits", async () => {
  const minimised = await softfield("minimize", "--model", "in.glass", "-o", "min.extxyz");
  expect(minimised.code).toBe(0);
  expect(minimised.stderr).toMatch(
    /took the configuration as read_data reads it; what the script does with it later is not done: \S*in\.glass, line 11 \(minimize/,
  );
  const printed = await softfield("models", "--from", "in.glass");
  expect(JSON.parse(printed.stdout)).toMatchObject({
    name: "in.glass",
    dimension: 2,
    species: ["S", "L"],
    form: "lennard-jones",
    lambda: { "S S": 1, "S L": 1.18, "L L": 1.4 },
    smoothing: "force-shifted",
  });
  writeFileSync(join(folder, "model.json"), printed.stdout);
  for (const model of ["in.glass", "model.json"]) {
    const { code, stderr } = await softfield("lte", "min.extxyz", "--model", model, "-o", `${model}.tsv`);
    expect([code, stderr.replace(/^softfield: warning: .*jumps at.*\n/gm, "")]).toEqual([0, ""]);
  }
  expect(readFileSync(join(folder, "in.glass.tsv"), "utf8").split("\n").slice(1)).toEqual(
    readFileSync(join(folder, "model.json.tsv"), "utf8").split("\n").slice(1),
  );
});

test("types of a file without names are those of the script, without a word", async () => {
  const dumped = await softfield("minimize", "--model", "in.glass", "-o", "min.dump");
  expect(dumped.code).toBe(0);
  const text = readFileSync(join(folder, "min.dump"), "utf8")
    .replace("type element", "type")
    .replace(/^(\d+ \d+) [SL] /gm, "$1 ");
  writeFileSync(join(folder, "types.dump"), text);
  const { code, stderr } = await softfield("lte", "types.dump", "--model", "in.glass");
  expect([code, stderr.replace(/^softfield: warning: .*jumps at.*\n/gm, "")]).toEqual([0, ""]);
});

test("what is missing is said", async () => {
  writeFileSync(join(folder, "in.nodata"), "units lj\npair_style lj/cut 2.5\npair_coeff 1 1 1 1\n");
  expect((await softfield("lte", "--model", "in.nodata")).stderr).toContain(
    "in.nodata has no read_data: give the configuration as FILE",
  );
  expect((await softfield("lte", "--model", "2dipl")).stderr).toContain(
    "FILE is missing: give a configuration",
  );
  writeFileSync(join(folder, "in.bad"), "units lj\npair_style lj/cut/coul/long 10\n");
  const bad = await softfield("lte", "start.data", "--model", "in.bad");
  expect([bad.code, bad.stderr]).toEqual([
    1,
    expect.stringContaining("in.bad, line 2 (pair_style lj/cut/coul/long 10)"),
  ]);
});
