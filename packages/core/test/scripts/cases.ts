import type { System } from "../../src/space/index.ts";
import { artificialMetal, setflText } from "../eam.ts";
import { twoSpeciesLattice } from "../reference.ts";

/** A script of LAMMPS for two types, and what is known of LAMMPS's own accuracy with it. */
export interface ScriptCase {
  readonly name: string;
  readonly units?: "lj" | "metal" | "real";
  /** N/V of the shaken lattice. */
  readonly density: number;
  /** By type. */
  readonly charges?: readonly [number, number];
  /** atom_style sphere, diameters between these. */
  readonly diameters?: readonly [number, number];
  /** After read_data. */
  readonly lines: readonly string[];
  /** Files beside the script, and those of LAMMPS's own collection that it names. */
  readonly files?: Readonly<Record<string, string>>;
  readonly collection?: readonly string[];
  /** Relative agreement; 1e-10 where nothing is said. Why it is worse stands beside it. */
  readonly within?: number;
  /** Relative agreement of energies, where it is better. */
  readonly energyWithin?: number;
  /** LAMMPS has no energy for it (grains), or one with constants or a line in r of its own. */
  readonly energy?: false;
  readonly perAxis?: number;
  readonly seed?: number;
}

const lj = ["pair_coeff 1 1 1 1", "pair_coeff 1 2 1.5 0.8", "pair_coeff 2 2 0.5 0.88"];
const like = ["pair_coeff 1 1 1 1", "pair_coeff 2 2 0.5 0.88"];
const born = [
  "pair_coeff 1 1 2 0.2 1 1 0.3",
  "pair_coeff 1 2 1.5 0.2 0.95 0.5 -0.1",
  "pair_coeff 2 2 1 0.2 0.9 0.2 0.2",
];
const buck = ["pair_coeff 1 1 1000 0.18 3", "pair_coeff 1 2 900 0.17 2", "pair_coeff 2 2 700 0.16 1"];
const ions = { charges: [0.3, -0.3] as const, density: 1 };

/** Stillinger & Weber, Phys. Rev. B 31, 5262 (1985), in eV and Å, as a file of pair_style sw. */
const SILICON = `# UNITS: metal
Si Si Si 2.1683 2.0951 1.80 21.0 1.20 -0.333333333333
  7.049556277 0.6022245584 4.0 0.0 0.0
`;

/** Tersoff, Phys. Rev. B 38, 9902 (1988), as a file of pair_style tersoff. */
const SILICON_BONDS = `# UNITS: metal
Si Si Si 3.0 1.0 1.3258 4.8381 2.0417 0.0000 22.956 0.33675 1.3258 95.373 3.0 0.2 3.2394 3264.7
`;

/** Vashishta et al., Phys. Rev. B 41, 12197 (1990), as a file of pair_style vashishta. */
const SILICA = [
  "Si Si Si 0.82023 11 1.6 1.6 999 0 4.43 0 10 0 0 0 0 0",
  "O O O 743.848 7 -0.8 -0.8 999 22.1179 4.43 0 10 0 0 0 0 0",
  "O Si Si 163.859 9 -0.8 1.6 999 44.2357 4.43 0 10 20.146 1 2.6 0 -0.77714596",
  "Si O O 163.859 9 1.6 -0.8 999 44.2357 4.43 0 10 5.0365 1 2.6 0 -0.333333333333",
  ...["Si O Si", "Si Si O", "O Si O", "O O Si"].map((key) => `${key} 0 0 0 0 0 0 0 0 0 0 0 0 0 0`),
  "",
].join("\n");

/** Rows of a Lennard-Jones potential as pair_write has them, with a cubic taper to zero. */
function tableText(keyword: string, epsilon: number, sigma: number, rows: number): string {
  const lines = Array.from({ length: rows }, (_, k) => {
    const r = 0.5 + (1.7 * k) / (rows - 1);
    const [phi, slope] = tapered(r, epsilon, sigma);
    return `${k + 1} ${r} ${phi} ${-slope}`;
  });
  return `# a table\n\n${keyword}\nN ${rows} R 0.5 2.2\n\n${lines.join("\n")}\n\n`;
}

function tapered(r: number, epsilon: number, sigma: number): [number, number] {
  const s6 = (sigma / r) ** 6;
  const [f, df] = [4 * epsilon * (s6 * s6 - s6), (4 * epsilon * (-12 * s6 * s6 + 6 * s6)) / r];
  const t = 2.2 - r;
  return [f * t ** 4, df * t ** 4 - 4 * f * t ** 3];
}

export const scriptCases: readonly ScriptCase[] = [
  { name: "lj/cut", density: 1, lines: ["pair_style lj/cut 2.2", ...lj] },
  {
    name: "lj/cut, shifted, cutoffs by pair, ranges, a later line overrides",
    density: 1,
    lines: [
      "pair_style lj/cut 2.2",
      "pair_modify shift yes",
      "pair_coeff * * 3 0.7",
      "pair_coeff 1*2 2 0.5 0.88 2.2",
      "pair_coeff * 1 1 1 2.5",
      "pair_coeff 1 2 1.5 0.8 $(2.5*0.8)",
    ],
  },
  ...(["geometric", "arithmetic", "sixthpower"] as const).map((mix) => ({
    name: `lj/cut, mix ${mix}`,
    density: 1,
    lines: [
      "pair_style lj/cut 2.2",
      `pair_modify mix ${mix} shift yes`,
      ...like,
      "pair_coeff 2 2 0.5 0.88 2",
    ],
  })),
  { name: "lj/cut/opt by its suffix", density: 1, lines: ["pair_style lj/cut/opt 2.2", ...lj] },
  {
    name: "lj/smooth, shifted",
    density: 1,
    lines: ["pair_style lj/smooth 1.7 2.2", "pair_modify shift yes", ...lj],
  },
  { name: "lj/smooth", density: 1, lines: ["pair_style lj/smooth 1.7 2.2", ...like] },
  { name: "lj/smooth/linear", density: 1, lines: ["pair_style lj/smooth/linear 2.2", ...lj] },
  { name: "lj/gromacs", density: 1, lines: ["pair_style lj/gromacs 1.7 2.2", ...like] },
  { name: "lj/mdf", density: 1, lines: ["pair_style lj/mdf 1.7 2.2", ...lj] },
  {
    name: "lj/expand",
    density: 1,
    lines: [
      "pair_style lj/expand 2.0",
      "pair_modify shift yes",
      "pair_coeff 1 1 1 0.9 0.1",
      "pair_coeff 2 2 0.5 0.7 0.15",
    ],
  },
  {
    name: "mie/cut",
    density: 1,
    lines: ["pair_style mie/cut 2.2", "pair_coeff 1 1 1 1 14 7.5", "pair_coeff 2 2 0.5 0.88 12 6"],
  },
  { name: "lj96/cut", density: 1, lines: ["pair_style lj96/cut 2.2", "pair_modify shift yes", ...like] },
  { name: "lj/class2", density: 1, lines: ["pair_style lj/class2 2.2", ...like] },
  {
    name: "nm/cut",
    density: 1,
    lines: [
      "pair_style nm/cut 2.2",
      "pair_coeff 1 1 1 1.1 12 6",
      "pair_coeff 1 2 1.5 0.9 11 7",
      "pair_coeff 2 2 0.5 1 10 5",
    ],
  },
  {
    name: "lennard/mdf",
    density: 1,
    lines: [
      "pair_style lennard/mdf 1.7 2.2",
      "pair_coeff 1 1 4 4",
      "pair_coeff 1 2 1 2",
      "pair_coeff 2 2 2 1",
    ],
  },
  {
    name: "lj/charmm/coul/charmm without charges",
    density: 1,
    lines: [
      "pair_style lj/charmm/coul/charmm 1.7 2.2",
      "pair_coeff 1 1 1 1 0.5 0.9",
      "pair_coeff 2 2 0.5 0.88",
    ],
  },
  {
    name: "yukawa",
    density: 1,
    lines: ["pair_style yukawa 1.5 2.5", "pair_modify shift yes", "pair_coeff 1 1 4", "pair_coeff 2 2 9 2.2"],
  },
  {
    name: "yukawa that attracts",
    density: 1,
    lines: [
      "pair_style hybrid/overlay lj/cut 2.2 yukawa 1.5 2.2",
      "pair_coeff 1 1 lj/cut 1 1",
      "pair_coeff 1 2 lj/cut 1 1",
      "pair_coeff 2 2 lj/cut 1 1",
      "pair_coeff * * yukawa -0.5",
    ],
  },
  { name: "born", density: 1, lines: ["pair_style born 2.3", "pair_modify shift yes", ...born] },
  { name: "buck", density: 1, lines: ["pair_style buck 2.3", ...buck] },
  { name: "buck/mdf", density: 1, lines: ["pair_style buck/mdf 1.8 2.3", ...buck] },
  { name: "buck/coul/cut", ...ions, lines: ["pair_style buck/coul/cut 2.3 2.5", ...buck] },
  {
    name: "lj/cut/coul/cut",
    ...ions,
    lines: ["pair_style lj/cut/coul/cut 2.2 2.4", "dielectric 2", ...like],
  },
  { name: "lj/cut/coul/debye", ...ions, lines: ["pair_style lj/cut/coul/debye 1.1 2.2 2.4", ...like] },
  // LAMMPS's polynomial of erfc is good to 1e-7
  {
    name: "lj/cut/coul/dsf",
    ...ions,
    within: 3e-6,
    energy: false,
    lines: ["pair_style lj/cut/coul/dsf 0.4 2.2 2.8", ...like],
  },
  {
    name: "lj/cut/coul/wolf",
    ...ions,
    energy: false,
    lines: ["pair_style lj/cut/coul/wolf 0.4 2.2 2.8", ...like],
  },
  {
    name: "born/coul/wolf",
    ...ions,
    energy: false,
    lines: ["pair_style born/coul/wolf 0.4 2.2 2.8", ...born],
  },
  {
    name: "born/coul/dsf",
    ...ions,
    within: 3e-6,
    energy: false,
    lines: ["pair_style born/coul/dsf 0.4 2.2 2.8", ...born],
  },
  {
    name: "hybrid/overlay buck coul/wolf, charges set by type",
    units: "metal",
    density: 0.066,
    charges: [0.1, 0.1],
    energy: false,
    lines: [
      "set type 1 charge 2.4",
      "set type 2 charge -1.2",
      "pair_style hybrid/overlay buck 5.5 coul/wolf 0.2 6",
      "pair_coeff 1 1 buck 0 1 0",
      "pair_coeff 1 2 buck 18003.7572 0.2052048 133.5381",
      "pair_coeff 2 2 buck 1388.773 0.3623188 175",
      "pair_coeff * * coul/wolf",
    ],
  },
  {
    name: "morse",
    density: 1,
    lines: [
      "pair_style morse 2.3",
      "pair_modify shift yes",
      "pair_coeff 1 1 1 4 1.1",
      "pair_coeff 1 2 2 5 1",
      "pair_coeff 2 2 3 6 0.9 2.1",
    ],
  },
  {
    name: "morse/smooth/linear",
    density: 1,
    lines: [
      "pair_style morse/smooth/linear 2.3",
      "pair_coeff 1 1 1 4 1.1",
      "pair_coeff 1 2 2 5 1",
      "pair_coeff 2 2 3 6 0.9 2.1",
    ],
  },
  {
    name: "gauss",
    density: 1,
    lines: [
      "pair_style hybrid/overlay lj/cut 2.2 gauss 2.3",
      "pair_modify shift yes",
      ...lj.map((line) => line.replace(/(\d \d) /, "$1 lj/cut ")),
      "pair_coeff 1 1 gauss -2 0.5",
      "pair_coeff 1 2 gauss 1 0.7",
      "pair_coeff 2 2 gauss -3 0.9",
    ],
  },
  {
    name: "gauss/cut",
    density: 1,
    lines: [
      "pair_style hybrid/overlay lj/cut 2.2 gauss/cut 2.3",
      ...lj.map((line) => line.replace(/(\d \d) /, "$1 lj/cut ")),
      "pair_coeff 1 1 gauss/cut 2 1.5 0.4",
      "pair_coeff 1 2 gauss/cut -1 1.6 0.5",
      "pair_coeff 2 2 gauss/cut 3 1.2 0.3",
    ],
  },
  { name: "soft", density: 1, lines: ["pair_style soft 1.2", "pair_coeff 1 1 10", "pair_coeff 2 2 20 1.1"] },
  {
    name: "zbl",
    units: "metal",
    density: 0.2,
    lines: ["pair_style zbl 1.8 2.4", "pair_coeff 1 1 14 14", "pair_coeff 2 2 8 8"],
  },
  {
    name: "gran/hooke",
    density: 1,
    diameters: [0.9, 1.4],
    energy: false,
    lines: ["pair_style gran/hooke 1000 NULL 0 NULL 0 0", "pair_coeff * *", "comm_modify vel yes"],
  },
  {
    name: "gran/hooke/history",
    density: 1,
    diameters: [0.9, 1.4],
    energy: false,
    lines: ["pair_style gran/hooke/history 1000 NULL 50 NULL 0.5 1", "pair_coeff * *", "comm_modify vel yes"],
  },
  {
    name: "gran/hertz/history",
    density: 1,
    diameters: [0.9, 1.4],
    energy: false,
    lines: ["pair_style gran/hertz/history 1000 NULL 50 NULL 0.5 1", "pair_coeff * *", "comm_modify vel yes"],
  },
  {
    name: "granular hertz/material",
    density: 1,
    diameters: [0.9, 1.4],
    energy: false,
    lines: [
      "pair_style granular",
      "pair_coeff 1 1 hertz/material 1000 0 0.3 tangential linear_nohistory 0 0 damping velocity",
      "pair_coeff 1 2 hertz/material 600 0 0.25 tangential linear_nohistory 0 0 damping velocity",
      "pair_coeff 2 2 hertz/material 400 0 0.2 tangential linear_nohistory 0 0 damping velocity",
      "comm_modify vel yes",
    ],
  },
  {
    name: "hybrid: a style for each pair",
    density: 1,
    lines: [
      "pair_style hybrid lj/cut 2.2 morse 2.3 lj/cut 1.1",
      "pair_coeff * * lj/cut 1 1 1",
      "pair_coeff 1 2 morse 2 5 1",
      "pair_coeff 2 2 lj/cut 2 0.5 0.88",
      "pair_modify pair lj/cut 1 shift yes",
    ],
  },
  {
    name: "hybrid/overlay of three",
    density: 1,
    lines: [
      "pair_style hybrid/overlay lj/cut 2.2 gauss 2 yukawa 1 2.1",
      ...lj.map((line) => line.replace(/(\d \d) /, "$1 lj/cut ")),
      "pair_coeff 1 2 gauss 0.3 0.5",
      "pair_coeff 1 1 yukawa 0.7",
    ],
  },
  {
    name: "sw, silicon as two types",
    units: "metal",
    density: 0.05,
    files: { "own.sw": SILICON },
    lines: ["pair_style sw", "pair_coeff * * own.sw Si Si"],
  },
  {
    name: "sw, in units real",
    units: "real",
    density: 0.05,
    files: { "own.sw": SILICON },
    lines: ["pair_style sw", "pair_coeff * * own.sw Si Si"],
  },
  {
    name: "sw of several elements",
    units: "metal",
    density: 0.035,
    collection: ["CdTe.sw"],
    lines: ["pair_style sw", "pair_coeff * * CdTe.sw Cd Te"],
  },
  {
    name: "vashishta, silica",
    units: "metal",
    density: 0.066,
    files: { "own.vashishta": SILICA },
    lines: ["pair_style vashishta", "pair_coeff * * own.vashishta Si O"],
  },
  {
    name: "tersoff, silicon carbide",
    units: "metal",
    density: 0.06,
    collection: ["SiC.tersoff"],
    lines: ["pair_style tersoff", "pair_coeff * * SiC.tersoff C Si"],
  },
  {
    name: "tersoff, two types of one element, units real",
    units: "real",
    density: 0.05,
    files: { "own.tersoff": SILICON_BONDS },
    lines: ["pair_style tersoff", "pair_coeff * * own.tersoff Si Si"],
  },
  {
    name: "sw beside lj/cut",
    units: "metal",
    density: 0.05,
    files: { "own.sw": SILICON },
    lines: [
      "pair_style hybrid sw lj/cut 6",
      "pair_coeff * * sw own.sw Si NULL",
      "pair_coeff 1 2 lj/cut 0.01 2.3",
      "pair_coeff 2 2 lj/cut 0.02 2.5",
    ],
  },
  // LAMMPS's cubic splines between the rows of the file; ours are quintic
  ...(["alloy", "fs"] as const).map((kind) => ({
    name: `eam/${kind}, a made-up metal`,
    units: "metal" as const,
    density: 1,
    within: 1e-6,
    energyWithin: 1e-9,
    files: { "own.eam": setflText(artificialMetal(kind)) },
    lines: [`pair_style eam/${kind}`, "pair_coeff * * own.eam B A"],
  })),
  {
    name: "eam/fs",
    units: "metal",
    density: 0.07,
    within: 1e-4,
    energyWithin: 1e-9,
    collection: ["CuZr_mm.eam.fs"],
    lines: ["pair_style eam/fs", "pair_coeff * * CuZr_mm.eam.fs Cu Zr"],
  },
  {
    name: "eam/alloy",
    units: "metal",
    density: 0.055,
    within: 1e-8,
    energyWithin: 1e-9,
    collection: ["Cu_mishin1.eam.alloy"],
    lines: ["pair_style eam/alloy", "pair_coeff * * Cu_mishin1.eam.alloy Cu Cu"],
  },
  {
    name: "eam",
    units: "metal",
    density: 0.08,
    within: 1e-3,
    energyWithin: 1e-6,
    collection: ["Cu_u3.eam"],
    lines: ["pair_style eam", "pair_coeff * * Cu_u3.eam"],
  },
  // LAMMPS splines the rows by cubic polynomials and then again on its own grid
  {
    name: "table, spline",
    density: 1,
    within: 1e-6,
    files: {
      "pairs.table":
        tableText("AA", 1, 1, 1701) + tableText("AB", 1.5, 0.8, 1701) + tableText("BB", 0.5, 0.88, 1701),
    },
    lines: [
      "pair_style table spline 10000",
      "pair_coeff 1 1 pairs.table AA",
      "pair_coeff 1 2 pairs.table AB 2.2",
      "pair_coeff 2 2 pairs.table BB 2.1",
    ],
  },
];

/** What a script's configuration is: a shaken lattice of two types. */
export function systemOf({ density, perAxis = 6, seed = 5, diameters }: ScriptCase): System {
  const system = twoSpeciesLattice(density, perAxis, seed);
  if (diameters === undefined) return system;
  const [low, high] = diameters;
  const sizes = Float64Array.from(system.species, (_, p) => low + ((high - low) * ((p * 37) % 101)) / 101);
  return { ...system, diameters: sizes };
}

/** The data file of a case's configuration. */
export function dataText(
  { charges = [0, 0], diameters }: ScriptCase,
  { box, positions, species, diameters: sizes }: System,
): string {
  const h = box.vectors;
  const at = (p: number) => Array.from(positions.subarray(3 * p, 3 * p + 3)).join(" ");
  return [
    "a configuration for a script",
    "",
    `${species.length} atoms`,
    "2 atom types",
    `0 ${h[0]} xlo xhi`,
    `0 ${h[4]} ylo yhi`,
    `0 ${h[8]} zlo zhi`,
    `${h[3]} ${h[6]} ${h[7]} xy xz yz`,
    "",
    ...(diameters ? [] : ["Masses", "", "1 1", "2 1", ""]),
    diameters ? "Atoms # sphere" : "Atoms # charge",
    "",
    ...Array.from(species, (s, p) => `${p + 1} ${s + 1} ${sizes ? `${sizes[p]} 1` : charges[s]} ${at(p)}`),
    "",
  ].join("\n");
}

/** The script of a case: what LAMMPS runs, and what is read. */
export function scriptText({ units = "lj", diameters, lines }: ScriptCase, data = "start.data"): string {
  return [
    `# ${units}`,
    `variable start index ${data}`,
    `units ${units}`,
    `atom_style ${diameters ? "sphere" : "charge"}`,
    "boundary p p p",
    "box tilt large",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of LAMMPS
    "read_data ${start}",
    ...lines,
    "",
  ].join("\n");
}
