import { readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type Evaluation, readSnapshot, type Snapshot, SoftfieldError } from "softfield";
import { lammpsDataText } from "softfield/formats";
import { planar } from "softfield/internal";
import type { EngineRequest, OpenEngine } from "./kind.ts";
import { SpokenProgram } from "./process.ts";

/** The program, where it is not called lmp. */
const VARIABLE = "SOFTFIELD_LAMMPS";
const PROGRAM = "lmp";
const MISSING =
  `install LAMMPS (Debian, Ubuntu: apt install lammps), or say what starts it in the variable ${VARIABLE}, ` +
  `such as ${VARIABLE}="mpirun -n 4 lmp"`;
/** Commands that need a box; where a script makes none, the configuration is read before the first of them. */
const NEEDS_BOX =
  /^\s*(pair_coeff|mass|group|compute|fix|set|velocity|dump|run|minimize|delete_atoms|displace_atoms|bond_coeff|kspace_style|neigh_modify|write_data)\b/;
const MAKES_BOX = /^\s*(read_data|read_restart|create_box)\b/m;
/** Names of ours in LAMMPS. */
const [PE, CALL, DUMP] = ["softfield_pe", "softfield_call", "softfield_dump"];
/** Energies of atoms sum to that of all but for rounding. */
const SUM = 1e-8;

/**
 * LAMMPS as an engine: a process of its own that follows an input script and is then told positions and asked for energy
 * and forces, by lines through its standard input and dump files in a folder of its own. Its script sets up the potential;
 * what moves atoms in it is done once, before.
 */
export async function openLammps({
  model: script,
  snapshot: given,
  patience,
}: EngineRequest): Promise<OpenEngine> {
  const path = resolve(script);
  const text = readFileSync(path, "utf8");
  const words = [
    ...(process.env[VARIABLE] ?? PROGRAM).split(/\s+/).filter(Boolean),
    "-log",
    "none",
    "-nocite",
    "-echo",
    "none",
  ];
  const program = new SpokenProgram(words, {
    cwd: dirname(path),
    name: "softfield-lammps-",
    missing: MISSING,
  });
  try {
    const names = elementsOf(text);
    const lammps = new Lammps(program, patience * 1000, basename(script));
    lammps.follow(path, text, given, names);
    const start = await lammps.configuration(names);
    const placed = given === undefined ? start : matched(given, start, script);
    lammps.take(placed, start);
    const { energies } = await lammps.forces(placed.positions);
    return {
      engine: { name: `LAMMPS (${basename(script)})`, forces: (positions) => lammps.forces(positions) },
      snapshot: placed,
      warnings:
        energies === undefined
          ? [
              "energies of atoms (compute pe/atom) do not sum to the energy with this potential: there are no local thermal energies",
            ]
          : [],
      close: () => program.close(),
    };
  } catch (error) {
    program.close();
    throw error;
  }
}

/** The names behind the last pair_coeff * * of a script, as many-body potentials have them. */
function elementsOf(text: string): readonly string[] {
  const line = text
    .split("\n")
    .map((one) => one.replace(/#.*/, "").trim())
    .findLast((one) => /^pair_coeff\s+\*\s+\*\s/.test(one));
  const words = line?.split(/\s+/).slice(3) ?? [];
  let first = words.length;
  while (first > 0 && /^[A-Z][a-z]?$/.test(words[first - 1])) first--;
  return words.slice(first);
}

class Lammps {
  readonly #program: SpokenProgram;
  readonly #patience: number;
  readonly #script: string;
  /** What is to be said before the next call. */
  readonly #before: string[] = [];
  #call = 0;
  #snapshot: Snapshot | undefined;
  /** z of all atoms of a planar configuration. */
  #plane = 0;

  constructor(program: SpokenProgram, patience: number, script: string) {
    this.#program = program;
    this.#patience = patience;
    this.#script = script;
  }

  /** Has LAMMPS follow the script; one that makes no box is given the configuration where it needs one. */
  follow(path: string, text: string, given: Snapshot | undefined, names: readonly string[]): void {
    let file = path;
    if (!MAKES_BOX.test(text)) {
      if (given === undefined) {
        throw new SoftfieldError(
          "usage",
          `${path} makes no box (read_data, create_box): give a configuration as FILE`,
          { field: "file" },
        );
      }
      const lines = text.split("\n");
      const at = lines.findIndex((line) => NEEDS_BOX.test(line));
      const data = join(this.#program.folder, "given.data");
      const { species: _, ...rest } = given;
      writeFileSync(
        data,
        [...lammpsDataText({ ...rest, types: typesOf(given, names, path), columns: new Map() })].join(""),
      );
      lines.splice(at < 0 ? lines.length : at, 0, `read_data "${data}"`);
      file = join(this.#program.folder, "script.in");
      writeFileSync(file, lines.join("\n"));
    }
    this.#before.push(`include "${file}"`);
  }

  /** The configuration that LAMMPS has. */
  async configuration(names: readonly string[]): Promise<Snapshot> {
    const commands = [
      `compute ${PE} all pe/atom`,
      `variable ${CALL} equal 0`,
      `thermo_style custom step v_${CALL} pe`,
      "thermo_modify line one norm no flush yes format float %.17g",
    ];
    await this.#run(commands, "id type mass x y z");
    const source = `${this.#script} in LAMMPS`;
    const whole = readSnapshot(readFileSync(this.#path("out")), { source });
    // lines of that dump are nobody's
    const snapshot = { ...planar(whole), firstLine: undefined };
    this.#plane = snapshot.dimension === whole.dimension ? 0 : whole.positions[2];
    const { types } = snapshot;
    const most = types?.reduce((a, b) => Math.max(a, b), 0) ?? 0;
    if (types === undefined || names.length < most) return snapshot;
    return { ...snapshot, species: { names, index: types.map((type) => type - 1) } };
  }

  /** Gives LAMMPS the box of a configuration. */
  take(placed: Snapshot, now: Snapshot): void {
    this.#snapshot = placed;
    const [a, b] = [placed, now].map(({ box, origin }) => [...box.vectors, ...origin]);
    if (placed === now || a.every((x, k) => x === b[k])) return;
    const { box, origin, dimension: d } = placed;
    const edges = ["x", "y", "z"]
      .slice(0, d)
      .map((axis, k) => `${axis} final ${num(origin[k])} ${num(origin[k] + box.vectors[k * d + k])}`);
    const tilts = tiltsOf(placed);
    const leans = tilts.some((tilt) => tilt !== 0);
    const tilted = ["xy", "xz", "yz"]
      .slice(0, d === 3 ? 3 : 1)
      .map((name, k) => `${name} final ${num(tilts[k])}`);
    if (leans) this.#before.push("change_box all triclinic");
    this.#before.push(`change_box all ${[...edges, ...(leans ? tilted : [])].join(" ")} units box`);
  }

  async forces(positions: Float64Array): Promise<Evaluation> {
    const snapshot = this.#snapshot as Snapshot;
    writeFileSync(this.#path("in"), dumpText(snapshot, positions, this.#plane));
    const energy = await this.#run([`read_dump "${this.#path("in")}" 0 x y z box no`], `id fx fy fz c_${PE}`);
    return evaluationOf(readFileSync(this.#path("out"), "latin1"), snapshot, energy);
  }

  /** Computes once; energy. What is dumped is there when the line of the energy is. */
  async #run(before: readonly string[], columns: string): Promise<number> {
    const call = ++this.#call;
    const commands = [
      ...this.#before.splice(0),
      ...before,
      `variable ${CALL} equal ${call}`,
      `dump ${DUMP} all custom 1 "${this.#path("out")}" ${columns}`,
      `dump_modify ${DUMP} first yes sort id format float %.17g`,
      "run 0 post no",
      `undump ${DUMP}`,
    ];
    return await this.#program.ask(
      commands,
      (line) => {
        const [, told, energy] = /^\s*\d+\s+(\d+)\s+(\S+)\s*$/.exec(line) ?? [];
        return Number(told) === call ? Number(energy) : undefined;
      },
      this.#patience,
    );
  }

  #path(name: string): string {
    return join(this.#program.folder, `${name}.dump`);
  }
}

const num = (x: number) => x.toPrecision(17);

/** xy, xz, yz */
function tiltsOf({ box, dimension: d }: Snapshot): [number, number, number] {
  const { vectors: h } = box;
  return d === 3 ? [h[3], h[6], h[7]] : [h[2], 0, 0];
}

/** A dump of positions, three components each, in the box that LAMMPS has. */
function dumpText(
  { count, ids, dimension: d, box, origin }: Snapshot,
  positions: Float64Array,
  plane: number,
): string {
  const pieces = ["ITEM: TIMESTEP\n0\nITEM: NUMBER OF ATOMS\n", `${count}\nITEM: BOX BOUNDS pp pp pp\n`];
  for (let a = 0; a < 3; a++)
    pieces.push(a < d ? `${num(origin[a])} ${num(origin[a] + box.vectors[a * d + a])}\n` : "-0.5 0.5\n");
  pieces.push("ITEM: ATOMS id x y z\n");
  for (let p = 0; p < count; p++) {
    const [x, y] = [positions[p * d], positions[p * d + 1]];
    pieces.push(`${ids ? ids[p] : p + 1} ${x} ${y} ${d === 3 ? positions[p * d + 2] : plane}\n`);
  }
  return pieces.join("");
}

function evaluationOf(text: string, { count, dimension: d }: Snapshot, energy: number): Evaluation {
  const lines = text.slice(text.indexOf("ITEM: ATOMS")).split("\n");
  const forces = new Float64Array(count * d);
  const energies = new Float64Array(count);
  if (lines.length - 2 !== count)
    throw new SoftfieldError(
      "numerics",
      `LAMMPS has ${lines.length - 2} of ${count} atoms left: some were lost`,
    );
  let [sum, size] = [0, 0];
  for (let p = 0; p < count; p++) {
    const words = lines[p + 1].split(" ");
    for (let a = 0; a < d; a++) forces[p * d + a] = Number(words[a + 1]);
    energies[p] = Number(words[4]);
    sum += energies[p];
    size += Math.abs(energies[p]);
  }
  return Math.abs(sum - energy) <= SUM * (size + Math.abs(energy))
    ? { energy, forces, energies }
    : { energy, forces };
}

/** FILE in the place of what the script made: the same atoms, elsewhere. */
function matched(given: Snapshot, start: Snapshot, script: string): Snapshot {
  if (given.count !== start.count) {
    throw new SoftfieldError(
      "input",
      `${given.source} has ${given.count} particles, what ${script} makes ${start.count}: give the file that the script reads, or a script without read_data`,
      { file: given.source },
    );
  }
  const ids = given.ids ?? start.ids;
  const other = given.ids?.findIndex((id, p) => id !== start.ids?.[p]) ?? -1;
  if (other >= 0)
    throw new SoftfieldError(
      "input",
      `${given.source}: particle ${other} has id ${given.ids?.[other]}, in LAMMPS ${start.ids?.[other]}`,
      { file: given.source, particle: other },
    );
  const unlike = given.types?.findIndex((type, p) => type !== start.types?.[p]) ?? -1;
  if (unlike >= 0) {
    throw new SoftfieldError(
      "input",
      `${given.source}: particle ${unlike} is of type ${given.types?.[unlike]}, in LAMMPS of type ${start.types?.[unlike]}`,
      { file: given.source, particle: unlike },
    );
  }
  const species = start.species ?? given.species;
  return {
    ...given,
    ...(ids && { ids }),
    ...(start.types && { types: start.types }),
    ...(species && { species }),
  };
}

/** Types of a configuration that LAMMPS is to read: its own, or by the names of the last pair_coeff. */
function typesOf(
  { source, types, species, count }: Snapshot,
  names: readonly string[],
  script: string,
): Int32Array {
  if (species && names.length > 0) {
    const known = species.names.map((name) => names.indexOf(name) + 1);
    if (known.every((type) => type > 0)) return species.index.map((s) => known[s]);
  }
  if (types) return types;
  if (!species || species.names.length === 1) return new Int32Array(count).fill(1);
  throw new SoftfieldError(
    "input",
    `${source} names the species ${species.names.join(", ")}, the last pair_coeff * * of ${script} ${names.length > 0 ? names.join(", ") : "none"}: ` +
      "give numeric types, or the elements there",
    { file: source },
  );
}
