import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tool } from "../../../../testing/needs.ts";
import { type ScriptCase, scriptText } from "./case.ts";

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

/** A case and the data file of one of its configurations. */
export interface ScriptQuestion {
  readonly one: ScriptCase;
  readonly data: string;
}

/** Runs each case's own script on its data file; one process for all, since LAMMPS is slow to start. */
export function askScripts(questions: readonly ScriptQuestion[]): ScriptAnswer[] {
  const folder = mkdtempSync(join(tmpdir(), "softfield-script-"));
  const place = (k: number) => join(folder, `question${k}`);
  try {
    questions.forEach(({ one, data }, k) => {
      mkdirSync(place(k));
      const files = { ...one.files, "start.data": data, "in.lmp": scriptText(one) + MEASURE };
      for (const [name, text] of Object.entries(files)) writeFileSync(join(place(k), name), text);
    });
    const turns = questions.map((_, k) => `shell cd ${place(k)}\ninclude in.lmp\nclear\n`);
    writeFileSync(join(folder, "all.lmp"), turns.join(""));
    const args = ["-in", join(folder, "all.lmp"), "-log", join(folder, "log"), "-screen", "none"];
    const { status } = spawnSync(tool("lmp"), args);
    if (status !== 0)
      throw new Error(
        `LAMMPS ended with ${status}: ${readFileSync(join(folder, "log"), "utf8").slice(-2000)}`,
      );
    return questions.map(({ one }, k) => answerIn(place(k), one));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function answerIn(place: string, { units = "lj" }: ScriptCase): ScriptAnswer {
  const read = (name: string) => readFileSync(join(place, name), "utf8").trim();
  const [energy, ...pressure] = read("energy.txt").split(" ").map(Number);
  const rows = read("forces.txt").split("\n").slice(9);
  return {
    energy,
    stress: pressure.map((p) => -p / PRESSURE[units]),
    forces: Float64Array.from(rows.flatMap((row) => row.split(" ").slice(1, 4).map(Number))),
  };
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
