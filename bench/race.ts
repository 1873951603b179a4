// NVE runs against LAMMPS: whole-process CPU from the same state, with the same time step and pairs, in turn.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ForceField, type MolecularDynamics, modelToJson } from "softfield";
import { findTool, TOOLS } from "../scripts/tools.mjs";
import { dataFile } from "../validation/lammps.ts";
import { type Measurement, report, summarise } from "./harness.ts";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const here = dirname(fileURLToPath(import.meta.url));
/** The program, where it is installed. */
export const lammps = findTool(TOOLS.lmp);
/** Of masses in LAMMPS's metal units, so that its picosecond is softfield's √(u Å²/eV). */
const METAL_MASS = 9648.5328;

/** How LAMMPS is told of the same potential. */
export interface Peer {
  readonly name: string;
  readonly lines: readonly string[];
  readonly units?: "lj" | "metal";
  /** Atoms have diameters. */
  readonly sphere?: boolean;
  readonly skin?: number;
  readonly files?: Readonly<Record<string, string>>;
}

/** Reports the time of both and their ratios, pair by pair of turns. */
export function race(
  { bench, name, steps, dt }: { bench: string; name: string; steps: number; dt: number },
  dynamics: MolecularDynamics,
  peers: readonly Peer[],
): void {
  const folder = mkdtempSync(join(tmpdir(), "softfield-bench-"));
  try {
    const { field } = dynamics;
    for (const [k, peer] of peers.entries()) {
      writeFileSync(join(folder, `in${k}.data`), dataOf(dynamics, peer));
      for (const [file, text] of Object.entries(peer.files ?? {})) writeFileSync(join(folder, file), text);
      writeFileSync(join(folder, `in${k}.lmp`), script(k, peer, field, steps, dt));
    }
    writeState(join(folder, "state.json"), dynamics, steps, dt);
    const own = ["node", "--conditions=softfield-source", join(here, "md-run.ts"), "state.json"];
    const mine: number[] = [];
    const theirs = peers.map((): number[] => []);
    for (let round = 0; round < ROUNDS; round++) {
      mine.push(processorSeconds([process.execPath, ...own.slice(1)], folder));
      for (const [k] of peers.entries())
        theirs[k].push(
          processorSeconds([lammps!, "-in", `in${k}.lmp`, "-log", "none", "-screen", "none"], folder),
        );
    }
    const ratios = peers.map((peer, k): [string, number] => [
      `of LAMMPS ${peer.name}`,
      summarise(mine.map((t, round) => t / theirs[k][round])).median,
    ]);
    const row = (what: string, seconds: number[], notes: Measurement["notes"] = {}) =>
      report({
        bench,
        case: `NVE process CPU ${name} N=${field.count} ${what}`,
        ...summarise(seconds),
        notes: { steps, ...notes },
      });
    row("softfield", mine, Object.fromEntries(ratios));
    for (const [k, peer] of peers.entries()) row(`LAMMPS ${peer.name}`, theirs[k]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeState(path: string, dynamics: MolecularDynamics, steps: number, dt: number): void {
  const { field } = dynamics;
  const { box, species, diameters } = field.system();
  const state = {
    model: modelToJson(field.model),
    steps,
    dt,
    vectors: [...box.vectors],
    positions: [...field.wrappedPositions()],
    species: [...species],
    ...(diameters && { diameters: [...diameters] }),
    velocities: [...dynamics.velocities()],
  };
  writeFileSync(path, JSON.stringify(state));
}

function dataOf(dynamics: MolecularDynamics, { sphere }: Peer): string {
  const { field } = dynamics;
  const text = dataFile(shifted(field), field.model, dynamics.velocities());
  if (!sphere) return text;
  // of mass 1: the density of a sphere of that diameter
  const { diameters } = field.system();
  const [head, body] = text.split("Atoms # atomic\n\n");
  const [atoms, velocities] = body.split("\n\nVelocities\n\n");
  const spheres = atoms.split("\n").map((line, p) => {
    const [id, type, ...place] = line.split(" ");
    const sigma = diameters ? diameters[p] : 1;
    return [id, type, sigma, 6 / (Math.PI * sigma ** 3), ...place].join(" ");
  });
  const turning = velocities
    .trim()
    .split("\n")
    .map((line) => `${line} 0 0 0`);
  const masses = head.indexOf("Masses");
  return `${head.slice(0, masses)}Atoms # sphere\n\n${spheres.join("\n")}\n\nVelocities\n\n${turning.join("\n")}\n`;
}

/** Positions from 0 to L, as the data file's box has them. */
function shifted(field: ForceField) {
  const system = field.system();
  const d = field.dimension;
  return { ...system, positions: system.positions.map((x, k) => x - field.origin[k % d]) };
}

/** User and system seconds of a command, as the shell that waits for it counts them. */
function processorSeconds(command: readonly string[], folder: string): number {
  const text = execFileSync("sh", ["-c", '"$0" "$@" >/dev/null && times', ...command], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const children = text.trim().split("\n")[1];
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds),
    0,
  );
}

function script(
  k: number,
  { lines, units = "lj", sphere, skin = 0.35 }: Peer,
  field: ForceField,
  steps: number,
  dt: number,
): string {
  const flat = field.dimension === 2;
  return [
    `units ${units}`,
    `dimension ${flat ? 2 : 3}`,
    "boundary p p p",
    `atom_style ${sphere ? "sphere" : "atomic"}`,
    ...(sphere ? ["comm_modify vel yes"] : []),
    `read_data in${k}.data`,
    ...lines,
    // after the styles, since files of embedded atoms have masses
    ...(units === "metal"
      ? field.model.species.map((_, s) => `mass ${s + 1} ${METAL_MASS * (field.model.masses?.[s] ?? 1)}`)
      : []),
    `neighbor ${skin} bin`,
    "neigh_modify delay 0 every 1 check yes",
    "fix dynamics all nve",
    ...(flat ? ["fix plane all enforce2d"] : []),
    `timestep ${dt}`,
    `thermo ${steps}`,
    `run ${steps}`,
    "",
  ].join("\n");
}
