import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parquetReadObjects } from "hyparquet";
import {
  indicators,
  localThermalEnergy,
  minimumOf,
  preset,
  readSnapshot,
  softnessField,
  toSystem,
} from "softfield";
import { unzipped } from "softfield/internal";
import { afterAll, describe, expect, test } from "vitest";
import { needs, tool } from "../../../testing/needs.ts";
import { runCli } from "./run-cli.ts";

const glass = fileURLToPath(new URL("../../../examples/reference/2dipl_400.extxyz", import.meta.url));
const spatial = fileURLToPath(new URL("../../../examples/reference/3dkablj_400.extxyz", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "softfield-exports-"));
/** Take a minute. */
const SLOW = ["local-yield-strain", "local-yield-stress"];
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(...words: string[]) {
  const done = await runCli(...words);
  expect(done.stderr).toBe("");
  expect(done.code).toBe(0);
  return done.stdout;
}

const minimum = () => {
  const model = preset("2dipl");
  return minimumOf(toSystem(readSnapshot(readFileSync(glass), { source: "glass" }), model).system, model);
};

/** Array of a .npz: its numbers, little-endian doubles. */
function doubles(file: string, name: string): Float64Array {
  const bytes = unzipped(readFileSync(at(file)), file).get(`${name}.npy`) as Uint8Array;
  const start = 10 + bytes[8] + 256 * bytes[9];
  return new Float64Array(Uint8Array.from(bytes.subarray(start)).buffer);
}

async function rowsOf(file: string) {
  return await parquetReadObjects({ file: Uint8Array.from(readFileSync(at(file))).buffer });
}

test("the softness field is written as an array", async () => {
  await run("spots", glass, "-m", "2dipl", "-o", at("spots.npz"));
  const at400 = minimum();
  const { box, positions } = at400.system;
  expect(doubles("spots.npz", "field")).toEqual(
    softnessField(box, positions, localThermalEnergy(at400).energies).values,
  );
});

describe("softfield indicators", () => {
  test("writes all that are registered, of particles and of bonds", async () => {
    await run(
      "indicators",
      glass,
      "-m",
      "2dipl",
      "--arithmetic",
      "reproducible",
      "--without",
      SLOW.join(","),
      "-o",
      at("all.parquet"),
    );
    const rows = await rowsOf("all.parquet");
    expect(rows).toHaveLength(400);
    for (const { name, of } of indicators.all.filter(({ name }) => !SLOW.includes(name))) {
      const column = name.replaceAll("-", "_");
      expect(Object.keys(rows[0])).toContain(of === "particles" ? column : `${column}_max`);
    }
    const bonds = await rowsOf("all.bonds.parquet");
    const model = preset("2dipl");
    const { system } = toSystem(readSnapshot(readFileSync(glass), { source: "glass" }), model);
    const { lte } = localThermalEnergy(minimumOf(system, model, { arithmetic: "reproducible" })).energies[0];
    expect(bonds.map((row) => row.lte)).toEqual([...lte]);
    const largest = new Float64Array(400);
    for (const { i, j, lte: e } of bonds)
      for (const p of [i, j]) largest[p] = Math.max(largest[p], Math.abs(e));
    expect(rows.map((row) => row.lte_max)).toEqual([...largest]);
  });

  test("says what it leaves out; what is named it must have", async () => {
    const only = ["indicators", spatial, "-m", "3dkablj", "--only"];
    const summary = JSON.parse(await run(...only, "debye-waller,lte", "--json"));
    expect(summary.columns.map(({ name }: { name: string }) => name)).toEqual([
      "debye_waller",
      "lte_max",
      "lte_mean",
    ]);
    const wrong = await runCli(...only, "softness");
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('no indicator "softness"')]);
  });
});

test("softfield nonaffine: the field, its square and D²min; the other way is its opposite", async () => {
  const words = ["nonaffine", glass, "-m", "2dipl", "--angle", "30"];
  await run(...words, "-o", at("forth.npz"), "-o", at("forth.extxyz"));
  await run(...words, "--backwards", "-o", at("back.npz"));
  const [forth, back] = ["forth.npz", "back.npz"].map((file) => doubles(file, "v_x"));
  const largest = forth.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  forth.forEach((v, k) => {
    expect(Math.abs(v + back[k])).toBeLessThan(1e-10 * largest);
  });
  expect(readFileSync(at("forth.extxyz"), "utf8").split("\n")[1]).toContain("nonaffine:R:3");
  const refused = await runCli(...words, "-o", at("no.poscar"));
  expect([refused.code, refused.stderr]).toEqual([
    2,
    expect.stringContaining("no place for the non-affine field"),
  ]);
});

test("softfield hessian: SciPy opens it, and Matrix Market is the same", needs("python"), async () => {
  const words = ["hessian", glass, "-m", "2dipl"];
  await run(...words, "-o", at("M.npz"), "-o", at("M.mtx.gz"), "-o", at("M.h5"));
  const code = [
    "import sys, numpy, scipy.sparse, scipy.io, h5py",
    "M = scipy.sparse.load_npz(sys.argv[1]); N = scipy.io.mmread(sys.argv[2]).tocsr()",
    "assert M.shape == (800, 800) and abs(M - M.T).max() == 0 and abs(M - N).max() == 0",
    "w = numpy.linalg.eigvalsh(M.toarray()); assert (abs(w) < 1e-9).sum() == 2 and w.min() > -1e-9",
    "h = h5py.File(sys.argv[3]); assert (h['data'][:] == M.data).all() and h['data'].attrs['unit'] == 'ε/λ²'",
  ].join("\n");
  const { status, stderr } = spawnSync(
    tool("python"),
    ["-c", code, at("M.npz"), at("M.mtx.gz"), at("M.h5")],
    {
      encoding: "utf8",
    },
  );
  expect(stderr).toBe("");
  expect(status).toBe(0);
});

describe("softfield predict --score", () => {
  const words = ["predict", glass, "-m", "2dipl", "-n", "2", "--indicators", "debye-waller"];

  test("of a column that holds an indicator gives that indicator's scores, by row, particle or id", async () => {
    await run("indicators", glass, "-m", "2dipl", "--only", "debye-waller", "-o", at("dw.tsv"));
    const [head, ...lines] = readFileSync(at("dw.tsv"), "utf8").trim().split("\n");
    writeFileSync(at("shuffled.csv"), [head, ...lines.reverse()].join("\n").replaceAll("\t", ","));
    const table = lines.map((line) => line.split("\t").at(-1));
    writeFileSync(at("plain.tsv"), ["mine", ...table.reverse()].join("\n"));
    for (const [file, name] of [
      ["dw.tsv", "debye_waller"],
      ["shuffled.csv", "debye_waller"],
      ["plain.tsv", "mine"],
    ]) {
      const { events } = JSON.parse(await run(...words, "--score", name, "--table", at(file), "--json"));
      expect(events).toHaveLength(2);
      for (const event of events) expect(event[name]).toEqual(event["debye-waller"]);
    }
  });

  test("of a column of the file, either way round", async () => {
    await run("observe", glass, "-m", "2dipl", "-o", at("observed.extxyz"));
    const own = ["predict", at("observed.extxyz"), "-m", "2dipl", "-n", "1", "--indicators", "debye-waller"];
    const { events } = JSON.parse(
      await run(...own, "--score", "debye_waller", "--score=-debye_waller", "--json"),
    );
    const [event] = events;
    expect(event.debye_waller).toEqual(event["debye-waller"]);
    expect(event["-debye_waller"].correlation).toBeCloseTo(-event.debye_waller.correlation, 1);
  });

  test("names what is not there or does not fit", async () => {
    writeFileSync(at("short.tsv"), "mine\n1\n2\n");
    writeFileSync(at("strange.tsv"), "particle\tmine\n0\t1\n400\t2\n");
    writeFileSync(at("ragged.tsv"), "particle\tmine\n0\n");
    const refused = async (...more: string[]) => {
      const { code, stderr } = await runCli(...words, ...more);
      expect(code).toBeGreaterThan(0);
      return stderr;
    };
    expect(await refused("--score", "mine")).toContain("there is no column of numbers mine; there are none");
    expect(await refused("--score", "mine", "--table", at("short.tsv"))).toContain(
      "2 rows for 400 particles",
    );
    expect(await refused("--score", "mine", "--table", at("strange.tsv"))).toContain(
      "row 2: there is no particle of particle 400",
    );
    expect(await refused("--score", "mine", "--table", at("ragged.tsv"))).toContain("ragged.tsv:2: 1 fields");
    expect(await refused("--table", at("short.tsv"))).toContain("--table needs --score");
    expect(await refused("--score", "mine", "--table", at("no.parquet"))).toContain("no such file");
  });
});
