import { artificialMetal, setflText } from "../eam.ts";
import type { ScriptCase } from "./case.ts";

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

/** Styles whose parameters stand in files: of three bodies, of bond orders, of embedded atoms; tables. */
export const fileCases: readonly ScriptCase[] = [
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
  // the same with LAMMPS's splines, and files whose rows have kinks
  ...(["alloy", "fs"] as const).map((kind) => ({
    name: `eam/${kind}, a made-up metal, splines of LAMMPS`,
    units: "metal" as const,
    density: 1,
    interpolation: "lammps" as const,
    files: { "own.eam": setflText(artificialMetal(kind)) },
    lines: [`pair_style eam/${kind}`, "pair_coeff * * own.eam B A"],
  })),
  ...(
    [
      ["eam/fs", "CuZr_mm.eam.fs", "Cu Zr", 0.07],
      ["eam/fs", "AlFe_mm.eam.fs", "Al Fe", 0.07],
      ["eam/alloy", "Cu_mishin1.eam.alloy", "Cu Cu", 0.055],
      ["eam/alloy", "CuNi.eam.alloy", "Cu Ni", 0.085],
      ["eam/alloy", "CoAl.eam.alloy", "Al Co", 0.07],
      ["eam/alloy", "AlCu.eam.alloy", "Al Cu", 0.07],
      ["eam", "Cu_u3.eam", "", 0.08],
      // its rows end before its cutoff with a slope: LAMMPS goes on with the slope for forces, without it for energies
      ["eam", "Ni_smf7.eam", "", 0.09, { within: 1e-6, energyWithin: 1e-5 }],
    ] as const
  ).map(([style, file, elements, density, accuracy = {}]) => ({
    name: `${style}, ${file}, splines of LAMMPS`,
    units: "metal" as const,
    density,
    interpolation: "lammps" as const,
    ...accuracy,
    collection: [file],
    lines: [`pair_style ${style}`, `pair_coeff * * ${file} ${elements}`],
  })),
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
