import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { minimizeBox, type PairModel, type System, shear } from "softfield";
import { describe, expect, test } from "vitest";
import { readReference } from "../packages/core/test/reference.ts";
import { needs, tool } from "../testing/needs.ts";
import { dataFile, tables } from "./lammps.ts";

/** Energy, box and stress that LAMMPS finds by `fix box/relax` and conjugate gradients; `before`: lines of its script. */
function relaxedByLammps(system: System, model: PairModel, relax: string, before: readonly string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), "softfield-loads-"));
  try {
    writeFileSync(join(folder, "in.data"), dataFile(system, model));
    const { text, coefficients } = tables(model);
    writeFileSync(join(folder, "table.txt"), text);
    const round = [`fix box all box/relax ${relax} vmax 1e-3`, "minimize 0 1e-11 20000 200000", "unfix box"];
    const lines = [
      ...["units lj", `dimension ${system.box.dimension}`, "boundary p p p", "atom_style atomic"],
      ...["read_data in.data", "pair_style table spline 100000", ...coefficients, "neighbor 0.3 bin"],
      ...["min_style cg", "min_modify line quadratic", "thermo_style custom pe lx ly lz pxx pyy pzz pxy"],
      ...["thermo_modify norm no", ...before, ...round, ...round, ...round, "run 0 post no"],
      ...["pe", "lx", "ly", "lz", "pxx", "pyy", "pzz"].map((name) => `variable ${name} equal ${name}`),
      'print "$(v_pe:%.15g) $(v_lx:%.15g) $(v_ly:%.15g) $(v_lz:%.15g) $(v_pxx:%.15g) $(v_pyy:%.15g) $(v_pzz:%.15g)" file found.txt screen no',
    ];
    writeFileSync(join(folder, "in.lmp"), `${lines.join("\n")}\n`);
    execFileSync(tool("lmp"), ["-in", "in.lmp", "-log", "none", "-screen", "none"], {
      cwd: folder,
      stdio: "pipe",
    });
    const [energy, lx, ly, lz, pxx, pyy, pzz] = readFileSync(join(folder, "found.txt"), "utf8")
      .trim()
      .split(" ")
      .map(Number);
    return { energy, edges: [lx, ly, lz], pressures: [pxx, pyy, pzz] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Free boxes and tension, by an independent code. */
describe("LAMMPS's fix box/relax agrees", needs("lmp"), () => {
  const { system, model } = readReference("3dkablj_400");

  test.each([
    ["isotropic", "iso 0.0"],
    ["orthogonal", "aniso 0.0"],
  ] as const)("the box of a Kob-Andersen glass at zero pressure, %s", (shape, relax) => {
    const own = minimizeBox(system, model, { pressure: 0, shape });
    expect(Math.abs(own.pressure)).toBeLessThan(1e-10);
    const theirs = relaxedByLammps(system, model, relax);
    const { vectors } = own.system.box;
    [0, 4, 8].forEach((k, a) => {
      expect(Math.abs(vectors[k] / theirs.edges[a] - 1)).toBeLessThan(1e-6);
    });
    expect(own.minimum.energy / theirs.energy).toBeCloseTo(1, 8);
  });

  test("the axial stress and the box of the same glass under tension by 0.001, free across", () => {
    const free = minimizeBox(system, model, { pressure: 0, shape: "orthogonal" }).system;
    const {
      path,
      system: end,
      events,
    } = shear(free, model, { kind: "tension", pressure: 0, maxStrain: 1e-3 });
    expect(events).toHaveLength(0);
    const theirs = relaxedByLammps(free, model, "y 0.0 z 0.0", ["change_box all x scale 1.001 remap"]);
    const { vectors } = end.box;
    [0, 4, 8].forEach((k, a) => {
      expect(Math.abs(vectors[k] / theirs.edges[a] - 1)).toBeLessThan(1e-6);
    });
    const last = path.at(-1)!;
    expect(Math.abs(last.stress / -theirs.pressures[0] - 1)).toBeLessThan(1e-4);
    expect(last.energy / theirs.energy).toBeCloseTo(1, 8);
  });
});
