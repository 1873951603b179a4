import type { ScriptCase } from "./case.ts";

const lj = ["pair_coeff 1 1 1 1", "pair_coeff 1 2 1.5 0.8", "pair_coeff 2 2 0.5 0.88"];
const like = ["pair_coeff 1 1 1 1", "pair_coeff 2 2 0.5 0.88"];
const born = [
  "pair_coeff 1 1 2 0.2 1 1 0.3",
  "pair_coeff 1 2 1.5 0.2 0.95 0.5 -0.1",
  "pair_coeff 2 2 1 0.2 0.9 0.2 0.2",
];
const buck = ["pair_coeff 1 1 1000 0.18 3", "pair_coeff 1 2 900 0.17 2", "pair_coeff 2 2 700 0.16 1"];
const ions = { charges: [0.3, -0.3] as const, density: 1 };

/** Pair styles whose parameters stand in the script. */
export const pairCases: readonly ScriptCase[] = [
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
  {
    name: "lj/sf",
    density: 1,
    lines: ["pair_style lj/sf 2.2", ...lj],
  },
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
    name: "lj/charmm/coul/charmm",
    ...ions,
    forces: false,
    lines: ["pair_style lj/charmm/coul/charmm 1.7 2.2 1.5 2.4", ...like],
  },
  {
    name: "lj/charmm/coul/charmm/implicit without charges",
    density: 1,
    lines: ["pair_style lj/charmm/coul/charmm/implicit 1.7 2.2", ...like],
  },
  { name: "lj/class2/coul/cut", ...ions, lines: ["pair_style lj/class2/coul/cut 2.2 2.4", ...like] },
  {
    name: "nm/cut/coul/cut",
    ...ions,
    lines: [
      "pair_style nm/cut/coul/cut 2.2",
      "pair_coeff 1 1 1 1.1 12 6",
      "pair_coeff 1 2 1.5 0.9 11 7",
      "pair_coeff 2 2 0.5 1 10 5",
    ],
  },
  {
    name: "lj/gromacs/coul/gromacs",
    ...ions,
    lines: ["pair_style lj/gromacs/coul/gromacs 1.7 2.2 1.4 2.4", ...like],
  },
  {
    name: "coul/cut and coul/debye beside lj/cut",
    ...ions,
    lines: [
      "pair_style hybrid/overlay lj/cut 2.2 coul/cut 2.4 coul/debye 1.3 2.1",
      "pair_coeff * * lj/cut 1 0.9",
      "pair_coeff * * coul/cut",
      "pair_coeff * * coul/debye",
    ],
  },
  {
    name: "coul/dsf beside lj/cut",
    ...ions,
    within: 3e-6,
    energy: false,
    lines: [
      "pair_style hybrid/overlay lj/cut 2.2 coul/dsf 0.4 2.6",
      "pair_coeff * * lj/cut 1 0.9",
      "pair_coeff * * coul/dsf",
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
];
