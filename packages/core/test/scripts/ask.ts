import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tool } from "../../../../testing/needs.ts";
import { type ScriptCase, scriptText } from "./cases.ts";

/** What LAMMPS says of a configuration under a script. */
export interface ScriptAnswer {
  readonly energy: number;
  /** xx, yy, zz, xy, xz, yz, in the units of energy and length. */
  readonly stress: readonly number[];
  /** 3N */
  readonly forces: Float64Array;
}

/** atm and bar in LAMMPS's units of energy density: nktv2p. */
const PRESSURE = { lj: 1, metal: 1.6021765e6, real: 68568.415 };

/** Runs a case's own script on each of some data files. */
export function askScript(one: ScriptCase, data: readonly string[]): ScriptAnswer[] {
  const folder = mkdtempSync(join(tmpdir(), "softfield-script-"));
  try {
    for (const [name, text] of Object.entries(one.files ?? {})) writeFileSync(join(folder, name), text);
    return data.map((text) => {
      writeFileSync(join(folder, "start.data"), text);
      writeFileSync(join(folder, "in.lmp"), scriptText(one) + MEASURE);
      execFileSync(tool("lmp"), ["-in", "in.lmp", "-log", "none", "-screen", "none"], {
        cwd: folder,
        stdio: "pipe",
      });
      const rows = readFileSync(join(folder, "forces.txt"), "utf8").trim().split("\n").slice(9);
      const [energy, ...pressure] = readFileSync(join(folder, "energy.txt"), "utf8")
        .trim()
        .split(" ")
        .map(Number);
      return {
        energy,
        stress: pressure.map((p) => -p / PRESSURE[one.units ?? "lj"]),
        forces: Float64Array.from(rows.flatMap((row) => row.split(" ").slice(1, 4).map(Number))),
      };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const MEASURE = `
compute softfieldP all pressure NULL virial
thermo_style custom pe c_softfieldP[1] c_softfieldP[2] c_softfieldP[3] c_softfieldP[4] c_softfieldP[5] c_softfieldP[6]
thermo_modify norm no
dump softfieldD all custom 1 forces.txt id fx fy fz
dump_modify softfieldD sort id format line "%d %.17g %.17g %.17g"
run 0
print "$(pe:%.17g)${[1, 2, 3, 4, 5, 6].map((k) => ` $(c_softfieldP[${k}]:%.17g)`).join("")}" file energy.txt
`;
