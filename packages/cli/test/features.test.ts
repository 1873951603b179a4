import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { extxyzText, frameOfSystem, makeGlass, minimumOf, preset } from "softfield";
import { particleFeatures } from "softfield/internal";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "softfield-features-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const small = fileURLToPath(new URL("../../../examples/reference/2dipl_400.extxyz", import.meta.url));

/** Four glasses with a column that is known: a sum of two features. */
beforeAll(() => {
  const model = preset("2dipl");
  const protocol = { kind: "instantaneous", liquidTime: 1 } as const;
  for (const seed of [1, 2, 3, 4]) {
    const { system } = makeGlass({ model, particles: 200, seed, protocol });
    const columns = particleFeatures(minimumOf(system, model), { widths: [1] });
    const of = (name: string) =>
      Float64Array.from(columns.find((one) => one.name === name)?.values ?? [], Number);
    const known = of("debye_waller").map((x, p) => 100 * x - of("energy_g1")[p]);
    known[seed] = Number.NaN;
    writeFileSync(at(`g${seed}.extxyz`), [...extxyzText(frameOfSystem(system, model))].join(""));
    writeFileSync(
      at(`t${seed}.tsv`),
      `particle\tknown\n${Array.from(known, (y, p) => `${p}\t${y}\n`).join("")}`,
    );
  }
});

const files = () => [1, 2, 3, 4].map((seed) => at(`g${seed}.extxyz`));
const tables = () => [1, 2, 3, 4].flatMap((seed) => ["--table", at(`t${seed}.tsv`)]);

async function run(...words: string[]) {
  const done = await runCli("features", ...words);
  expect([done.code, done.stderr]).toEqual([0, ""]);
  return done.stdout;
}

test("writes the features of all particles, units in their places", async () => {
  const text = await run(small, "-m", "2dipl", "-o", at("f.tsv"));
  expect(text).toContain("1 of 2dipl, 400 particles; 63 features");
  const [head, ...rows] = readFileSync(at("f.tsv"), "utf8").trim().split("\n");
  expect(rows).toHaveLength(400);
  expect(head.split("\t").slice(0, 8).join()).toBe(
    "configuration,particle,type,x,y,neighbours,energy,virial",
  );
});

test("without the slopes the others are the same", async () => {
  await run(small, "-m", "2dipl", "--widths", "1", "--no-slopes", "-o", at("n.tsv"));
  await run(small, "-m", "2dipl", "--widths", "1", "-o", at("w.tsv"));
  const [without, all] = ["n.tsv", "w.tsv"].map((name) => {
    const [head, ...rows] = readFileSync(at(name), "utf8").trim().split("\n");
    return { names: head.split("\t"), rows: rows.map((row) => row.split("\t")) };
  });
  expect(without.names).toEqual(all.names.filter((name) => !name.startsWith("dlte_")));
  const of = ({ names, rows }: typeof all, name: string) => rows.map((row) => row[names.indexOf(name)]);
  for (const name of without.names) expect(of(without, name)).toEqual(of(all, name));
});

test("a column that is a sum of features is found on glasses left out, stored, and foretold of others", async () => {
  const words = ["-m", "2dipl", "--widths", "0.8,1"];
  const text = await run(...files(), ...words, "--fit", "known", ...tables(), "-o", at("fit.json"));
  for (const species of ["all", "S", "L"])
    expect(text).toMatch(
      new RegExp(
        `known, ${species}: Pearson's r (1\\.0000|0\\.999\\d) ± 0\\.000\\d on configurations left out`,
      ),
    );
  // the widths are those of the fit
  await run(at("g1.extxyz"), "-m", "2dipl", "--apply", at("fit.json"), "-o", at("p.tsv"));
  const [head, ...rows] = readFileSync(at("p.tsv"), "utf8").trim().split("\n");
  const column = head.split("\t").indexOf("predicted");
  const known = readFileSync(at("t1.tsv"), "utf8").trim().split("\n").slice(1);
  rows.forEach((row, p) => {
    const y = Number(known[p].split("\t")[1]);
    if (!Number.isNaN(y)) expect(Math.abs(Number(row.split("\t")[column]) - y)).toBeLessThan(0.05);
  });
});

test("of one glass parts of space are left out; another glass tells what the fit is worth there", async () => {
  const words = ["-m", "2dipl", "--widths", "1"];
  const [one, two] = [at("g1.extxyz"), at("g2.extxyz")];
  const text = await run(one, ...words, "--fit", "known", "--table", at("t1.tsv"), "-o", at("one.json"));
  expect(text).toMatch(
    /known, all: Pearson's r (1\.0|0\.9\d)\d+ ± 0\.0\d+ on parts of space left out \(25\)/,
  );
  const told = await run(
    two,
    ...words,
    "--apply",
    at("one.json"),
    "--table",
    at("t2.tsv"),
    "-o",
    at("two.json"),
  );
  expect(told).toMatch(
    /g2\.extxyz, all: Pearson's r (1\.0|0\.99)\d+ \((1\.0|0\.99)\d+ … (1\.0|0\.99)\d+\), 199 particles/,
  );
  const { agreements } = JSON.parse(readFileSync(at("two.json"), "utf8")) as {
    agreements: { species: string; particles: number }[][];
  };
  expect(agreements[0].map(({ species, particles }) => [species, particles])[0]).toEqual(["all", 199]);
});

test("a stored fit foretells by species what it was made of", async () => {
  const { fit } = JSON.parse(readFileSync(at("fit.json"), "utf8")) as {
    fit: { features: string[]; models: { species: string }[] };
  };
  expect(fit.models.map(({ species }) => species)).toEqual(["S", "L"]);
  expect(fit.features).not.toContain("displacement_x");
  expect(fit.features).toContain("displacement");
});

test("what can't be fitted or applied is said", async () => {
  const refused = async (...words: string[]) => {
    const { code, stderr } = await runCli("features", ...words, "-m", "2dipl");
    expect(code).toBeGreaterThan(0);
    return stderr;
  };
  expect(await refused(...files(), "--fit", "known")).toContain("there is no column of numbers known");
  expect(await refused(...files(), "--fit", "known", ...tables().slice(0, 4))).toContain(
    "2 tables for 4 files",
  );
  expect(await refused(...files(), ...tables())).toContain("--table goes with --fit or --apply");
  expect(await refused(small, "--widths", "50")).toContain("width 50: give lengths above 0");
  expect(await refused(small, "--apply", small)).toContain("holds no fit");
  expect(await refused(small, "--fit", "known", "--apply", at("fit.json"))).toContain("give one of the two");
  writeFileSync(
    at("other.json"),
    readFileSync(at("fit.json"), "utf8").replaceAll("energy_g1", "enthalpy_g1"),
  );
  expect(await refused(small, "--apply", at("other.json"))).toContain("needs the feature enthalpy_g1");
});
