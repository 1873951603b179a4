import fc from "fast-check";
import { expect, test } from "vitest";
import { SoftfieldError } from "../errors.ts";
import { preset } from "../models/index.ts";
import { readSnapshot, toSystem } from "./index.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** The error that reading gives; anything but a SoftfieldError, or none, fails the test. */
function refusal(
  content: string | Uint8Array,
  options: { frame?: number; complete?: boolean } = {},
): SoftfieldError {
  try {
    readSnapshot(content, { source: "f.in", ...options });
  } catch (error) {
    if (error instanceof SoftfieldError) return error;
    throw error;
  }
  throw new Error("was read without complaint");
}

const xyz = (rows: string, comment = 'Lattice="9 0 0 0 9 0 0 0 9"', count = "2") =>
  `${count}\n${comment}\n${rows}`;
const twoRows = "A 1 2 3\nB 4 5 6\n";

const BAD_EXTXYZ: readonly (readonly [string, string, string, number | undefined])[] = [
  [
    "missing lattice",
    xyz(twoRows, "a comment"),
    "no Lattice, so the periodic box is unknown: give its edges with --box Lx,Ly,Lz, or add it",
    2,
  ],
  ["lattice too short", xyz(twoRows, 'Lattice="9 0 0 0 9"'), "Lattice must hold 9 finite numbers", 2],
  ["lattice of words", xyz(twoRows, 'Lattice="9 0 0 0 9 0 0 0 x"'), "Lattice must hold 9 finite numbers", 2],
  [
    "infinite lattice",
    xyz(twoRows, 'Lattice="9 0 0 0 9 0 0 0 1e999"'),
    "Lattice must hold 9 finite numbers",
    2,
  ],
  ["flat lattice", xyz(twoRows, 'Lattice="9 0 0 9 0 0 0 0 9"'), "the box vectors span no volume", 2],
  ["unclosed quote", xyz(twoRows, 'Lattice="9 0 0'), "character 9: a quote", 2],
  ["unclosed bracket", xyz(twoRows, "Lattice=[[9, 0, 0], [0, 9, 0]"), "a bracket is opened", 2],
  ["bad pbc", xyz(twoRows, 'Lattice="9 0 0 0 9 0 0 0 9" pbc="T maybe F"'), "pbc must be 3 flags", 2],
  ["bad properties", xyz(twoRows, 'Lattice="9 0 0 0 9 0 0 0 9" Properties=pos:R'), "Properties: ", 2],
  [
    "no positions",
    xyz(twoRows, 'Lattice="9 0 0 0 9 0 0 0 9" Properties=species:S:1'),
    "exactly one column pos:R:3",
    2,
  ],
  ["too few rows", xyz("A 1 2 3\n"), "announces 2 particles and ends after 1", undefined],
  ["no rows", xyz(""), "announces 2 particles and ends after 0", undefined],
  ["only a count", "2\n", "announces 2 particles and ends after 0", undefined],
  [
    "too many rows",
    xyz(`${twoRows}C 7 8 9\n`),
    'but "C 7 8 9" follows: the announced number of particles is wrong',
    5,
  ],
  [
    "count too large for a trajectory",
    xyz(twoRows, undefined, "3") + xyz(twoRows),
    "has 1 columns where 4 are declared",
    5,
  ],
  ["blank row", xyz("A 1 2 3\n\nB 4 5 6\n"), "has 0 columns where 4 are declared", 4],
  ["missing column", xyz("A 1 2 3\nB 4 5\n"), "has 3 columns where 4 are declared", 4],
  ["extra column", xyz("A 1 2 3\nB 4 5 6 7\n"), "has 5 columns where 4 are declared", 4],
  ["malformed number", xyz("A 1 2 3\nB 4 1.2.3 6\n"), 'pos: "1.2.3" is not a number', 4],
  [
    "decimal comma",
    xyz("A 1,5 2 3\nB 4 5 6\n"),
    '"1,5" is not a number; write a point instead of the comma.',
    3,
  ],
  [
    "columns in another order than declared",
    xyz("A 1 2 3\nB 4 5 6\n", 'Lattice="9 0 0 0 9 0 0 0 9" Properties=pos:R:3:species:S:1'),
    'pos: "A" is not a number. The columns are declared as pos (3), species: do the rows have that order?',
    3,
  ],
  ["a word in a later row", xyz("A 1 2 3\nB 4 x 6\n"), 'pos: "x" is not a number.', 4],
  ["hexadecimal", xyz("A 1 2 3\nB 0x10 5 6\n"), 'pos: "0x10" is not a number', 4],
  ["stars of a Fortran overflow", xyz("A 1 2 3\nB ***** 5 6\n"), 'pos: "*****" is not a number', 4],
  ["NaN", xyz("A 1 2 3\nB 4 nan 6\n"), 'pos: "nan" is not a finite number', 4],
  ["infinity", xyz("A 1 2 3\nB 4 5 -inf\n"), 'pos: "-inf" is not a finite number', 4],
  ["overflow", xyz("A 1 2 3\nB 4 5 1e999\n"), 'pos: "1e999" is not a finite number', 4],
  ["zero particles", xyz("", undefined, "0"), "0 particles", 1],
  ["negative count", xyz(twoRows, undefined, "-2"), "is in no format that is known here", undefined],
  ["enormous count", xyz(twoRows, undefined, "99999999999"), "more than softfield can number", 1],
  [
    "large count",
    xyz(twoRows, undefined, "2000000000"),
    "announces 2000000000 particles and ends after 2",
    undefined,
  ],
];

test.each(BAD_EXTXYZ)("extended XYZ, %s", (_, text, words, line) => {
  const error = refusal(text);
  expect(error.message).toContain(words);
  expect(error.message.startsWith(line === undefined ? "f.in" : `f.in, line ${line}`)).toBe(true);
  expect(error.place).toMatchObject({ file: "f.in", ...(line === undefined ? {} : { line }) });
});

test("the particle of a bad row is named, counted from 0", () => {
  const error = refusal(xyz("A 1 2 3\nB 4 nan 6\n"));
  expect(error.place).toEqual({ file: "f.in", line: 4, particle: 1, field: "pos" });
  expect(error.message).toContain("particle 1: ");
});

test("no such frame", () => {
  expect(refusal(xyz(twoRows), { frame: 1 }).message).toContain("has no frame 1: it holds 1 (0 to 0)");
  expect(refusal(xyz(twoRows) + xyz("A 1 2 3\n"), { frame: 2 }).message).toContain(
    "the file ends within frame 1 (1 lines",
  );
  expect(refusal(xyz(twoRows), { frame: -1 }).code).toBe("usage");
  expect(refusal(xyz(twoRows), { frame: 0.5 }).code).toBe("usage");
});

test.each([
  ["nothing", new Uint8Array(0), "the file is empty (0 bytes)"],
  ["blanks", bytesOf(" \n\n  \n"), "holds nothing but blanks"],
  ["prose", bytesOf("Dear reader,\nthis is a letter.\n"), 'it begins with "Dear reader,"'],
  ["zeros", new Uint8Array(100_000), "is a binary file (byte 0 is zero)"],
  ["gzip", Uint8Array.of(0x1f, 0x8b, 8, 0), "is gzip-compressed, not a text: decompress it first"],
  ["HDF5", Uint8Array.of(0x89, 0x48, 0x44, 0x46, 13), "is an HDF5 file"],
  ["UTF-16", Uint8Array.from([...bytesOf("12\n34\n")].flatMap((byte) => [byte, 0])), "is UTF-16 text"],
])("%s is no configuration", (_, bytes, words) => {
  expect(refusal(bytes).message).toContain(words);
});

test("a line without end is refused, however the bytes come", () => {
  const text = `2\n${"x".repeat(3_000_000)}`;
  for (const end of ["", "\n", "\nmore\n"]) {
    expect(refusal(bytesOf(text + end)).message).toContain(
      "f.in, line 2: this line is longer than a megabyte",
    );
  }
});

const data = (changes: Readonly<Record<string, string>> = {}) => {
  const parts = {
    count: "2 atoms\n",
    box: "0 9 xlo xhi\n0 9 ylo yhi\n0 9 zlo zhi\n",
    atoms: "Atoms # atomic\n\n1 1 1 2 3\n2 2 4 5 6\n",
    ...changes,
  };
  return `title\n\n${parts.count}2 atom types\n${parts.box}\n${parts.atoms}`;
};

const BAD_DATA: readonly (readonly [string, string, string])[] = [
  ["no box", data({ box: "" }), 'the header has no line "… xlo xhi"'],
  ["half a box", data({ box: "0 9 xlo xhi\n0 9 ylo yhi\n" }), 'the header has no line "… zlo zhi"'],
  [
    "inverted box",
    data({ box: "9 0 xlo xhi\n0 9 ylo yhi\n0 9 zlo zhi\n" }),
    "the upper bound must exceed the lower",
  ],
  ["box of words", data({ box: "0 1.2.3 xlo xhi\n" }), 'line 5: xlo xhi: "1.2.3" is not a number'],
  ["box with one bound", data({ box: "0 xlo xhi\n" }), "2 numbers must stand before xlo xhi"],
  ["no section Atoms", data({ atoms: "" }), "the file ends before its section Atoms"],
  ["empty section Atoms", data({ atoms: "Atoms\n\n" }), "announces 2 particles and ends after 0"],
  ["too few atoms", data({ atoms: "Atoms\n\n1 1 1 2 3\n" }), "announces 2 particles and ends after 1"],
  [
    "too few atoms, then a section",
    data({ atoms: "Atoms\n\n1 1 1 2 3\n\nBonds\n" }),
    "line 12: has 0 columns",
  ],
  [
    "too many atoms",
    data({ atoms: "Atoms\n\n1 1 1 2 3\n2 2 4 5 6\n3 1 7 8 9\n" }),
    'but "3 1 7 8 9" follows in section Atoms',
  ],
  [
    "duplicate id",
    data({ atoms: "Atoms\n\n2 1 1 2 3\n2 2 4 5 6\n" }),
    "line 12: atom id 2 stands here and in line 11",
  ],
  ["broken id", data({ atoms: "Atoms\n\n1.5 1 1 2 3\n2 2 4 5 6\n" }), 'id: "1.5" is not an integer'],
  ["NaN", data({ atoms: "Atoms\n\n1 1 1 NaN 3\n2 2 4 5 6\n" }), 'line 11: y: "NaN" is not a finite number'],
  [
    "unknown style",
    data({ atoms: "Atoms # dipole\n\n1 1 1 2 3\n" }),
    "has 5 columns, but atom_style dipole (id type q x y z mux muy muz) has 9, or 3 more with image flags. This row can be of atom_style atomic (id type x y z)",
  ],
  [
    "unannounced style",
    data({ atoms: "Atoms\n\n1 1 0 1 2 3\n" }),
    "has 6 columns, and the line of the section Atoms does not say of which atom_style. This row can be of atom_style charge (id type q x y z) or molecular (id molecule type x y z) or dpd (id type theta x y z): say which",
  ],
  [
    "truncated velocities",
    data({ atoms: "Atoms\n\n1 1 1 2 3\n2 2 4 5 6\n\nVelocities\n\n1 0 0 0\n" }),
    "ends within its section Velocities",
  ],
  [
    "velocities of others",
    data({ atoms: "Atoms\n\n1 1 1 2 3\n2 2 4 5 6\n\nVelocities\n\n1 0 0 0\n3 0 0 0\n" }),
    "section Velocities lacks atom id 2",
  ],
];

test.each(BAD_DATA)("LAMMPS data, %s", (_, text, words) => {
  const error = refusal(text);
  expect(error.message).toContain(words);
  expect(error.place.file).toBe("f.in");
});

const dump = (changes: Readonly<Record<string, string>> = {}) => {
  const parts = {
    step: "ITEM: TIMESTEP\n10\n",
    count: "ITEM: NUMBER OF ATOMS\n2\n",
    box: "ITEM: BOX BOUNDS pp pp pp\n0 9\n0 9\n0 9\n",
    atoms: "ITEM: ATOMS id type x y z\n1 1 1 2 3\n2 2 4 5 6\n",
    ...changes,
  };
  return parts.step + parts.count + parts.box + parts.atoms;
};

const BAD_DUMP: readonly (readonly [string, string, string])[] = [
  ["no box", dump({ box: "" }), "line 5: ITEM: ATOMS comes before ITEM: BOX BOUNDS"],
  ["no count", dump({ count: "" }), "ITEM: ATOMS comes before ITEM: NUMBER OF ATOMS"],
  ["broken timestep", dump({ step: "ITEM: TIMESTEP\nsoon\n" }), 'the timestep "soon" is not an integer'],
  ["broken count", dump({ count: "ITEM: NUMBER OF ATOMS\n2.5\n" }), '"2.5" is not a number of particles'],
  [
    "broken bounds",
    dump({ box: "ITEM: BOX BOUNDS pp pp pp\n0 x\n0 9\n0 9\n" }),
    'ITEM: BOX BOUNDS: "x" is not a number',
  ],
  [
    "short bounds",
    dump({ box: "ITEM: BOX BOUNDS pp pp pp\n0\n0 9\n0 9\n" }),
    "its row 1 must hold 2 numbers, it holds 1",
  ],
  [
    "inverted bounds",
    dump({ box: "ITEM: BOX BOUNDS pp pp pp\n0 9\n9 0\n0 9\n" }),
    "the upper y bound must exceed the lower",
  ],
  ["strange bounds", dump({ box: "ITEM: BOX BOUNDS of a kind\n0 9\n0 9\n0 9\n" }), "is of no known kind"],
  ["no columns", dump({ atoms: "ITEM: ATOMS\n1 1 1 2 3\n" }), "ITEM: ATOMS names no columns"],
  [
    "no coordinates",
    dump({ atoms: "ITEM: ATOMS id type vx vy\n1 1 1 2\n" }),
    "ITEM: ATOMS has no coordinates",
  ],
  ["a column twice", dump({ atoms: "ITEM: ATOMS id id x y z\n1 1 1 2 3\n" }), "names the column id twice"],
  [
    "too few atoms",
    dump({ atoms: "ITEM: ATOMS id x y z\n1 1 2 3\n" }),
    "announces 2 particles and ends after 1",
  ],
  [
    "too few atoms, then a frame",
    dump({ atoms: "ITEM: ATOMS id x y z\n1 1 2 3\n" }) + dump(),
    "announces 2 particles and ends after 1",
  ],
  ["too many atoms", `${dump()}3 1 7 8 9\n`, 'found "3 1 7 8 9": more particles than the announced 2'],
  [
    "duplicate id",
    dump({ atoms: "ITEM: ATOMS id x y z\n7 1 2 3\n7 4 5 6\n" }),
    "line 11: atom id 7 stands here and in line 10",
  ],
  [
    "NaN",
    dump({ atoms: "ITEM: ATOMS id x y z\n7 1 2 3\n8 nan 5 6\n" }),
    'line 11: x: "nan" is not a finite number',
  ],
  [
    "dump local",
    "ITEM: TIMESTEP\n0\nITEM: NUMBER OF ENTRIES\n2\nITEM: BOX BOUNDS pp pp pp\n0 9\n0 9\n0 9\nITEM: ENTRIES index c_p\n1 1.5\n2 1.7\n",
    "a dump of pairs, bonds or a grid, not of atoms",
  ],
  [
    "end in the header",
    dump({ box: "ITEM: BOX BOUNDS pp pp pp\n0 9\n", atoms: "" }),
    "ends in the header of frame 0",
  ],
];

test.each(BAD_DUMP)("LAMMPS dump, %s", (_, text, words) => {
  const error = refusal(text);
  expect(error.message).toContain(words);
  expect(error.place.file).toBe("f.in");
});

test.each([
  ["A 1 2 3.5", "B 4 5 6", false],
  ["A 1 2 3", "B 4 5 -1.2345678901234567e-0", false],
  ["A 1 2 0.2500000000000000", "B 4 5 0.250000000000", false],
  ["A 1 2 0.25", "B 4 5 0.75", true],
  ["A 1 2 0.25", "B 4 5 0.7", false],
  ["A 1 2 0.25", "B 4 5 1e-9", false],
  ["A 1 2 0", "B 4 5 0", true],
  ["A 1 2 0.25000000000000000", "B 4 5 0.750000000000000 ", true],
  ["A 1 2 3.5", "B 4 5 -1.2345678901", true],
  ["A 1 2 0", "B 4 1.2345678901", false],
])("after the row %j the unended row %j is read: %s", (before, last, accepted) => {
  const bytes = bytesOf(xyz(`${before}\n${last}`));
  if (accepted) expect(readSnapshot(bytes).positions[5]).toBe(Number(last.trim().split(" ")[3]));
  else expect(refusal(bytes).place.line).toBe(4);
  // a text, or bytes whose checksum was right, need no line break
  if (last.split(" ").length === 4 && !last.endsWith("e-0")) {
    expect(readSnapshot(bytes, { complete: true }).count).toBe(2);
  }
});

test("random bytes are refused", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(refusal(bytes)).toBeInstanceOf(SoftfieldError);
    }),
    { numRuns: 500 },
  );
});

test("a placed system needs a model that fits", () => {
  const snapshot = readSnapshot(xyz("Q 1 2 3\nB 4 5 6\n"), { source: "f.in" });
  expect(() => toSystem(snapshot, preset("3dkablj"))).toThrow(
    'f.in, line 3, particle 0: species "Q" is unknown to model 3dkablj, whose species are A, B: map the file\'s species, e.g. --species B=B,Q=A.',
  );
});
