import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parquetReadObjects } from "hyparquet";
import { SoftfieldError } from "softfield";
import { afterAll, beforeAll, expect, test } from "vitest";
import { besidePath, outputFormat, type Results, readSnapshotFile, writeResults } from "./index.ts";

let folder = "";
const at = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "softfield-output-"));
});
afterAll(() => rm(folder, { recursive: true }));

const results: Results = {
  table: {
    columns: [
      { name: "i", values: Int32Array.of(1, 2) },
      { name: "x", values: Float64Array.of(0.5, 1 / 3) },
    ],
  },
  frame: {
    box: { dimension: 2, vectors: Float64Array.of(9, 0, 1, 8) },
    positions: Float64Array.of(1, 2, 1 / 3, 4),
    species: { names: ["S", "L"], index: Int32Array.of(0, 1) },
    columns: new Map([["softness", { width: 1, values: Float64Array.of(0.25, 0.75) }]]),
  },
  summary: { n: 2, x: Float64Array.of(0.5), nested: { list: Int32Array.of(3) } },
};

test.each([
  ["a.tsv", "tsv", false],
  ["A.TSV.GZ", "tsv", true],
  ["a.b.csv", "csv", false],
  ["a.parquet", "parquet", false],
  ["a.h5", "hdf5", false],
  ["a.hdf5", "hdf5", false],
  ["dir.x/a.extxyz.gz", "extxyz", true],
  ["a.data", "lammps-data", false],
  ["a.lammpstrj", "lammps-dump", false],
  ["a.json", "json", false],
])("the ending of %s means %s", (path, format, compressed) => {
  const output = outputFormat(path);
  expect([output.writer?.name ?? output.format, output.compressed]).toEqual([format, compressed]);
});

test.each(["a", "a.txt", "a.gz", "a.parquet.gz", "a.h5.gz", "tsv", ".tsv/a"])(
  "the ending of %s is refused",
  (path) => {
    expect(() => outputFormat(path)).toThrow(SoftfieldError);
    expect(() => outputFormat(path)).toThrow("known are .tsv .csv .parquet .h5");
  },
);

test.each([
  ["lte.tsv", "lte.triples.tsv"],
  ["dir.x/a.b.CSV.gz", "dir.x/a.b.triples.CSV.gz"],
  ["lte.parquet", "lte.triples.parquet"],
  ["lte.h5", undefined],
  ["lte.extxyz", undefined],
  ["lte.json", undefined],
])("a further table of %s goes to %s", (path, beside) => {
  expect(besidePath(path, "triples")).toBe(beside);
});

test("a further table is written beside the first", async () => {
  await writeResults(at("pairs.tsv"), { ...results, beside: { more: results.table! } });
  expect(await readFile(at("pairs.more.tsv"), "utf8")).toBe(await readFile(at("pairs.tsv"), "utf8"));
  await writeResults(at("pairs.json"), { ...results, beside: { more: results.table! } });
  expect((await readdir(folder)).filter((name) => name.startsWith("pairs")).sort()).toEqual([
    "pairs.json",
    "pairs.more.tsv",
    "pairs.tsv",
  ]);
  await rm(at("pairs.json"));
  await rm(at("pairs.tsv"));
  await rm(at("pairs.more.tsv"));
});

test("each format is written from the results that it can hold", async () => {
  const text = async (name: string) => {
    await writeResults(at(name), results);
    const bytes = await readFile(at(name));
    return (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
  };
  expect(await text("a.tsv")).toBe("i\tx\n1\t0.50000000000000000\n2\t0.33333333333333331\n");
  expect(await text("a.tsv.gz")).toBe(await text("a.tsv"));
  expect(await text("a.csv")).toBe("i,x\n1,0.50000000000000000\n2,0.33333333333333331\n");
  expect(JSON.parse(await text("a.json"))).toEqual({ n: 2, x: [0.5], nested: { list: [3] } });
  expect((await text("a.h5")).slice(1, 4)).toBe("HDF");
  await text("a.parquet");
  expect(await parquetReadObjects({ file: (await readFile(at("a.parquet"))).slice().buffer })).toEqual([
    { i: 1, x: 0.5 },
    { i: 2, x: 1 / 3 },
  ]);
  for (const name of ["a.extxyz", "a.extxyz.gz", "a.data", "a.dump"]) {
    await writeResults(at(name), results);
    const snapshot = await readSnapshotFile(at(name));
    expect([...snapshot.positions]).toEqual([1, 2, 0, 1 / 3, 4, 0]);
    expect(snapshot.species).toEqual(results.frame!.species);
    if (name !== "a.data") expect([...snapshot.columns.get("softness")!.values]).toEqual([0.25, 0.75]);
  }
  expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([]);
});

test("results that a format can't hold are refused, and the input is never overwritten", async () => {
  await expect(writeResults(at("b.extxyz"), { summary: {} })).rejects.toThrow(
    "has no configuration to write as extended XYZ",
  );
  await expect(writeResults(at("b.tsv"), { summary: {} })).rejects.toThrow("has no table");
  await writeFile(at("in.tsv"), "precious");
  await expect(writeResults(at("in.tsv"), results, [at("in.tsv")])).rejects.toThrow("is the input itself");
  expect(await readFile(at("in.tsv"), "utf8")).toBe("precious");
});
