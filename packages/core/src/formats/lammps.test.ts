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
