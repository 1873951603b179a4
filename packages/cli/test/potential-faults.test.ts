import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { modelToJson, preset } from "softfield";
import { afterAll, describe, expect, test } from "vitest";
import { artificialMetal, setflText } from "../../core/test/eam.ts";
import { runCli } from "./run-cli.ts";

const scratch = mkdtempSync(join(tmpdir(), "softfield-potentials-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function written(name: string, content: string | object): string {
  const path = join(scratch, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const metal = setflText(artificialMetal("fs"));
const eam = (file: string, species = ["A", "B"]) => ({
  ...{ name: "metal", dimension: 3, species, form: "eam", file },
});

/** The setfl with one of its lines changed. */
function changed(name: string, line: number, change: (text: string) => string): string {
  written(
    name,
    metal
      .split("\n")
      .map((text, k) => (k === line - 1 ? change(text) : text))
      .join("\n"),
  );
  return written(`${name}.json`, eam(name));
}

/** Atoms in a cube, as extended XYZ. */
function atoms(name: string, edge: number, places: readonly string[]): string {
  const lattice = `Lattice="${edge} 0 0 0 ${edge} 0 0 0 ${edge}" Properties=species:S:1:pos:R:3 pbc="T T T"`;
  return written(name, [places.length, lattice, ...places, ""].join("\n"));
}

const spaced = { r: Array.from({ length: 40 }, (_, k) => (40 + k) / 50) };
const tabulated = (cutoff: number) => ({
  ...{ name: "t", dimension: 3, species: ["A"], form: "table", cutoff, smoothing: "shifted" },
  tables: { "A A": { ...spaced, phi: spaced.r.map((r) => 1 / r ** 12) } },
});

const silica = modelToJson(preset("bks-silica")) as ReturnType<typeof modelToJson> & {
  readonly terms: readonly { readonly form: string }[];
};
const withTerm = (form: string, change: object) => ({
  ...silica,
  terms: silica.terms.map((term) => (term.form === form ? { ...term, ...change } : term)),
});

describe("potentials that are not what they should be: what, where, and the way out", () => {
  test.each([
    [
      "a table of pairs that ends before the cutoff",
      () => written("short.json", tabulated(2.5)),
      /short\.json: cutoff: is 2\.5 for A–A, outside its table, which spans 0\.8 to 1\.58/,
    ],
    [
      "tables of embedded atoms that end before the cutoff",
      () => changed("cut.fs", 5, (line) => line.replace(/\S+$/, "9.9")),
      /cut\.fs, line 5: the tables end at r = 2\.2\d*, before the cutoff 9\.9: .*set the cutoff on this line/,
    ],
    [
      "a file that was cut short",
      () => {
        written("torn.fs", metal.slice(0, metal.length / 2));
        return written("torn.json", eam("torn.fs"));
      },
      /torn\.fs, line \d+: the file ends too early: \d+ numbers of \d+ \(eam\/alloy\) or \d+ \(eam\/fs\).*get the whole file/,
    ],
    [
      "an embedding function that is not defined at 0",
      () => changed("nan.fs", 7, (line) => line.replace(/\S+/, "-inf")),
      /nan\.fs, line 7: expected a number of F of A in row 0, found "-inf": the function is not defined there\. Put the value that it tends to/,
    ],
    [
      "an element that the file lacks",
      () => {
        written("whole.fs", metal);
        return written("element.json", eam("whole.fs", ["A", "Al"]));
      },
      /element\.json: species\[1\]: "Al" is no element of the potential, which has A, B: name the species as it does/,
    ],
    [
      "a file that is not there",
      () => written("lost.json", eam("nowhere.fs")),
      /lost\.json: the potential .*nowhere\.fs is missing: .*put the file there, or give its path/,
    ],
    [
      "charges that do not cancel in the glass that a model makes",
      () => written("charges.json", withTerm("coulomb", { charges: { Si: 2.4, O: -1.1 } })),
      /charges\.json: terms\[2\]\.charges: do not sum to zero: .*change one of the charges or the fractions/,
    ],
    [
      "an Ewald sum as a term",
      () => written("ewald.json", withTerm("coulomb", { form: "ewald" })),
      /ewald\.json: terms\[2\]\.form: Ewald sums couple every particle .*"force-shifted" \(damped shifted force\)/,
    ],
  ])("%s", async (_, model, message) => {
    const { code, stderr } = await runCli("models", model(), "--describe");
    expect(code).not.toBe(0);
    expect(stderr).toMatch(message);
  });
});

describe("configurations that do not fit a potential", () => {
  const model = () => {
    written("whole.fs", metal);
    return written("whole.json", eam("whole.fs"));
  };
  const lte = async (file: string, of: string) =>
    await runCli("lte", file, "--model", of, "-o", join(scratch, "out.tsv"), "--force");

  test("a cutoff that is longer than the box allows", async () => {
    const file = atoms("small.xyz", 9, ["Si 0 0 0", "O 1.6 0 0", "O 0 1.6 0.1"]);
    const { code, stderr } = await lte(file, "bks-silica");
    expect(code).not.toBe(0);
    expect(stderr).toMatch(
      /small\.xyz: box too small for the cutoff: its faces x are 9\.00000 apart, the potential reaches 10\.0000.*repeat the cell/,
    );
  });

  test("charges that do not cancel in a file", async () => {
    const file = atoms("charged.xyz", 30, ["Si 0 0 0", "O 1.6 0 0", "Si 2.6 2.6 2.6"]);
    const { stderr } = await lte(file, "bks-silica");
    expect(stderr).toMatch(/the charges do not sum to zero: all particles together have 3\.6, 1\.2 each/);
    expect(stderr).toMatch(/check species and composition, or give the model the charges of this one/);
  });

  test("a species that the model lacks", async () => {
    const { code, stderr } = await lte(atoms("al.xyz", 30, ["A 0 0 0", "Al 1 0 0", "B 0 1 0.1"]), model());
    expect(code).not.toBe(0);
    expect(stderr).toMatch(
      /al\.xyz, line 4, particle 1: species "Al" is unknown to model metal, whose species are A, B: .*--species/,
    );
  });

  test("an atom of density 0 under a square root, and two atoms that nothing else holds", async () => {
    const apart = join(scratch, "apart.extxyz");
    const file = atoms("lone.xyz", 20, ["A 0 0 0", "A 0.9 0 0", "A 10 10 10"]);
    const roots = artificialMetal("fs");
    const embedding = [roots.embedding[0].map((_, k) => -6 * Math.sqrt(k * roots.drho)), roots.embedding[1]];
    written("roots.fs", setflText({ ...roots, embedding }));
    const own = written("roots.json", eam("roots.fs"));
    await runCli("minimize", file, "--model", own, "-o", apart, "--force");
    const { code, stderr } = await lte(apart, own);
    expect(stderr).toMatch(
      /particle 2 is of a density within the first rows of F \(ρ = 0, .*where F is like √ρ its second derivative is unbounded at 0.*Do these atoms belong to the glass\?/,
    );
    // two atoms turn about each other at no cost: M has no inverse
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/zero mode|not positive definite|too close to singular|turns or slides freely/);
  });
});
