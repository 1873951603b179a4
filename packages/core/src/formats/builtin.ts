import { CfgReader } from "./atomeye-cfg.ts";
import { ConfigReader, looksLikeConfig } from "./dlpoly-config.ts";
import { ExtxyzReader } from "./extxyz.ts";
import type { FormatReader, FormatWriter } from "./format.ts";
import { countGsdFrames, isGsd, readGsd } from "./gsd.ts";
import { looksLikeHoomdXml, readHoomdXml } from "./hoomd-xml.ts";
import { LammpsDataReader } from "./lammps-data.ts";
import { LammpsDumpReader } from "./lammps-dump.ts";
import { LammpsYamlReader, looksLikeLammpsYaml } from "./lammps-yaml.ts";
import { countNpzFrames, isNpz, readNpz } from "./npz.ts";
import { looksLikePoscar, PoscarReader } from "./poscar.ts";
import { extxyzText } from "./write-extxyz.ts";
import { gsdBytes } from "./write-gsd.ts";
import { lammpsDataText, lammpsDumpText } from "./write-lammps.ts";
import { poscarText } from "./write-poscar.ts";

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

const lammpsYaml: FormatReader = {
  name: "lammps-yaml",
  label: "LAMMPS YAML dump",
  detect: (_, _source, text) => looksLikeLammpsYaml(text),
  lines: ({ source, frame }) => new LammpsYamlReader(source, frame),
};

const gsd: FormatReader = {
  name: "gsd",
  label: "GSD",
  binary: true,
  detect: isGsd,
  read: readGsd,
  count: countGsdFrames,
};

const npz: FormatReader = {
  name: "npz",
  label: "NumPy .npz",
  binary: true,
  detect: isNpz,
  read: readNpz,
  count: countNpzFrames,
};

const cfg: FormatReader = {
  name: "cfg",
  label: "AtomEye CFG",
  detect: (_, _source, text) =>
    /^\s*Number of particles\s*=/.test(firstLine(text.replace(/^[ \t]*#.*\n/gm, ""))),
  lines: (request) => new CfgReader(request),
};

const poscar: FormatReader = {
  name: "poscar",
  label: "POSCAR",
  detect: (_, _source, text) => looksLikePoscar(text),
  lines: (request) => new PoscarReader(request),
};

const config: FormatReader = {
  name: "dlpoly-config",
  label: "DL_POLY CONFIG",
  detect: (_, _source, text) => looksLikeConfig(text),
  lines: (request) => new ConfigReader(request),
};

const hoomdXml: FormatReader = {
  name: "hoomd-xml",
  label: "HOOMD XML",
  detect: (_, _source, text) => looksLikeHoomdXml(text),
  read: readHoomdXml,
};

/** The formats that come with softfield, in the order in which they are asked. */
export const READERS: readonly FormatReader[] = [
  lammpsDump,
  lammpsYaml,
  lammpsData,
  cfg,
  hoomdXml,
  poscar,
  config,
  extxyz,
  gsd,
  npz,
];

export const WRITERS: readonly FormatWriter[] = [
  { name: "extxyz", label: "extended XYZ", endings: [".extxyz", ".xyz"], columns: true, write: extxyzText },
  {
    name: "lammps-data",
    label: "LAMMPS data",
    endings: [".data", ".lmp"],
    columns: true,
    write: (frame) => lammpsDataText(frame, { columns: true }),
  },
  {
    name: "lammps-dump",
    label: "LAMMPS dump",
    endings: [".dump", ".lammpstrj"],
    columns: true,
    write: lammpsDumpText,
  },
  {
    name: "gsd",
    label: "GSD",
    endings: [".gsd"],
    columns: true,
    binary: true,
    write: (frame) => [gsdBytes(frame)],
  },
  {
    name: "poscar",
    label: "POSCAR",
    endings: [".poscar", ".vasp", "POSCAR", "CONTCAR"],
    columns: false,
    write: poscarText,
  },
];

/** A number of particles, and a second line that speaks of a lattice or columns. */
function isExtended(text: string): boolean {
  const first = firstLine(text);
  const second = text.slice(text.indexOf(first) + first.length).split("\n")[1] ?? "";
  return startsWithCount(text) && /(lattice|properties)\s*=/i.test(second);
}
