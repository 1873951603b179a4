import { expect, test } from "vitest";
import { formats, readSnapshot, readSnapshotStream, snapshotOf } from "./index.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

test("a format of one's own is read and written beside those that come with softfield", async () => {
  formats.addReader({
    name: "mine",
    label: "my format",
    detect: (_, source, text) => text.startsWith("MINE") && source.endsWith(".mine"),
    read: (bytes, request) => {
      const rows = new TextDecoder().decode(bytes).trim().split("\n").slice(1);
      return snapshotOf(request, {
        format: "mine",
        dimension: 2,
        vectors: [9, 0, 0, 9],
        origin: [0, 0],
        positions: Float64Array.from(rows.flatMap((row) => row.split(" ").map(Number))),
        types: new Int32Array(rows.length).fill(1),
        digits: 17,
      });
    },
  });
  const mine = bytesOf("MINE\n1 2\n3 4\n");
  const snapshot = readSnapshot(mine, { source: "a.mine" });
  expect([snapshot.format, ...snapshot.positions, ...snapshot.types!]).toEqual(["mine", 1, 2, 3, 4, 1, 1]);
  // in pieces that the caller uses again
  const pieces = function* () {
    const buffer = new Uint8Array(3);
    for (let at = 0; at < mine.length; at += 3) {
      buffer.set(mine.subarray(at, at + 3));
      yield buffer.subarray(0, Math.min(3, mine.length - at));
    }
  };
  expect((await readSnapshotStream(pieces(), { source: "a.mine" })).positions).toEqual(snapshot.positions);
  expect(() => readSnapshot(mine, { source: "a.other" })).toThrow("softfield reads my format, LAMMPS dump");
  expect(() => readSnapshot(bytesOf("MINE\n1 x\n"), { source: "a.mine" })).toThrow(
    "a.mine, particle 0: y is NaN",
  );

  formats.addWriter({
    name: "mine",
    label: "my format",
    endings: [".mine"],
    columns: false,
    write: (frame) => ["MINE\n", ...Array.from(frame.positions, (x, k) => `${x}${k % 2 ? "\n" : " "}`)],
  });
  expect([...formats.writerOf("dir.x/B.MINE")!.write(snapshot)].join("")).toBe("MINE\n1 2\n3 4\n");
  expect(formats.labelOf("mine")).toBe("my format");
});

test("what is no format is refused", () => {
  const detect = () => false;
  expect(() => formats.addReader({ name: "no", label: "no", detect })).toThrow("either read or lines");
  expect(() =>
    formats.addWriter({ name: "no", label: "no", endings: ["gsd"], columns: false, write: () => [] }),
  ).toThrow('"gsd" is no ending');
});

test.each([
  [
    "a LAMMPS restart",
    bytesOf("LammpS RestartT\0\x01"),
    "convert it with LAMMPS: lmp -restart2data f f.data",
  ],
  ["netCDF", bytesOf("CDF\x01\0\0"), "is a netCDF file"],
  ["bzip2", bytesOf("BZh91AY"), "is bzip2-compressed"],
  [
    "a binary dump",
    Uint8Array.of(0xf6, 255, 255, 255, 255, 255, 255, 255, ...bytesOf("DUMPCUSTOM")),
    "binary2txt f",
  ],
])("%s is refused with the way out", (_, bytes, words) => {
  expect(() => readSnapshot(bytes, { source: "f" })).toThrow(words);
});

test.each([
  ["a model", '{"name": "lj"}', "is JSON: a model is given by --model,"],
  ["an input script", "units lj\natom_style atomic\n", "is a LAMMPS input script: give the data file"],
  ["a CIF file", "data_glass\n_cell_length_a 5\n", "is a CIF file"],
  ["a log in YAML", "---\nkeywords: ['Step', 'Temp']\ndata:\n  - [0, 1]\n", "is YAML, but no dump of atoms"],
  ["a PDB file", "CRYST1   10.0\n", "is a PDB file"],
  [
    "a bare table",
    "0.5 1.5 2.5 1.1\n1 2 3 0.9\n4 5 6 1\n",
    "is a table of 4 columns of numbers without a head",
  ],
  ["a letter", "Dear reader,\n1 2\n", "OVITO and ASE convert others to extended XYZ"],
])("%s is told for what it is", (_, text, words) => {
  expect(() => readSnapshot(text, { source: "f" })).toThrow(words);
});

test("a bare table is read with the head that its refusal shows", () => {
  const table = "0.5 1.5 2.5 1.1\n1 2 3 0.9\n4 5 6 1\n";
  let message = "";
  try {
    readSnapshot(table);
  } catch (error) {
    message = (error as Error).message;
  }
  const comment = /Lattice="[^"]*" Properties=\S+/.exec(message)![0].replace(/L[xyz]/g, "9");
  const snapshot = readSnapshot(`3\n${comment}\n${table}`);
  expect([snapshot.count, ...snapshot.columns.get("diameter")!.values]).toEqual([3, 1.1, 0.9, 1]);
});
