import { SoftfieldError } from "../errors.ts";
import { inputError } from "./cursor.ts";
import type { SnapshotFormat } from "./types.ts";

const KNOWN =
  "softfield reads extended XYZ (line 1 the number of particles, line 2 with Lattice=…), LAMMPS data and LAMMPS text dumps";

/** First bytes of files that people hand over by mistake. */
const MAGIC: readonly (readonly [string, readonly number[], string])[] = [
  ["gzip-compressed", [0x1f, 0x8b], "decompress it first"],
  ["an HDF5 file", [0x89, 0x48, 0x44, 0x46], "convert it to extended XYZ"],
  ["a zip archive", [0x50, 0x4b, 0x03, 0x04], "unpack it first"],
  ["bzip2-compressed", [0x42, 0x5a, 0x68], "decompress it first"],
  ["xz-compressed", [0xfd, 0x37, 0x7a, 0x58], "decompress it first"],
  ["zstd-compressed", [0x28, 0xb5, 0x2f, 0xfd], "decompress it first"],
  ["a Parquet file", [0x50, 0x41, 0x52, 0x31], "convert it to extended XYZ"],
];

/** Whether bytes begin as a gzip stream does. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/**
 * Tells a file's format from its first bytes.
 *
 * @throws input error for an empty file, for a binary one, and for what is none of the known formats
 */
export function recogniseFormat(head: Uint8Array, source: string): SnapshotFormat {
  if (head.length === 0) {
    throw inputError(
      source,
      "the file is empty (0 bytes): the program that wrote it failed, or the disk was full.",
    );
  }
  refuseBinary(head, source);
  const lines = new TextDecoder("utf-8").decode(head).split(/\r?\n/);
  const first = lines.find((line) => line.trim() !== "") ?? "";
  if (/^\s*ITEM:/.test(first)) return "lammps-dump";
  const startsWithCount = /^\s*\+?\d+\s*$/.test(first);
  const second = lines[lines.indexOf(first) + 1] ?? "";
  if (startsWithCount && /(lattice|properties)\s*=/i.test(second)) return "extxyz";
  // LAMMPS ignores the first line of a data file, so the header may start in the second at the earliest.
  if (lines.slice(1).some((line) => /^\s*\+?\d+\s+atoms\s*(#.*)?$/.test(line))) return "lammps-data";
  if (startsWithCount) return "extxyz";
  if (first === "") throw inputError(source, "holds nothing but blanks.");
  const shown = first.length > 60 ? `${first.slice(0, 60)}…` : first;
  throw inputError(source, `is in no format that is known here: it begins with "${shown.trim()}". ${KNOWN}.`);
}

function refuseBinary(head: Uint8Array, source: string): void {
  for (const [what, magic, remedy] of MAGIC) {
    if (magic.every((byte, k) => head[k] === byte)) {
      throw inputError(source, `is ${what}, not a text: ${remedy}. ${KNOWN}.`);
    }
  }
  const nul = head.indexOf(0);
  if (nul >= 0) {
    // ASCII in UTF-16: every other byte is zero.
    const utf16 = nul < 4 && head[nul + 1] !== 0 && head[nul + 2] === 0;
    throw new SoftfieldError(
      "input",
      utf16
        ? `${source}: is UTF-16 text: save it as UTF-8 or ASCII.`
        : `${source}: is a binary file (byte ${nul} is zero), not a text. ${KNOWN}.`,
      { file: source },
    );
  }
}
