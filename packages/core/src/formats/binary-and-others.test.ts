import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { countFrames, type Frame, formats, type ReadOptions, readSnapshot, type Snapshot } from "./index.ts";

/** The same eight particles in files of other programs; made by packages/core/test/formats/make.py. */
const folder = new URL("../../test/formats/", import.meta.url);
const bytesOf = (name: string) => readFileSync(new URL(name, folder));
const read = (name: string, options: ReadOptions = {}) =>
  readSnapshot(bytesOf(name), { source: name, ...options });
const expected = bytesOf("expected.tsv").toString().trim().split(/\s+/).map(Number);
const NAMES = ["Cu", "Zr", "Cu", "Cu", "Zr", "Cu", "Zr", "Cu"];
const VECTORS = [6, 0, 0, 1.5, 5, 0, -0.5, 0.75, 7];

const namesOf = ({ species }: Snapshot) => Array.from(species!.index, (k) => species!.names[k]);
/** Largest distance of a coordinate from the expected one, in the box that begins at the origin. */
const deviation = ({ positions, origin }: Snapshot, wanted: readonly number[]) =>
  positions.reduce((most, x, k) => Math.max(most, Math.abs(x - origin[k % 3] - wanted[k])), 0);

test.each([
  ["ase.vasp", "poscar", 1e-14, undefined],
  ["ase.cfg", "cfg", 1e-5, undefined],
  ["ase.CONFIG", "dlpoly-config", 1e-9, undefined],
  ["own.xml", "hoomd-xml", 1e-14, 120],
  ["two-frames-v1.gsd", "gsd", 1e-6, undefined],
  ["two-frames-v2.gsd", "gsd", 1e-6, undefined],
])("%s is read as %s", (name, format, tolerance, timestep) => {
  const snapshot = read(name);
  expect([snapshot.format, snapshot.timestep]).toEqual([format, timestep]);
  expect(deviation(snapshot, expected)).toBeLessThan(tolerance);
  expect(namesOf(snapshot)).toEqual(NAMES);
  snapshot.box.vectors.forEach((v, k) => {
    expect(v).toBeCloseTo(VECTORS[k], 6);
  });
  expect(snapshot.periodic).toEqual([true, true, true]);
});

test("numpy.savez: vectors, names, ids, velocities", () => {
  const snapshot = read("plain.npz");
  const backwards = Array.from({ length: 8 }, (_, a) => expected.slice(3 * (7 - a), 3 * (8 - a))).flat();
  expect([...snapshot.positions]).toEqual(backwards);
  expect([...snapshot.ids!]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(namesOf(snapshot)).toEqual(NAMES.toReversed());
  expect(snapshot.columns.get("velocity")!.width).toBe(3);
});

test("numpy.savez_compressed: frames, edges, types, columns, single precision, order of Fortran", async () => {
  const [first, second] = [read("packed.npz"), read("packed.npz", { frame: 1 })];
  expect([first.dimension, first.hasMoreFrames, second.hasMoreFrames, first.digits]).toEqual([
    2,
    true,
    false,
    7,
  ]);
  expect(await countFrames([bytesOf("packed.npz")])).toBe(2);
  expect([...first.box.vectors]).toEqual([6, 0, 0, 5]);
  for (let a = 0; a < 8; a++) {
    for (const c of [0, 1]) {
      expect(first.positions[2 * a + c]).toBe(Math.fround(expected[3 * a + c]));
      expect(second.positions[2 * a + c]).toBe(Math.fround(expected[3 * a + c] + 0.25));
    }
  }
  expect([...first.types!]).toEqual([1, 2, 1, 1, 2, 1, 2, 1]);
  expect(first.columns.get("diameter")!.values[7]).toBe(2);
});

test.each(["two-frames-v1.gsd", "two-frames-v2.gsd"])(
  "%s: what frame 1 lacks is that of frame 0",
  async (name) => {
    const second = read(name, { frame: 1 });
    expect(await countFrames([bytesOf(name)])).toBe(2);
    expect([second.timestep, second.hasMoreFrames]).toEqual([500, false]);
    expect(
      deviation(
        second,
        expected.map((x) => x + 0.25),
      ),
    ).toBeLessThan(1e-6);
    expect(namesOf(second)).toEqual(NAMES);
    expect(second.columns.get("diameter")!.values[7]).toBe(2);
    expect(() => read(name, { frame: 2 })).toThrow("has no frame 2: it holds 2 (0 to 1)");
  },
);

test("a GSD file without types, and with a box of no height: defaults, planar", () => {
  const flat = read("flat-v2.gsd");
  expect([namesOf(flat).join(""), flat.periodic[2], flat.box.vectors[8]]).toEqual(["AAAAAAAA", false, 1]);
  expect(flat.box.vectors[3]).toBe(1.25);
});

test("LAMMPS's dump cfg: ids order the particles, elements name them", () => {
  const snapshot = read("lammps.cfg");
  expect([snapshot.count, snapshot.species!.names.join()]).toEqual([32, "Cu,Zr"]);
  expect([...snapshot.ids!]).toEqual(Array.from({ length: 32 }, (_, a) => a + 1));
  expect(snapshot.positions[0]).toBeCloseTo(0.0140891 * 2.9876, 12);
});

test("POSCAR: counts without names, the volume for a scale, Cartesian rows with flags, velocities behind", () => {
  const file = (scale: string, rest: string) => `own\n${scale}\n1 0 0\n0 1 0\n0 0 1\n${rest}`;
  const flagged = readSnapshot(
    file("-8", "1 2\nSelective dynamics\nCartesian\n0.5 0 0 T T F\n0 0.5 0 T T T\n0 0 0.5 F F F\n\n1 2 3\n"),
  );
  expect([...flagged.box.vectors]).toEqual([2, 0, 0, 0, 2, 0, 0, 0, 2]);
  expect([...flagged.positions, ...flagged.types!]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 2, 2]);
  expect(() => readSnapshot(file("1", "1 2\nDirect\n0 0 0\n0 0 0.5\n"))).toThrow("after 2 of 3 particles");
  expect(() => readSnapshot(file("1", "1\nDirect\n0 0 0\n0 0 0.5\n"))).toThrow("the counts are wrong");
  expect(() => readSnapshot(file("1", "Cu Zr\n1\nDirect\n0 0 0\n"))).toThrow(
    "2 species are named and 1 counted",
  );
  expect(() => readSnapshot(file("1", "1\nDirect\n0 nan 0\n"))).toThrow('"nan" is not a finite number');
});

test.each([
  [
    "a standard CFG",
    "Number of particles = 1\nA = 2 Angstrom\nH0(1,1) = 3 A\nH0(1,2) = 0 A\nH0(1,3) = 0 A\nH0(2,1) = 0 A\nH0(2,2) = 3 A\nH0(2,3) = 0 A\nH0(3,1) = 0 A\nH0(3,2) = 0 A\nH0(3,3) = 3 A\n28.08 Si 0.5 0.25 0.75 0 0 0\n",
    [3, 1.5, 4.5],
  ],
  ["a CONFIG with forces", "own\n2 1 1\n6 0 0\n0 6 0\n0 0 6\nSi 1\n3 1.5 4.5\n0 0 0\n1 1 1\n", [3, 1.5, 4.5]],
])("%s", (_, text, positions) => {
  expect([...readSnapshot(text).positions]).toEqual(positions);
});

test("files cut off are told, or read with the last digits alone uncertain", () => {
  for (const name of [
    "ase.vasp",
    "ase.cfg",
    "ase.CONFIG",
    "own.xml",
    "plain.npz",
    "packed.npz",
    "two-frames-v2.gsd",
  ]) {
    const whole = bytesOf(name);
    const good = read(name);
    for (let length = 0; length < whole.length; length += 7) {
      let cut: Snapshot | undefined;
      try {
        cut = readSnapshot(whole.subarray(0, length), { source: name });
      } catch (error) {
        expect((error as Error).name).toBe("SoftfieldError");
      }
      if (cut) {
        expect(cut.positions.length).toBe(good.positions.length);
        cut.positions.forEach((x, k) => {
          expect(x).toBeCloseTo(good.positions[k], 6);
        });
      }
    }
  }
});

const frame: Frame = {
  box: { dimension: 3, vectors: Float64Array.from(VECTORS) },
  origin: Float64Array.of(-3, -2, 1),
  positions: Float64Array.from(expected, (x, k) => x + [-3, -2, 1][k % 3]),
  species: { names: ["Cu", "Zr"], index: Int32Array.from(NAMES, (name) => (name === "Cu" ? 0 : 1)) },
  columns: new Map([
    ["lte", { width: 1, values: Float64Array.from({ length: 8 }, (_, k) => k / 3) }],
    ["diameter", { width: 1, values: Float64Array.from({ length: 8 }, (_, k) => 1 + k / 8) }],
  ]),
  timestep: 42,
};
const written = (path: string, of: Frame = frame) => {
  const pieces = [...formats.writerOf(path)!.write(of)];
  const bytes = pieces.map((piece) => (typeof piece === "string" ? new TextEncoder().encode(piece) : piece));
  return readSnapshot(Buffer.concat(bytes), { source: path });
};

test("written as GSD: to single precision, columns in double", () => {
  const snapshot = written("a.gsd");
  expect([snapshot.timestep, namesOf(snapshot)]).toEqual([42, NAMES]);
  expect(deviation(snapshot, expected)).toBeLessThan(1e-6);
  expect(snapshot.columns.get("lte")).toEqual(frame.columns!.get("lte"));
  expect(snapshot.columns.get("diameter")!.values[3]).toBe(1.375);
  const flat = written("a.gsd", {
    box: { dimension: 2, vectors: Float64Array.of(4, 0, 1.25, 5) },
    positions: Float64Array.of(1, 2, 3.5, 4.5),
  });
  expect([flat.periodic[2], ...flat.box.vectors]).toEqual([false, 4, 0, 0, 1.25, 5, 0, 0, 0, 1]);
  // a corner of the box is (−2.5, −2.5); the second particle lies in it as it is
  expect([...flat.positions].map((x, k) => x - flat.origin[k % 3])).toEqual([1, 2, 0.5, 3.5, 4.5, 0.5]);
});

test("written as POSCAR: sorted by species, to the last bit", () => {
  const snapshot = written("dir/POSCAR", {
    ...frame,
    origin: new Float64Array(3),
    positions: Float64Array.from(expected),
  });
  expect(namesOf(snapshot)).toEqual([...NAMES].sort());
  const order = [0, 2, 3, 5, 7, 1, 4, 6];
  expect([...snapshot.positions]).toEqual(order.flatMap((a) => expected.slice(3 * a, 3 * a + 3)));
  expect([...snapshot.box.vectors]).toEqual(VECTORS);
  expect(
    namesOf(written("a.vasp", { ...frame, species: { names: ["1", "2"], index: frame.species!.index } }))[0],
  ).toBe("X1");
});

test("written as LAMMPS data: spheres with their diameters, names of types, further columns by id", () => {
  const velocity = { width: 3, values: Float64Array.from({ length: 24 }, (_, k) => k / 7) };
  const ids = Float64Array.of(3, 5, 6, 7, 9, 10, 12, 15);
  const snapshot = written("a.data", {
    ...frame,
    ids,
    columns: new Map([...frame.columns!, ["velocity", velocity]]),
  });
  expect([namesOf(snapshot), [...snapshot.ids!]]).toEqual([NAMES, [...ids]]);
  expect([...snapshot.positions]).toEqual([...frame.positions]);
  for (const name of ["lte", "diameter"])
    expect(snapshot.columns.get(name)).toEqual(frame.columns!.get(name));
  expect(snapshot.columns.get("velocity")).toEqual(velocity);
  const text = [...formats.writerOf("a.data")!.write({ ...frame, ids })].join("");
  expect(text).toContain("2 atom types # Cu Zr\n");
  expect(text).toContain("\nAtoms # sphere\n\n3 1 1 1 ");
  expect(text).toContain("\nSoftfield # lte\n\n3 0\n5 0.33333333333333331\n");
  expect(() => readSnapshot(text.replace("\n5 0.333", "\n4 0.333"))).toThrow(
    "section Softfield lacks atom id 5",
  );
  expect(() => readSnapshot(text.slice(0, text.indexOf("\n5 0.333") + 1))).toThrow(
    "within its section Softfield",
  );
});
