import { readFileSync } from "node:fs";
import { type Frame, formats, type Snapshot } from "../src/formats/index.ts";
import type { Mutation, Specimen } from "./mutations.ts";

const folder = new URL("./formats/", import.meta.url);
const file = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));

const frame: Frame = {
  box: { dimension: 3, vectors: Float64Array.of(9, 0, 0, 1.25, 8, 0, -0.5, 0.75, 7) },
  positions: Float64Array.from({ length: 15 }, (_, k) => ((k * 0.618) % 1) * 7),
  species: { names: ["S", "L"], index: Int32Array.of(0, 1, 1, 0, 1) },
  types: Int32Array.of(1, 2, 2, 1, 2),
  ids: Float64Array.of(1, 3, 4, 9, 12),
  columns: new Map([["velocity", { width: 3, values: Float64Array.from({ length: 15 }, (_, k) => k / 7) }]]),
};

function written(path: string): Uint8Array {
  const pieces = [...formats.writerOf(path)!.write(frame)];
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
}

const xyz = (comment: string, rows: readonly string[]) =>
  new TextEncoder().encode(`${rows.length}\n${comment}\n${rows.join("\n")}\n`);

/** As LAMMPS's dump style yaml writes it, with dump_modify thermo yes units yes time yes, in a box that leans. */
const YAML = `---
creator: LAMMPS
timestep: 20
units: lj
time: 0.1
natoms: 3
boundary: [ p, p, p, p, p, p, ]
thermo:
  - keywords: [ Step, Temp, E_pair, ]
  - data: [ 20, 0.5, -3.25, ]
box:
  - [ -0.5, 10.25 ]
  - [ 0, 8.75 ]
  - [ 0, 7 ]
  - [ 1.25, -0.5, 0.75 ]
keywords: [ id, type, element, x, y, z, vx, vy, vz,  ]
data:
  - [ 1, 1, S, 1.25, 2.5, 0.125, 0.5, 0, -0.25, ]
  - [ 3, 2, L, -0.25, 0.75, 3.25, 1, 0.125, 0, ]
  - [ 2, 1, S, 5.5, 4.25, 1.75, 0, 0, 0.5, ]
...
`;

/** A file of every format that is read. */
export const SPECIMENS: readonly Specimen[] = [
  { name: "own.extxyz", bytes: written("own.extxyz"), text: true, count: /^(\d+)/ },
  { name: "own.data", bytes: written("own.data"), text: true, count: /(\d+) atoms/, optional: /xy xz yz/ },
  { name: "own.dump", bytes: written("own.dump"), text: true, count: /ATOMS\n(\d+)/ },
  {
    name: "atooms.xyz",
    bytes: xyz("step:0 columns:id,pos dt:1 cell:5.0,6.0,7.0", [
      "A 1.25 2.5 0.125",
      "B -1.5 0.75 3.25",
      "A 0.5 -2.25 1.75",
    ]),
    text: true,
    count: /^(\d+)/,
  },
  {
    name: "rumd.xyz",
    bytes: xyz(
      "ioformat=2 numTypes=2 sim_box=RectangularSimulationBox,5,6,7 columns=type,x,y,z,imx,imy,imz",
      ["0 1.25 2.5 0.125 0 0 0", "1 -1.5 0.75 3.25 0 1 0", "0 0.5 -2.25 1.75 0 0 -1"],
    ),
    text: true,
    count: /^(\d+)/,
  },
  {
    name: "own.yaml",
    bytes: new TextEncoder().encode(YAML),
    text: true,
    count: /natoms: (\d+)/,
    // the row of tilts; lines of a log that nobody reads
    optional: /- \[ 1\.25, |^units|^time:|^thermo|keywords: \[ Step|- data/,
  },
  { name: "ase.vasp", bytes: file("ase.vasp"), text: true },
  { name: "ase.cfg", bytes: file("ase.cfg"), text: true, count: /particles = (\d+)/ },
  { name: "lammps.cfg", bytes: file("lammps.cfg"), text: true, count: /particles = (\d+)/ },
  { name: "ase.CONFIG", bytes: file("ase.CONFIG"), text: true, count: /0 +3 +(\d+)/ },
  { name: "own.xml", bytes: file("own.xml"), text: true },
  { name: "two-frames-v1.gsd", bytes: file("two-frames-v1.gsd"), text: false },
  { name: "two-frames-v2.gsd", bytes: file("two-frames-v2.gsd"), text: false },
  { name: "own.gsd", bytes: written("own.gsd"), text: false },
  { name: "plain.npz", bytes: file("plain.npz"), text: false, guarded: true },
  { name: "packed.npz", bytes: file("packed.npz"), text: false, guarded: true },
];

/** What a computation uses of a snapshot, but its positions: each as a text, undefined where the file does not tell it. */
const essence = ({ box, species, types, ids }: Snapshot) => ({
  box: String(box.vectors),
  species: species && String(Array.from(species.index, (k) => species.names[k])),
  types: types && String(types),
  ids: ids && String(ids),
});

/** What of the outcome is told otherwise than in the whole file; a thing that is not told at all is no falsehood. */
function falsehoods(good: Snapshot, outcome: Snapshot): string[] {
  const [wanted, found] = [essence(good), essence(outcome)];
  const keys = ["box", "species", "types", "ids"] as const;
  return keys.filter(
    (key) => found[key] !== undefined && wanted[key] !== undefined && found[key] !== wanted[key],
  );
}

/** What is wrong with the outcome of reading a mutated file: undefined where nothing is. */
export function complaint(
  mutation: Mutation,
  good: Snapshot,
  outcome: Snapshot | undefined,
): string | undefined {
  const { verdict } = mutation;
  if (!outcome) return verdict === "same" ? "was refused" : undefined;
  if (!outcome.positions.every(Number.isFinite)) return "gave positions that are not finite";
  if (verdict === "any") return undefined;
  if (verdict === "refused") return "was read";
  if (outcome.count !== good.count) return `gave ${outcome.count} particles`;
  const wrong = falsehoods(good, outcome);
  if (wrong.length > 0) return `gave other ${wrong.join(", ")}`;
  const off = outcome.positions.reduce((most, x, k) => Math.max(most, Math.abs(x - good.positions[k])), 0);
  const allowed = verdict === "nearly same or refused" ? 1e-5 : 0;
  return off > allowed ? `gave positions off by ${off}` : undefined;
}
