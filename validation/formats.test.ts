import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  delimitedText,
  energy,
  extxyzText,
  findInteractions,
  frameOfSystem,
  minimumImage,
  type PairModel,
  readSnapshot,
  type System,
  type Table,
  toSystem,
} from "softfield";
import { hdf5Bytes, lammpsDataText, lammpsDumpText, parquetBytes } from "softfield/formats";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readReference } from "../packages/core/test/reference.ts";
import { needs, tool } from "../testing/needs.ts";
import { tables } from "./lammps.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "softfield-formats-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const write = (name: string, pieces: Iterable<string>) => writeFileSync(at(name), [...pieces].join(""));

/** Largest distance between the particles of two systems, through the periodic box. */
function largestDistance(a: System, b: System): number {
  const d = a.box.dimension;
  let largest = 0;
  for (let p = 0; p < a.positions.length; p += d) {
    const du = a.positions.slice(p, p + d).map((x, c) => x - b.positions[p + c]);
    largest = Math.max(largest, Math.hypot(...minimumImage(a.box, du)));
  }
  return largest;
}

/** A reference configuration, shaken so that no particle lies on a face, with ids that have gaps and velocities. */
function shaken(name: Parameters<typeof readReference>[0]) {
  const { system: still, model } = readReference(name);
  const system = { ...still, positions: still.positions.map((x, k) => x + 0.03 * Math.sin(7 * k)) };
  const ids = Float64Array.from(system.species, (_, k) => 2 * k + 5);
  const velocity = system.positions.map((_, k) => Math.cos(3 * k));
  return { system, model, frame: frameOfSystem(system, model, { ids, columns: { velocity } }) };
}

/** Has LAMMPS read our data file, then our dump over displaced atoms, and write all that it can write. */
function script(system: System, coefficients: readonly string[], model: PairModel): string {
  const measure = (name: string) => [
    "run 0 post no",
    `print "$(v_U:%.17g) $(v_K:%.17g)" file ${name}.txt screen no`,
  ];
  const dump = (name: string, columns: string) =>
    `write_dump all custom ${name} id type ${columns} modify format float %.17g element ${model.species.join(" ")}`;
  return [
    "units lj",
    `dimension ${system.box.dimension}`,
    "atom_style atomic",
    "box tilt large",
    "read_data our.data",
    "pair_style table spline 100000",
    ...coefficients,
    "neighbor 0.3 bin",
    "thermo_style custom pe ke",
    "thermo_modify norm no",
    "variable U equal pe",
    "variable K equal ke",
    ...measure("data"),
    "displace_atoms all random 0.1 0.1 0 4711",
    `read_dump our.dump 0 ${system.box.dimension === 2 ? "x y vx vy" : "x y z vx vy vz"} box yes replace yes`,
    ...measure("dump"),
    dump("x.dump", "x y z ix iy iz vx vy vz"),
    dump("xs.dump", "element xs ys zs"),
    dump("xu.dump", "xu yu zu"),
    dump("xsu.dump", "xsu ysu zsu"),
    "write_data their.data nocoeff",
    "",
  ].join("\n");
}

describe("LAMMPS reads what we write, we read what LAMMPS writes", needs("lmp"), () => {
  test.each(["2dipl_1600_sheared_soft", "3dipl_400", "3dkablj_400"] as const)("%s", (name) => {
    const { system, model, frame } = shaken(name);
    const { text, coefficients } = tables(model);
    writeFileSync(at("table.txt"), text);
    write("our.data", lammpsDataText(frame));
    write("our.dump", lammpsDumpText(frame));
    writeFileSync(at("in.lmp"), script(system, coefficients, model));
    execFileSync(tool("lmp"), ["-in", "in.lmp", "-log", "none", "-screen", "none"], {
      cwd: folder,
      stdio: "pipe",
    });

    const potential = energy(findInteractions(system, model));
    const kinetic = frame.columns!.get("velocity")!.values.reduce((sum, v) => sum + (v * v) / 2, 0);
    for (const source of ["data", "dump"]) {
      const [u, k] = readFileSync(at(`${source}.txt`), "utf8")
        .split(" ")
        .map(Number) as [number, number];
      expect(Math.abs(u / potential - 1)).toBeLessThan(1e-10);
      expect(Math.abs(k / kinetic - 1)).toBeLessThan(1e-13);
    }
    for (const file of ["x.dump", "xs.dump", "xu.dump", "xsu.dump", "their.data"]) {
      const snapshot = readSnapshot(readFileSync(at(file)), { source: file });
      const back = toSystem(snapshot, model).system;
      expect([...snapshot.ids!]).toEqual([...frame.ids!]);
      expect(back.species).toEqual(system.species);
      const box = back.box.vectors.map((x, k) => x - system.box.vectors[k]);
      expect(Math.max(...box.map(Math.abs))).toBeLessThan(1e-14 * system.box.vectors[0]);
      // LAMMPS computes xsu as (s + (image + 512)) − 512, which costs ten bits: 2⁻⁴³ of the box.
      const tolerance = file === "xsu.dump" ? 2 ** -43 * system.box.vectors[0] : 1e-13;
      expect(largestDistance(back, system)).toBeLessThan(tolerance);
    }
  });
});

const table: Table = {
  columns: [
    { name: "i", values: Int32Array.of(0, 1, 2) },
    { name: "lte", values: Float64Array.of(1 / 3, -Math.PI, 1e-17), unit: "½k_BT" },
    { name: "label", values: ["a", "ç", ""] },
  ],
  metadata: { model: "2dipl", density: 0.86 },
};

describe("ASE and h5py read what we write", needs("python"), () => {
  const ask = (code: string) =>
    JSON.parse(
      execFileSync(tool("python"), ["-c", `import json, sys\n${code}`], { cwd: folder, encoding: "utf8" }),
    );

  test.each(["2dipl_1600_sheared_soft", "3dipl_400"] as const)("%s in ASE", (name) => {
    const { system, model } = shaken(name);
    const d = system.box.dimension;
    const displacement = system.positions.map((x) => x / 7);
    const frame = frameOfSystem(system, model, {
      columns: { displacement },
      info: new Map([["note", "two words"]]),
    });
    write("our.extxyz", extxyzText({ ...frame, species: { names: ["H", "He"], index: system.species } }));
    write("our.data", lammpsDataText(frame));
    const answer = ask(`
import ase.io
a = ase.io.read("our.extxyz")
b = ase.io.read("our.data", format="lammps-data", style="atomic", units="metal")
print(json.dumps(dict(numbers=a.numbers.tolist(), cell=a.cell.tolist(), pbc=a.pbc.tolist(), x=a.positions.tolist(),
  u=a.arrays["displacement"].tolist(), note=a.info["note"], data=b.positions.tolist(), datacell=b.cell.tolist())))`);
    const spatial = (flat: Float64Array) =>
      Array.from(system.species, (_, k) => [0, 1, 2].map((c) => (c < d ? flat[k * d + c] : 0)));
    expect(answer.numbers).toEqual([...system.species].map((s) => s + 1));
    expect(answer.x).toEqual(spatial(system.positions));
    // Newer ASEs take the positions of LAMMPS data through fractional coordinates and back: a few roundings.
    const read = (answer.data as number[][]).flat();
    const written = spatial(system.positions).flat();
    expect(read.length).toBe(written.length);
    const rounding = 2 ** -50 * system.box.vectors[0];
    expect(Math.max(...read.map((x, k) => Math.abs(x - written[k])))).toBeLessThan(rounding);
    expect(answer.u).toEqual(spatial(displacement));
    expect(answer.pbc).toEqual([true, true, d === 3]);
    expect(answer.note).toBe("two words");
    const v = system.box.vectors;
    const cell =
      d === 3
        ? [v.slice(0, 3), v.slice(3, 6), v.slice(6)].map((row) => [...row])
        : [
            [v[0], 0, 0],
            [v[2], v[3], 0],
            [0, 0, 1],
          ];
    expect(answer.cell).toEqual(cell);
    expect(answer.datacell).toEqual(cell);
  });

  test("HDF5 in h5py, delimited text in numpy", async () => {
    writeFileSync(at("our.h5"), await hdf5Bytes({ "/": table, bonds: table }));
    write("our.tsv", delimitedText({ columns: table.columns.slice(0, 2) }, "\t"));
    const answer = ask(`
import h5py, numpy
f = h5py.File("our.h5")
g = f["bonds"]
t = numpy.loadtxt("our.tsv", skiprows=1)
print(json.dumps(dict(i=g["i"][:].tolist(), lte=f["lte"][:].tolist(), types=[str(g[k].dtype) for k in ("i", "lte")],
  label=g["label"].asstr()[:].tolist(), unit=g["lte"].attrs["unit"], model=f.attrs["model"], density=float(f.attrs["density"]), tsv=t.tolist())))`);
    const lte = [1 / 3, -Math.PI, 1e-17];
    expect(answer).toEqual({
      i: [0, 1, 2],
      lte,
      types: ["int32", "float64"],
      label: ["a", "ç", ""],
      unit: "½k_BT",
      model: "2dipl",
      density: 0.86,
      tsv: lte.map((x, k) => [k, x]),
    });
  });
});

test("DuckDB reads our Parquet with its types and metadata", async () => {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  writeFileSync(at("our.parquet"), await parquetBytes(table));
  const connection = await (await DuckDBInstance.create()).connect();
  const ask = async (sql: string) => (await connection.runAndReadAll(sql)).getRows();
  expect(await ask(`select * from '${at("our.parquet")}'`)).toEqual([
    [0, 1 / 3, "a"],
    [1, -Math.PI, "ç"],
    [2, 1e-17, ""],
  ]);
  expect((await ask(`describe select * from '${at("our.parquet")}'`)).map((row) => row[1])).toEqual([
    "INTEGER",
    "DOUBLE",
    "VARCHAR",
  ]);
  const pairs = await ask(
    `select decode(key), decode(value) from parquet_kv_metadata('${at("our.parquet")}') order by 1`,
  );
  expect(pairs).toEqual([
    ["density", "0.86"],
    ["model", "2dipl"],
    ["unit:lte", "½k_BT"],
  ]);
  connection.closeSync();
});

describe("columns of a data file in LAMMPS", needs("lmp"), () => {
  test("diameters make it one of spheres; further columns are read into a fix, number by number", () => {
    const { system, model } = readReference("2dipl_400");
    const diameters = system.species.map((s) => 1 + 0.4 * s);
    const lte = Float64Array.from(system.species, (_, a) => Math.sin(a) / 3);
    const frame = frameOfSystem({ ...system, diameters: Float64Array.from(diameters) }, model, {
      columns: { lte },
    });
    write("columns.data", lammpsDataText(frame, { columns: true }));
    writeFileSync(
      at("in.columns"),
      [
        "units lj",
        "dimension 2",
        "atom_style sphere",
        "fix s all property/atom d_lte",
        "read_data columns.data fix s NULL Softfield",
        "compute c all property/atom d_lte",
        "dump d all custom 1 columns.dump id type diameter c_c x y",
        "dump_modify d sort id format float %.17g",
        "pair_style zero 2.0",
        "pair_coeff * *",
        "run 0",
      ].join("\n"),
    );
    execFileSync(tool("lmp"), ["-in", "in.columns", "-log", "none", "-screen", "none"], {
      cwd: folder,
      stdio: "pipe",
    });
    const back = readSnapshot(readFileSync(at("columns.dump")));
    expect(back.types).toEqual(system.species.map((s) => s + 1));
    expect([...back.columns.get("diameter")!.values]).toEqual([...frame.columns!.get("diameter")!.values]);
    expect(back.columns.get("c_c")!.values).toEqual(lte);
  });
});
