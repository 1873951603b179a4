import { inputError } from "./cursor.ts";
import { decimalNumber } from "./numbers.ts";

/** First bytes of files that people hand over by mistake, with what they are and what to do. */
const MAGIC: readonly (readonly [string, string | readonly number[], (source: string) => string])[] = [
  ["is gzip-compressed", [0x1f, 0x8b], () => "decompress it first"],
  ["is bzip2-compressed", "BZh", () => "decompress it first"],
  ["is xz-compressed", [0xfd, 0x37, 0x7a, 0x58, 0x5a], () => "decompress it first"],
  ["is zstd-compressed", [0x28, 0xb5, 0x2f, 0xfd], () => "decompress it first"],
  ["is an HDF5 file", [0x89, 0x48, 0x44, 0x46], () => "convert it to extended XYZ"],
  ["is a zip archive", [0x50, 0x4b, 0x03, 0x04], () => "unpack it first"],
  ["is a Parquet file", "PAR1", () => "convert it to extended XYZ"],
  ["is a netCDF file", "CDF", () => "convert it, e.g. with OVITO, to extended XYZ"],
  [
    "is a single NumPy array",
    [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59],
    () => "save positions and box together, numpy.savez(…, positions=…, box=…)",
  ],
  [
    "is a database (SQLite)",
    "SQLite format 3",
    (source) => `of ASE's, convert it, ase convert ${source} ${source}.extxyz`,
  ],
  [
    "is a trajectory of ASE",
    "- of Ulm",
    (source) => `convert its last frame, ase convert -n -1 ${source} ${source}.extxyz`,
  ],
  [
    "is a LAMMPS restart file",
    "LammpS RestartT",
    (source) => `convert it with LAMMPS: lmp -restart2data ${source} ${source}.data`,
  ],
];

/** Whether bytes begin as a gzip stream does. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** Refuses what is plainly no text, with what it is. @throws input error */
export function refuseForeign(head: Uint8Array, source: string, known: string): void {
  for (const [what, magic, remedy] of MAGIC) {
    const bytes = typeof magic === "string" ? Array.from(magic, (letter) => letter.charCodeAt(0)) : magic;
    if (bytes.every((byte, k) => head[k] === byte)) {
      throw inputError(source, `${what}, not a text: ${remedy(source)}. ${known}.`);
    }
  }
  if (isBinaryDump(head)) {
    throw inputError(
      source,
      `is a binary LAMMPS dump, not a text: convert it with LAMMPS's tool, binary2txt ${source}. ${known}.`,
    );
  }
  const nul = head.indexOf(0);
  if (nul < 0) return;
  // ASCII in UTF-16: every other byte is zero.
  const utf16 = nul < 4 && head[nul + 1] !== 0 && head[nul + 2] === 0;
  throw inputError(
    source,
    utf16
      ? "is UTF-16 text: save it as UTF-8 or ASCII."
      : `is a binary file (byte ${nul} is zero), not a text. ${known}.`,
  );
}

/** Dumps of 2020 and later begin with minus the length of the magic text "DUMPATOM" or "DUMPCUSTOM". */
function isBinaryDump(head: Uint8Array): boolean {
  const text = "DUMP";
  return head[7] === 0xff && Array.from(text).every((letter, k) => head[8 + k] === letter.charCodeAt(0));
}

/** What other texts are that people hand over, by their first line, with the way out. */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  [/^\s*\{\s*"(1|ids|nextid|__ase_objtype__)"/, "is JSON of ASE: convert it, 'ase convert FILE FILE.extxyz'"],
  [/^\s*\{/, "is JSON: a model is given by --model, beside the configuration"],
  [
    /^\s*(units|atom_style|dimension|boundary|pair_style|read_data|variable)\s/,
    "is a LAMMPS input script: give the data file that it reads",
  ],
  [
    /^(---|creator: LAMMPS|keywords:)/,
    "is YAML, but no dump of atoms (their number, natoms, is not told): take one of LAMMPS's styles yaml or custom, 'dump 1 all custom 1 glass.dump id type x y z'",
  ],
  [/^\s*data_/, "is a CIF file: convert it, e.g. by ASE, 'ase convert FILE FILE.extxyz'"],
  [
    /^(HEADER|REMARK|CRYST1|ATOM {2}|HETATM)/,
    "is a PDB file: convert it, e.g. by ASE, 'ase convert FILE FILE.extxyz'",
  ],
];

/** The error for a text of no format: what it is if that shows, and the head that a bare table of numbers needs. */
export function unknownFormat(text: string, source: string, known: string): Error {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (lines.length === 0) return inputError(source, "holds nothing but blanks.");
  const told = TEXTS.find(([pattern]) => pattern.test(lines[0]));
  if (told) return inputError(source, `${told[1].replaceAll("FILE", source)}. ${known}.`);
  const widths = lines.slice(0, 3).map((line) =>
    line
      .trim()
      .split(/[\s,]+/)
      .map(decimalNumber),
  );
  const width = widths[0].length;
  if (width >= 2 && widths.every((row) => row.length === width && row.every((x) => !Number.isNaN(x)))) {
    return inputError(
      source,
      `is a table of ${width} columns of numbers without a head, so the box is unknown and what the columns are. Put two lines ` +
        `before it: the number of particles, and Lattice="Lx 0 0 0 Ly 0 0 0 Lz" Properties=${properties(width)} (the columns by ` +
        "their names, kinds and widths; R is a real number, I an integer, S a word).",
    );
  }
  const shown = lines[0].length > 60 ? `${lines[0].slice(0, 60)}…` : lines[0];
  return inputError(
    source,
    `is in no format that is known here: it begins with "${shown.trim()}". ${known}; OVITO and ASE convert others to extended XYZ (ase convert ${source} ${source}.extxyz).`,
  );
}

/** A guess at the columns of a table, to be put right. */
function properties(width: number): string {
  if (width === 2 || width === 3) return `pos:R:${width}`;
  return width === 4 ? "pos:R:3:diameter:R:1" : `pos:R:3:diameter:R:1:more:R:${width - 4}`;
}
