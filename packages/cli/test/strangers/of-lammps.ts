import { gzipSync } from "node:zlib";
import {
  bounds,
  digits,
  ka,
  L,
  name,
  rows,
  type Stranger,
  text,
  turned,
  type,
  unit,
  wrapped,
  x,
} from "./glass.ts";
import { dump, header } from "./lammps-text.ts";

const yaml = text(
  "---",
  "creator: LAMMPS",
  "timestep: 50000",
  "units: lj",
  `natoms: ${ka.count}`,
  "boundary: [ p, p, p, p, p, p, ]",
  "box:",
  bounds.map((pair) => `  - [ ${pair.replace(" ", ", ")} ]`),
  "keywords: [ id, type, x, y, z,  ]",
  "data:",
  rows((p) => [`  - [ ${[p + 1, type(p), ...x(p)].join(", ")}, ]`]),
  "...",
);

/** Of LAMMPS and what prepares its files. */
export const OF_LAMMPS: readonly Stranger[] = [
  {
    name: "LAMMPS data of style full, bonds none, no hint (Moltemplate)",
    file: "system.data",
    content: text(
      header("     0  bonds"),
      "Masses",
      "",
      "   1   1.0  # A",
      "   2   1.0  # B",
      "",
      "Atoms",
      "",
      rows((p) => [p + 1, 1, type(p), 0, ...x(p)]),
    ),
    model: "3dkablj",
    way: { refusal: "--atom-style full", options: ["--atom-style", "full"] },
  },
  {
    name: "LAMMPS data with type labels in its rows (write_data of 2022 on)",
    file: "labels.data",
    content: text(
      header(),
      "Atom Type Labels",
      "",
      "1 A",
      "2 B",
      "",
      "Masses",
      "",
      "A 1",
      "B 1",
      "",
      "Atoms # charge",
      "",
      rows((p) => [p + 1, name(p), 0, ...x(p), 0, 0, 0]),
    ),
    model: "3dkablj",
  },
  {
    name: "LAMMPS data of spheres, velocities with spins, CRLF",
    file: "spheres.lmp",
    content: text(
      header(),
      "Atoms  # sphere",
      "",
      rows((p) => [p + 1, type(p), 1, 1.9, ...x(p), 0, 0, 0]),
      "",
      "Velocities",
      "",
      rows((p) => [p + 1, 0, 0, 0, 0, 0, 0]),
    ).replaceAll("\n", "\r\n"),
    model: "3dkablj",
  },
  {
    name: "LAMMPS data of style molecular, shuffled, box around the origin",
    file: "molecular.data",
    content: text(
      header().replace(/0\.0 (\S+) (.)lo/g, (_, high, axis) => `${-high / 2} ${high / 2} ${axis}lo`),
      "Atoms # molecular",
      "",
      rows((p) => [
        ((p * 7) % 400) + 1,
        1,
        type((p * 7) % 400),
        ...x((p * 7) % 400).map((v) => wrapped(v + L / 2) - L / 2),
      ]),
    ),
    model: "3dkablj",
  },
  {
    name: "dump of style atom: scaled, six digits, shuffled",
    file: "dump.atom",
    content: dump("id type xs ys zs", (p) => [
      ((p * 7) % 400) + 1,
      type((p * 7) % 400),
      ...digits(unit((p * 7) % 400), 6),
    ]),
    model: "3dkablj",
  },
  {
    name: "dump with units, time, image flags and unwrapped coordinates",
    file: "unwrapped.lammpstrj",
    content:
      text("ITEM: UNITS", "lj", "ITEM: TIME", "250.5") +
      dump("id mol type element xu yu zu ix iy iz q", (p) => [
        p + 1,
        0,
        type(p),
        name(p),
        ...x(p).map((v, c) => v + L * ((p + c) % 3)),
        0,
        1,
        2,
        0,
      ]),
    model: "3dkablj",
  },
  {
    name: "dump, restricted triclinic, scaled and unwrapped, gzip",
    file: "tilted.dump.gz",
    content: gzipSync(
      dump(
        "id type xsu ysu zsu",
        (p) => {
          // the second edge leans by a whole one: the same lattice
          const [a, b, c] = x(p).map((v) => v / L);
          return [p + 1, type(p), a - b + 2, b - 1, c];
        },
        ["ITEM: BOX BOUNDS xy xz yz pp pp pp", `0 ${2 * L} ${L}`, `0 ${L} 0`, `0 ${L} 0`],
      ),
    ),
    model: "3dkablj",
  },
  {
    name: "dump, general triclinic (dump_modify triclinic/general yes)",
    file: "general.dump",
    content: dump("id type x y z", (p) => [p + 1, type(p), ...turned(x(p))], [
      "ITEM: BOX BOUNDS abc origin pp pp pp",
      ...[0, 1, 2].map((a) => [...turned([0, 1, 2].map((c) => (a === c ? L : 0))), 0].join(" ")),
    ]),
    model: "3dkablj",
  },
  {
    name: "dump whose box line has the letters of LAMMPS's manual",
    file: "manual.dump",
    content: dump("id type x y z vx vy vz", (p) => [p + 1, type(p), ...x(p), 0, 0, 0], [
      "ITEM: BOX BOUNDS xx yy zz",
      ...bounds,
    ]),
    model: "3dkablj",
  },
  { name: "dump of style yaml", file: "dump.yaml", content: yaml, model: "3dkablj" },
  {
    name: "dump of style xyz: types, no box",
    file: "dump.xyz",
    content: text(
      String(ka.count),
      "Atoms. Timestep: 50000",
      rows((p) => [type(p), ...digits(x(p), 8)]),
    ),
    model: "3dkablj",
    way: { refusal: "--box", options: ["--box", `${L},${L},${L}`] },
  },
];
