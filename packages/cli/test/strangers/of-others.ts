import { gzipSync } from "node:zlib";
import {
  all,
  counts,
  ka,
  L,
  name,
  order,
  rows,
  type Stranger,
  text,
  turned,
  type,
  unit,
  wrapped,
  written,
  x,
} from "./glass.ts";
import { npz } from "./npz.ts";

/** Of ASE, OVITO, VASP, HOOMD, DL_POLY, RUMD, atooms, NumPy … */
export const OF_OTHERS: readonly Stranger[] = [
  {
    name: "plain XYZ of VMD, the edges in its comment",
    file: "vmd.xyz",
    content: text(
      ` ${ka.count}`,
      ` ${L} ${L} ${L}`,
      rows((p) => [` ${name(p)}`, ...x(p).map((v) => v.toFixed(6).padStart(14))], "  "),
    ),
    model: "3dkablj",
    way: { refusal: `--box ${L},${L},${L}`, options: ["--box", `${L},${L},${L}`] },
  },
  {
    name: "extended XYZ of OVITO: many columns, an origin",
    file: "ovito.xyz",
    content: text(
      String(ka.count),
      `Lattice="${L} 0.0 0.0 0.0 ${L} 0.0 0.0 0.0 ${L}" Origin="-1 -1 -1" Properties=id:I:1:species:S:1:pos:R:3:Color:R:3:selection:I:1:StructureType:S:1 Time=3.5 pbc="T T T"`,
      rows((p) => [p + 1, name(p), ...x(p), 0.5, 0.5, 1, 0, "OTHER"]),
    ),
    model: "3dkablj",
  },
  {
    name: "extended XYZ of quippy: capitals, braces, forces, logicals",
    file: "quippy.xyz",
    content: text(
      String(ka.count),
      `cutoff=-1.0 nneightol=1.2 pbc="T T T" Lattice="${L} 0 0 0 ${L} 0 0 0 ${L}" virial={1 0 0 0 1 0 0 0 1} config_type=glass Properties=species:S:1:pos:R:3:Z:I:1:force:R:3:move_mask:L:1`,
      rows((p) => [name(p), ...x(p), type(p), 0, 0, 0, "T"]),
    ),
    model: "3dkablj",
  },
  {
    name: "extended XYZ with PBC by numbers, quotes of the other kind, keys after it",
    file: "kliff.xyz",
    content: text(
      String(ka.count),
      `Lattice='${L} 0 0 0 ${L} 0 0 0 ${L}' PBC="1 1 1" Energy=-29.3 Properties=species:S:1:pos:R:3`,
      rows((p) => [`  ${name(p)}`, ...x(p).map((v) => v.toExponential(15))], "   "),
    ),
    model: "3dkablj",
  },
  {
    name: "POSCAR of VASP 4: counts alone",
    file: "POSCAR",
    content: text(
      "glass",
      "   1.0000000000000000",
      [0, 1, 2].map((a) => [0, 1, 2].map((c) => (a === c ? L : 0).toFixed(16)).join("  ")),
      `   ${counts.join("   ")}`,
      "Direct",
      order.map((p) =>
        unit(p)
          .map((v) => v.toFixed(16))
          .join("  "),
      ),
    ),
    model: "3dkablj",
  },
  {
    name: "CONTCAR of VASP 6: names, selective dynamics, velocities, predictor",
    file: "CONTCAR",
    content: text(
      "glass",
      "1.0",
      [0, 1, 2].map((a) => [0, 1, 2].map((c) => (a === c ? L : 0)).join(" ")),
      "   A    B",
      counts.join(" "),
      "Selective dynamics",
      "Direct",
      order.map(
        (p) =>
          `${unit(p)
            .map((v) => v.toFixed(16))
            .join(" ")} T T F`,
      ),
      "",
      order.map(() => "0.0 0.0 0.0"),
      "",
      "1",
      "0.5",
      order.map(() => "0 0 0"),
    ),
    model: "3dkablj",
  },
  { name: "GSD 2 (single precision)", file: "restart.gsd", content: written("a.gsd"), model: "3dkablj" },
  {
    name: ".npz with the names of a home-made simulation",
    file: "final.npz",
    content: npz({
      coords: { shape: [400, 3], values: [...ka.positions] },
      box_size: { shape: [1], values: [L] },
      types: { shape: [400], values: all.map(type), whole: true },
      step: { shape: [1], values: [50000], whole: true },
    }),
    model: "3dkablj",
  },
  {
    name: ".npz with types from 0, ASE's cell",
    file: "frames.npz",
    content: npz({
      R: { shape: [400, 3], values: [...ka.positions] },
      cell: { shape: [3, 3], values: [L, 0, 0, 0, L, 0, 0, 0, L] },
      type: { shape: [400], values: all.map((p) => type(p) - 1), whole: true },
    }),
    model: "3dkablj",
    way: { refusal: "--species 0=A,1=B", options: ["--species", "0=A,1=B"] },
  },
  {
    name: "HOOMD XML",
    file: "init.xml",
    content: text(
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<hoomd_xml version="1.5">',
      '<configuration time_step="0" dimensions="3">',
      `<box lx="${L}" ly="${L}" lz="${L}" xy="0" xz="0" yz="0"/>`,
      `<position num="${ka.count}">`,
      rows((p) => x(p).map((v) => wrapped(v + L / 2) - L / 2)),
      "</position>",
      `<type num="${ka.count}">`,
      rows((p) => [name(p)]),
      "</type>",
      "</configuration>",
      "</hoomd_xml>",
    ),
    model: "3dkablj",
  },
  {
    name: "AtomEye CFG, extended, auxiliary columns",
    file: "glass.cfg",
    content: text(
      `Number of particles = ${ka.count}`,
      "A = 1.0 Angstrom (basic length-scale)",
      [1, 2, 3].flatMap((a) => [1, 2, 3].map((c) => `H0(${a},${c}) = ${a === c ? L : 0} A`)),
      ".NO_VELOCITY.",
      "entry_count = 4",
      "auxiliary[0] = pe [reduced unit]",
      order.flatMap((p, k) => [
        ...(k === 0 || type(p) !== type(order[k - 1]) ? ["1.0", name(p)] : []),
        [...unit(p), -5].join(" "),
      ]),
    ),
    model: "3dkablj",
  },
  ...[0, 1, 2].map(
    (level): Stranger => ({
      name: `DL_POLY CONFIG of level ${level}`,
      file: `CONFIG${level}`,
      content: text(
        "glass",
        `         ${level}         ${level + 1}      ${ka.count}`,
        [0, 1, 2].map((a) => [0, 1, 2].map((c) => (a === c ? L : 0).toFixed(10).padStart(20)).join("")),
        all.flatMap((p) => [
          `${name(p).padEnd(8)}${String(p + 1).padStart(10)}`,
          x(p)
            .map((v) => (wrapped(v + L / 2) - L / 2).toFixed(12).padStart(20))
            .join(""),
          ...Array.from({ length: level }, () => "  0.0  0.0  0.0"),
        ]),
      ).replace(
        `         ${level}         ${level + 1} `,
        `         ${level}         ${level === 1 ? 1 : 3} `,
      ),
      model: "3dkablj",
    }),
  ),
  {
    name: "RUMD, gzip, types from 0",
    file: "rumd.xyz.gz",
    content: gzipSync(
      text(
        String(ka.count),
        `ioformat=2 dt=0.001 timeStepIndex=0 numTypes=2 mass=1,1 sim_box=RectangularSimulationBox,${L},${L},${L} columns=type,x,y,z,imx,imy,imz`,
        rows((p) => [type(p) - 1, ...x(p).map((v) => wrapped(v + L / 2) - L / 2), 0, 0, 0]),
      ),
    ),
    model: "3dkablj",
    way: { refusal: "--species 0=A,1=B", options: ["--species", "0=A,1=B"] },
  },
  {
    name: "atooms",
    file: "atooms.xyz",
    content: text(
      String(ka.count),
      `step:0 columns:id,pos dt:0.002 cell:${L},${L},${L} rho:1.2`,
      rows((p) => [name(p), ...x(p).map((v) => wrapped(v + L / 2) - L / 2)]),
    ),
    model: "3dkablj",
  },
  {
    name: "vectors that are not triangular, of a turned box",
    file: "turned.extxyz",
    content: text(
      String(ka.count),
      `Lattice="${[0, 1, 2].flatMap((a) => turned([0, 1, 2].map((c) => (a === c ? L : 0)))).join(" ")}" Properties=species:S:1:pos:R:3 pbc="T T T"`,
      rows((p) => [name(p), ...turned(x(p))]),
    ),
    model: "3dkablj",
  },
];
