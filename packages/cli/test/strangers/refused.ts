import { bounds, ka, L, name, type Refused, rows, text, type, x } from "./glass.ts";
import { dump, header } from "./lammps-text.ts";

/** What is refused, with the way out. */
export const REFUSED: readonly Refused[] = [
  {
    name: "coordinates of numpy.savetxt",
    file: "xyz.txt",
    content: text(rows((p) => x(p))),
    message: "is a table of 3 columns of numbers without a head",
  },
  {
    name: "a single array",
    file: "x.npy",
    content: Uint8Array.of(0x93, ...Buffer.from("NUMPY"), 1, 0, 118, 0),
    message: "numpy.savez(…, positions=…, box=…)",
  },
  {
    name: "a restart",
    file: "glass.restart",
    content: "LammpS RestartT\0\x01\0",
    message: "lmp -restart2data",
  },
  {
    name: "a dump without types",
    file: "typeless.dump",
    content: dump("id x y z", (p) => [p + 1, ...x(p)]),
    message: "--species '*=A'",
  },
  {
    name: "a PDB file",
    file: "glass.pdb",
    content: `CRYST1   ${L.toFixed(3)}\nATOM      1  A   GLS     1\n`,
    message: "ase convert",
  },
  {
    name: "a dump of bonds",
    file: "bonds.dump",
    content: text(
      "ITEM: TIMESTEP",
      "0",
      "ITEM: NUMBER OF ENTRIES",
      "3",
      "ITEM: BOX BOUNDS pp pp pp",
      bounds,
      "ITEM: ENTRIES index c_1[1]",
      "1 2",
    ),
    message: "line 3: ",
  },
  {
    name: "a trajectory of ASE",
    file: "glass.traj",
    content: Uint8Array.of(...Buffer.from("- of UlmASE-Trajectory  "), 3, 0, 0, 0, 0, 0, 0, 0),
    message: "ase convert",
  },
  {
    name: "JSON of ASE",
    file: "glass.json",
    content: '{"1": {\n "cell": {}}}\n',
    message: "ase convert ",
  },
  {
    name: "a database of ASE",
    file: "glass.db",
    content: "SQLite format 3\0\x10\0",
    message: "ase convert ",
  },
  {
    name: "a file of GROMACS",
    file: "glass.gro",
    content: "A Gromacs structure file\n400\n    1R1       A    1   0.4   0.5   0.6\n",
    message: "ase convert ",
  },
  {
    name: "an extended XYZ that is not periodic",
    file: "cluster.xyz",
    content: text(
      String(ka.count),
      `Lattice="${L} 0 0 0 ${L} 0 0 0 ${L}" Properties=species:S:1:pos:R:3 pbc="F F F"`,
      rows((p) => [name(p), ...x(p)]),
    ),
    message: "is not periodic along x",
  },
  {
    name: "a box that is not there",
    file: "boxless.xyz",
    content: text(
      String(ka.count),
      "",
      rows((p) => [name(p), ...x(p)]),
    ),
    message: "--box Lx,Ly,Lz",
  },
  {
    name: "a data file that breaks off",
    file: "half.data",
    content: text(header(), "Atoms # atomic", "", rows((p) => [p + 1, type(p), ...x(p)]).slice(0, 200)),
    message: "announces 400 particles and ends after 200",
  },
  {
    name: "a file of another substance",
    file: "argon.xyz",
    content: text(
      String(ka.count),
      `Lattice="${L} 0 0 0 ${L} 0 0 0 ${L}" Properties=species:S:1:pos:R:3 pbc="T T T"`,
      rows((p) => [["Ni", "P"][type(p) - 1], ...x(p)]),
    ),
    message: "--species Ni=A,P=B",
  },
];
