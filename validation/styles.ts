import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { energy, findInteractions, gradient, type PairModel, type System, stress } from "softfield";
import { expect } from "vitest";
import { tool } from "../testing/needs.ts";

/** The largest magnitude. */
export const largest = (values: ArrayLike<number>) =>
  Array.from(values).reduce((most, v) => Math.max(most, Math.abs(v)), 0);

/** Energy, gradient (N×3) and stress of a configuration. */
export interface Answer {
  readonly energy: number;
  readonly gradient: Float64Array;
  readonly stress: Float64Array;
}

/** How LAMMPS is told of a potential, and what files it reads. */
export interface Style {
  readonly lines: readonly string[];
  readonly units?: "lj" | "metal";
  /** Of the atoms; 2 by default. */
  readonly types?: number;
  /** by type */
  readonly charges?: readonly number[];
  readonly files?: Readonly<Record<string, string>>;
}

/** Energy, gradient and stress by a pair style of LAMMPS, atoms with charges, of mass 1. */
export function askStyle(
  { box, positions, species, diameters, charges: own }: System,
  { lines, units = "lj", types = 2, charges = [0, 0], files = {} }: Style,
): Answer {
  const folder = mkdtempSync(join(tmpdir(), "softfield-forms-"));
  const h = box.vectors;
  const at = (p: number) => Array.from(positions.subarray(3 * p, 3 * p + 3)).join(" ");
  const data = [
    "softfield validation",
    "",
    `${species.length} atoms`,
    `${types} atom types`,
    `0 ${h[0]} xlo xhi`,
    `0 ${h[4]} ylo yhi`,
    `0 ${h[8]} zlo zhi`,
    `${h[3]} ${h[6]} ${h[7]} xy xz yz`,
    "",
    ...(diameters ? [] : ["Masses", "", ...Array.from({ length: types }, (_, t) => `${t + 1} 1`), ""]),
    diameters ? "Atoms # sphere" : "Atoms # charge",
    "",
    ...Array.from(
      species,
      (s, p) => `${p + 1} ${s + 1} ${diameters ? `${diameters[p]} 1` : (own?.[p] ?? charges[s])} ${at(p)}`,
    ),
    "",
  ];
  const commands = [
    `units ${units}`,
    `atom_style ${diameters ? "sphere" : "charge"}`,
    ...(diameters ? ["comm_modify vel yes"] : []),
    "boundary p p p",
    "box tilt large",
    "read_data in.data",
    ...lines,
    "compute p all pressure NULL virial",
    "thermo_style custom pe c_p[1] c_p[2] c_p[3] c_p[4] c_p[5] c_p[6]",
    "thermo_modify norm no",
    "variable u equal pe",
    ...[1, 2, 3, 4, 5, 6].map((k) => `variable p${k} equal c_p[${k}]`),
    "dump d all custom 1 forces.txt id fx fy fz",
    'dump_modify d sort id format line "%d %.17g %.17g %.17g"',
    "run 0",
    `print "$(v_u:%.17g)${[1, 2, 3, 4, 5, 6].map((k) => ` $(v_p${k}:%.17g)`).join("")}" file energy.txt`,
    "",
  ];
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, "in.data"), data.join("\n"));
    writeFileSync(join(folder, "in.lmp"), commands.join("\n"));
    execFileSync(tool("lmp"), ["-in", "in.lmp", "-log", "none", "-screen", "none"], {
      cwd: folder,
      stdio: "pipe",
    });
    const rows = readFileSync(join(folder, "forces.txt"), "utf8").trim().split("\n").slice(9);
    const [u, xx, yy, zz, xy, xz, yz] = readFileSync(join(folder, "energy.txt"), "utf8")
      .trim()
      .split(" ")
      .map(Number);
    // "metal" gives bar: 1.602176634e6 a unit of eV/Å³ in 2019's constants; LAMMPS has 1.6021765e6
    const unit = units === "metal" ? 1.6021765e6 : 1;
    return {
      energy: u,
      stress: Float64Array.of(xx, xy, xz, xy, yy, yz, xz, yz, zz).map((p) => -p / unit),
      gradient: Float64Array.from(
        rows.flatMap((row) =>
          row
            .split(" ")
            .slice(1, 4)
            .map((f) => -Number(f)),
        ),
      ),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same by softfield. */
export function own(system: System, model: PairModel): Answer {
  const interactions = findInteractions(system, model);
  return {
    energy: energy(interactions),
    gradient: gradient(interactions),
    stress: stress(interactions, system.box),
  };
}

/** Relative to the largest: to 1e-10, the stress to `stressWithin`. */
export function expectAlike(
  mine: Answer,
  theirs: Answer,
  only: readonly (keyof Answer)[] = ["energy", "gradient", "stress"],
  // LAMMPS's conversion to bar has seven digits, and ours is its own
  stressWithin = 1e-9,
): void {
  if (only.includes("energy")) expect(Math.abs(mine.energy / theirs.energy - 1)).toBeLessThan(1e-10);
  if (only.includes("gradient")) {
    expect(largest(mine.gradient.map((g, k) => g - theirs.gradient[k]))).toBeLessThan(
      1e-10 * largest(mine.gradient),
    );
  }
  if (only.includes("stress")) {
    expect(largest(mine.stress.map((s, k) => s - theirs.stress[k]))).toBeLessThan(
      stressWithin * largest(mine.stress),
    );
  }
}
