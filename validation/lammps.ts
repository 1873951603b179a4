import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evaluatePairs, type PairModel, pairCutoff, type System } from "softfield";
import { tool } from "../testing/needs.ts";

/** Rows of the tabulated potential: cubic splines on this many points leave an error below 1e-11. */
const TABLE_ROWS = 100_000;

/** The parameters of sw-silicon as pair_style sw reads them, in reduced units. */
export const SILICON = "Si Si Si 1 1 1.8 21 1.2 -0.3333333333333333333 7.049556277 0.6022245584 4 0 0\n";

/** What LAMMPS says of a configuration. */
export interface LammpsAnswer {
  /** potential energy, unit ε */
  readonly energy: number;
  /** N×d, −∂U/∂x */
  readonly forces: Float64Array;
  /** rows asked for: particle·d + component → N×d, −∂f/∂x by central difference of LAMMPS's forces */
  readonly hessianRows: ReadonlyMap<number, Float64Array>;
}

/** Step of the difference quotient of forces: its error is ∝ h². Debian's LAMMPS comes without dynamical_matrix. */
const STEP = 1e-4;

/** Runs `lmp` on a system with the model as a pair_style table; all species of mass 1. */
export function askLammps(
  system: System,
  model: PairModel,
  hessianRows: readonly number[] = [],
): LammpsAnswer {
  const folder = mkdtempSync(join(tmpdir(), "softfield-lammps-"));
  try {
    writeFileSync(join(folder, "in.data"), dataFile(system, model));
    const { text, coefficients } = tables(model);
    writeFileSync(join(folder, "table.txt"), text);
    writeFileSync(join(folder, "in.lmp"), script(system, coefficients, hessianRows));
    execFileSync(tool("lmp"), ["-in", "in.lmp", "-log", "none", "-screen", "none"], {
      cwd: folder,
      stdio: "pipe",
    });
    const forces = readForces(join(folder, "forces.txt"), system);
    const rows = hessianRows.map((k): [number, Float64Array] => {
      const up = readForces(join(folder, `up${k}.txt`), system);
      const down = readForces(join(folder, `down${k}.txt`), system);
      return [k, up.map((f, l) => (down[l] - f) / (2 * STEP))];
    });
    return {
      energy: Number(readFileSync(join(folder, "energy.txt"), "utf8")),
      forces,
      hessianRows: new Map(rows),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A LAMMPS data file; velocities: N×d, zero by default. */
export function dataFile(
  { box, positions, species }: System,
  model: PairModel,
  velocities?: Float64Array,
): string {
  const d = box.dimension;
  const h = box.vectors;
  const n = species.length;
  const [lx, ly, lz] = d === 2 ? [h[0], h[3], 1] : [h[0], h[4], h[8]];
  const [xy, xz, yz] = d === 2 ? [h[2], 0, 0] : [h[3], h[6], h[7]];
  const spatial = (values: Float64Array, p: number) =>
    Array.from({ length: 3 }, (_, c) => (c < d ? values[p * d + c] : 0)).join(" ");
  const atoms = Array.from(species, (s, p) => `${p + 1} ${s + 1} ${spatial(positions, p)}`);
  const moving = velocities
    ? ["Velocities", "", ...Array.from(species, (_, p) => `${p + 1} ${spatial(velocities, p)}`), ""]
    : [];
  return [
    "softfield validation",
    "",
    `${n} atoms`,
    `${model.species.length} atom types`,
    `0 ${lx} xlo xhi`,
    `0 ${ly} ylo yhi`,
    `${d === 2 ? -0.5 : 0} ${d === 2 ? 0.5 : lz} zlo zhi`,
    ...([xy, xz, yz].some((tilt) => tilt !== 0) ? [`${xy} ${xz} ${yz} xy xz yz`] : []),
    "",
    "Masses",
    "",
    ...model.species.map((_, k) => `${k + 1} 1`),
    "",
    "Atoms # atomic",
    "",
    ...atoms,
    "",
    ...moving,
  ].join("\n");
}

/** φ and −φ′ of every pair of species on a grid uniform in r², which is what LAMMPS interpolates on. */
export function tables(model: PairModel, rows = TABLE_ROWS): { text: string; coefficients: string[] } {
  const blocks: string[] = [];
  const coefficients: string[] = [];
  for (let s = 0; s < model.species.length; s++) {
    for (let t = s; t < model.species.length; t++) {
      const cutoff = pairCutoff(model, s, t);
      const lowest = 0.3 * cutoff;
      const r = Float64Array.from({ length: rows }, (_, k) =>
        Math.sqrt(lowest ** 2 + ((cutoff ** 2 - lowest ** 2) * k) / (rows - 1)),
      );
      const zeros = () => new Float64Array(rows);
      const batch = {
        i: new Int32Array(rows),
        j: new Int32Array(rows).fill(1),
        r,
        phi0: zeros(),
        phi1: zeros(),
        phi2: zeros(),
        phi3: zeros(),
      };
      evaluatePairs(model, { species: Int32Array.of(s, t) }, batch);
      const lines = Array.from(r, (_, k) => `${k + 1} ${r[k]} ${batch.phi0[k]} ${-batch.phi1[k]}`);
      blocks.push(`PAIR_${s}_${t}\nN ${rows} RSQ ${lowest} ${cutoff}\n\n${lines.join("\n")}\n`);
      coefficients.push(`pair_coeff ${s + 1} ${t + 1} table.txt PAIR_${s}_${t} ${cutoff}`);
    }
  }
  return { text: blocks.join("\n"), coefficients };
}

function script({ box }: System, coefficients: readonly string[], hessianRows: readonly number[]): string {
  const d = box.dimension;
  const dump = (name: string) =>
    `write_dump all custom ${name}.txt id fx fy fz modify sort id format float %.17g`;
  const move = (k: number, steps: number) => {
    const by = [0, 0, 0].map((_, c) => (c === k % d ? steps * STEP : 0));
    return `displace_atoms moved move ${by.join(" ")} units box`;
  };
  const differences = hessianRows.flatMap((k) => [
    `group moved id ${Math.floor(k / d) + 1}`,
    move(k, 1),
    "run 0 post no",
    dump(`up${k}`),
    move(k, -2),
    "run 0 post no",
    dump(`down${k}`),
    move(k, 1),
    "group moved delete",
  ]);
  return [
    "units lj",
    `dimension ${d}`,
    "boundary p p p",
    "atom_style atomic",
    "atom_modify map array",
    "box tilt large",
    "read_data in.data",
    `pair_style table spline ${TABLE_ROWS}`,
    ...coefficients,
    "neighbor 0.3 bin",
    "thermo_style custom pe",
    "thermo_modify norm no",
    "run 0 post no",
    "variable U equal pe",
    'print "$(v_U:%.17g)" file energy.txt screen no',
    dump("forces"),
    ...differences,
    "",
  ].join("\n");
}

function readForces(file: string, { box, species }: System): Float64Array {
  const rows = readFileSync(file, "utf8").trim().split("\n").slice(-species.length);
  return Float64Array.from(
    rows.flatMap((row) =>
      row
        .split(" ")
        .slice(1, 1 + box.dimension)
        .map(Number),
    ),
  );
}
