import { expect, test } from "vitest";
import { readSnapshot } from "./index.ts";

const data = `LAMMPS data file, ids shuffled, any header order

0 2 zlo zhi
2 atom types # a comment
-1.5 8.5 xlo xhi
3 atoms
0.5 -0.25 0.125 xy xz yz
0 5 ylo yhi

Masses

1 1.0 # S
2 2.0 # L

Atoms # atomic

3 2 1.25 2.5 0.5 0 1 -1
1 1 -1 4e0 1.5D-1 0 0 0 # first
2 2 0.3333333333333333 1 1 0 0 2

Velocities

2 0.2 0 0
1 0.1 0 0
3 0.3 0 0

Bonds

1 1 1 2
`;

test("a LAMMPS data file is sorted by id, with tilt, image flags and velocities", () => {
  const s = readSnapshot(data, { source: "glass.data" });
  expect([...s.ids!]).toEqual([1, 2, 3]);
  expect([...s.order!]).toEqual([1, 2, 0]);
  expect([...s.types!]).toEqual([1, 2, 2]);
  expect(s.species).toEqual({ names: ["S", "L"], index: Int32Array.of(0, 1, 1) });
  expect([...s.positions]).toEqual([-1, 4, 0.15, 0.3333333333333333, 1, 1, 1.25, 2.5, 0.5]);
  expect([...s.box.vectors]).toEqual([10, 0, 0, 0.5, 5, 0, -0.25, 0.125, 2]);
  expect([...s.origin]).toEqual([-1.5, 0, 0]);
  expect([...s.columns.get("iz")!.values]).toEqual([0, 2, -1]);
  expect(s.columns.get("velocity")).toEqual({
    width: 3,
    values: Float64Array.of(0.1, 0, 0, 0.2, 0, 0, 0.3, 0, 0),
  });
  expect([s.format, s.firstLine, s.digits, s.hasMoreFrames]).toEqual(["lammps-data", 17, 16, false]);
});

const dump = (columns: string, rows: string[], step = 0, bounds = "pp pp pp\n0 10\n0 5\n-1 1") =>
  `ITEM: TIMESTEP\n${step}\nITEM: NUMBER OF ATOMS\n${rows.length}\nITEM: BOX BOUNDS ${bounds}\nITEM: ATOMS ${columns}\n${rows.join("\n")}\n`;

test("the frame asked for is read from a LAMMPS dump and the others are passed over", () => {
  const frames = [0, 500, 1000]
    .map((step) => dump("id type x y z", ["2 1 3 4 0", `1 2 1 2 0.${step + 1}`], step))
    .join("");
  for (const [frame, step] of [
    [0, 0],
    [1, 500],
    [2, 1000],
  ] as const) {
    const s = readSnapshot(frames, { frame });
    expect([s.timestep, s.frame, s.hasMoreFrames]).toEqual([step, frame, frame < 2]);
    expect([...s.positions]).toEqual([1, 2, Number(`0.${step + 1}`), 3, 4, 0]);
  }
  expect(() => readSnapshot(frames, { frame: 3, source: "t.dump" })).toThrow(
    "t.dump: has no frame 3: it holds 3 (0 to 2)",
  );
});

test("bounds of a triclinic dump are those of the box around the cell", () => {
  const bounds = "xy xz yz pp pp ff\n-1 11 2\n-2 10 -1\n0 4 -1.5";
  const s = readSnapshot(dump("id type xs ys zs", ["1 1 0.5 0.25 0.75"], 0, bounds));
  // xlo_bound = xlo + min(0, xy, xz, xy+xz) = xlo − 1; xhi_bound = xhi + 2; ylo_bound = ylo − 1.5
  expect([...s.origin]).toEqual([0, -0.5, 0]);
  expect([...s.box.vectors]).toEqual([9, 0, 0, 2, 10.5, 0, -1, -1.5, 4]);
  expect([...s.positions]).toEqual([4.5 + 0.5 - 0.75, -0.5 + 2.625 - 1.125, 3]);
  expect(s.periodic).toEqual([true, true, false]);
});

test.each([
  ["x y z", [1, 2, 0.5]],
  ["xu yu zu", [1, 2, 0.5]],
  ["xs ys zs", [10, 10, 0]],
  ["xsu ysu zsu", [10, 10, 0]],
  ["x y", [1, 2]],
])("dump columns %s", (columns, position) => {
  const s = readSnapshot(
    dump(`mass ${columns} element id`, [`2.5 ${columns.includes(" z") ? "1 2 0.5" : "1 2"} S 7`]),
  );
  expect([...s.positions]).toEqual(position);
  expect(s.dimension).toBe(position.length);
  expect(s.species).toEqual({ names: ["S"], index: Int32Array.of(0) });
  expect([...s.columns]).toEqual([["mass", { width: 1, values: Float64Array.of(2.5) }]]);
});

const atoms = (section: string, header = "0 9 xlo xhi\n0 9 ylo yhi\n0 9 zlo zhi") =>
  readSnapshot(`title\n\n2 atoms\n2 atom types\n\n${header}\n\n${section}\n`);

test.each([
  ["charge", "2 1 -0.5 4 5 6", "1 2 0.5 1 2 3", "q", [0.5, -0.5]],
  ["molecular", "2 7 1 4 5 6", "1 8 2 1 2 3", "molecule", [8, 7]],
  ["full", "2 7 1 -0.5 4 5 6", "1 8 2 0.5 1 2 3", "q", [0.5, -0.5]],
  ["sphere", "2 1 1.5 1 4 5 6 0 0 1", "1 2 1.25 1 1 2 3 0 0 0", "diameter", [1.25, 1.5]],
])("atom_style %s is read where the section says so", (style, first, second, column, values) => {
  const s = atoms(`Atoms # ${style}\n\n${first}\n${second}`);
  expect([...s.positions]).toEqual([1, 2, 3, 4, 5, 6]);
  expect([...s.types!]).toEqual([2, 1]);
  expect([...s.columns.get(column)!.values]).toEqual(values);
});

test("type labels name the species", () => {
  const s = atoms("Atom Type Labels\n\n1 S\n2 L\n\nAtoms # atomic\n\n1 L 1 2 3\n2 1 4 5 6");
  expect([...s.species!.index].map((k) => s.species!.names[k])).toEqual(["L", "S"]);
  expect(s.types).toBeUndefined();
});

test("masses name the species only if they name all types that occur", () => {
  const masses = (second: string) =>
    atoms(`Masses\n\n1 1.0 # A\n2 1.0${second}\n\nAtoms\n\n1 2 1 2 3\n2 1 4 5 6`);
  expect(masses(" # B").species).toEqual({ names: ["A", "B"], index: Int32Array.of(1, 0) });
  expect(masses("").species).toBeUndefined();
  expect(masses(" # the large ones").species).toBeUndefined();
});

test("general triclinic boxes, of data files and dumps, are turned into triangular form", () => {
  // Edge vectors along y, −x and z: a quarter turn takes (x, y) to (y, −x).
  const s = atoms(
    "Atoms\n\n1 1 1 2 3\n2 1 4 5 6",
    "0 9 0 avec\n-8 0 0 bvec\n0 0 7 cvec\n0.5 0.25 0 abc origin",
  );
  const t = readSnapshot(
    dump("id x y z", ["1 1 2 3", "2 4 5 6"], 0, "abc origin pp pp pp\n0 9 0 0.5\n-8 0 0 0.25\n0 0 7 0"),
  );
  for (const { box, positions, origin, rotation } of [s, t]) {
    expect([...box.vectors].map((x) => x + 0)).toEqual([9, 0, 0, 0, 8, 0, 0, 0, 7]);
    expect([...positions]).toEqual([2, -1, 3, 5, -4, 6]);
    expect([...origin]).toEqual([0.25, -0.5, 0]);
    expect([...rotation!].map((x) => x + 0)).toEqual([0, 1, 0, -1, 0, 0, 0, 0, 1]);
  }
});

test("items that a dump may have besides are passed over", () => {
  const text = `ITEM: UNITS\nlj\nITEM: TIME\n0.5\n${dump("id x y z", ["1 1 2 3"])}ITEM: TIME\n1.5\n${dump("id x y z", ["1 4 5 6"], 9)}`;
  expect([...readSnapshot(text).positions]).toEqual([1, 2, 3]);
  const last = readSnapshot(text, { frame: 1 });
  expect([last.timestep, ...last.positions]).toEqual([9, 4, 5, 6]);
});

test("velocities of a dump are one column", () => {
  const s = readSnapshot(dump("id vz x y z vx vy", ["2 0.3 1 2 3 0.1 0.2", "1 0.6 1 2 3 0.4 0.5"]));
  expect([...s.columns]).toEqual([
    ["velocity", { width: 3, values: Float64Array.of(0.4, 0.5, 0.6, 0.1, 0.2, 0.3) }],
  ]);
});
