import { inputError } from "./cursor.ts";

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
