import { ExtxyzReader } from "./extxyz.ts";
import type { FormatReader, FormatWriter } from "./format.ts";
import { LammpsDataReader } from "./lammps-data.ts";
import { LammpsDumpReader } from "./lammps-dump.ts";
import { extxyzText } from "./write-extxyz.ts";
import { lammpsDataText, lammpsDumpText } from "./write-lammps.ts";

const firstLine = (text: string) => text.split("\n").find((line) => line.trim() !== "") ?? "";
const startsWithCount = (text: string) => /^\s*\+?\d+\s*$/.test(firstLine(text));

const extxyz: FormatReader = {
  name: "extxyz",
  label: "extended XYZ",
  takesBox: true,
  detect: (_, _source, text) => startsWithCount(text),
  lines: ({ source, frame, box }) => new ExtxyzReader(source, frame, box),
};

const lammpsData: FormatReader = {
  name: "lammps-data",
  label: "LAMMPS data",
  // LAMMPS ignores the first line of a data file, so the header may start in the second at the earliest.
  detect: (_, _source, text) =>
    /\n[ \t]*\+?\d+[ \t]+atoms[ \t]*(#.*)?(\r?\n|$)/.test(text) && !isExtended(text),
  lines: ({ source, frame, atomStyle }) => new LammpsDataReader(source, frame, atomStyle),
};

const lammpsDump: FormatReader = {
  name: "lammps-dump",
  label: "LAMMPS dump",
  detect: (_, _source, text) => /^\s*ITEM:/.test(firstLine(text)),
  lines: ({ source, frame }) => new LammpsDumpReader(source, frame),
};

/** The formats that come with softfield, in the order in which they are asked. */
export const READERS: readonly FormatReader[] = [lammpsDump, lammpsData, extxyz];

export const WRITERS: readonly FormatWriter[] = [
  { name: "extxyz", label: "extended XYZ", endings: [".extxyz", ".xyz"], columns: true, write: extxyzText },
  {
    name: "lammps-data",
    label: "LAMMPS data",
    endings: [".data", ".lmp"],
    columns: false,
    write: lammpsDataText,
  },
  {
    name: "lammps-dump",
    label: "LAMMPS dump",
    endings: [".dump", ".lammpstrj"],
    columns: true,
    write: lammpsDumpText,
  },
];

/** A number of particles, and a second line that speaks of a lattice or columns. */
function isExtended(text: string): boolean {
  const first = firstLine(text);
  const second = text.slice(text.indexOf(first) + first.length).split("\n")[1] ?? "";
  return startsWithCount(text) && /(lattice|properties)\s*=/i.test(second);
}
