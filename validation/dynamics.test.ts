import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ForceField,
  initialConfiguration,
  MolecularDynamics,
  type PairModel,
  preset,
  volume,
} from "softfield";
import type { PaperModel } from "softfield/internal";
import { describe, expect, test } from "vitest";
import { needs, tool } from "../testing/needs.ts";
import { dataFile, tables } from "./lammps.ts";

const PARTICLES = 400;
const DT = 0.004;
const EQUILIBRATION = 5000;
const BLOCKS = 40;
const BLOCK_STEPS = 1000;
const SAMPLE_EVERY = 20;
const TABLE_ROWS = 20_000;

/** Potential energy a particle and pressure, with standard errors over blocks. */
interface State {
  readonly energy: readonly [number, number];
  readonly pressure: readonly [number, number];
}

function meanAndError(blocks: readonly number[]): [number, number] {
  const n = blocks.length;
  const mean = blocks.reduce((sum, x) => sum + x, 0) / n;
  const variance = blocks.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1);
  return [mean, Math.sqrt(variance / n)];
}

function blockMeans(samples: readonly number[]): number[] {
  const size = BLOCK_STEPS / SAMPLE_EVERY;
  return Array.from(
    { length: BLOCKS },
    (_, b) => samples.slice(b * size, (b + 1) * size).reduce((sum, x) => sum + x, 0) / size,
  );
}

function liquid(name: PaperModel, seed: number): MolecularDynamics {
  const model = preset(name);
  const field = ForceField.create(initialConfiguration(model, PARTICLES, seed), model);
  const dynamics = new MolecularDynamics(field, { dt: DT, seed });
  dynamics.drawVelocities(1);
  dynamics.run({ steps: EQUILIBRATION, thermostat: { kind: "rescaling", temperature: 1, relaxation: 0.2 } });
  return dynamics;
}

function own(name: PaperModel): State {
  const dynamics = liquid(name, 1);
  const { field } = dynamics;
  const d = field.dimension;
  const energies: number[] = [];
  const pressures: number[] = [];
  for (let k = 0; k < (BLOCKS * BLOCK_STEPS) / SAMPLE_EVERY; k++) {
    dynamics.run({ steps: SAMPLE_EVERY, thermostat: { kind: "rescaling", temperature: 1, relaxation: 0.2 } });
    energies.push(field.energy / PARTICLES);
    const sigma = field.stress();
    let trace = 0;
    for (let a = 0; a < d; a++) trace += sigma[a * d + a];
    pressures.push((2 * dynamics.kineticEnergy) / (d * volume(field.box)) - trace / d);
  }
  return { energy: meanAndError(blockMeans(energies)), pressure: meanAndError(blockMeans(pressures)) };
}

/** The same liquid, begun elsewhere, by LAMMPS with the potential as a table and a Langevin thermostat. */
function theirs(name: PaperModel): State {
  const { field } = liquid(name, 2);
  const { model } = field;
  const system = field.system();
  const d = field.dimension;
  const positions = system.positions.map((x, k) => x - field.origin[k % d]);
  const folder = mkdtempSync(join(tmpdir(), "softfield-liquid-"));
  try {
    const { text, coefficients } = tables(model, TABLE_ROWS);
    writeFileSync(join(folder, "in.data"), dataFile({ ...system, positions }, model));
    writeFileSync(join(folder, "table.txt"), text);
    writeFileSync(join(folder, "in.lmp"), script(model, coefficients));
    execFileSync(tool("lmp"), ["-in", "in.lmp", "-log", "none", "-screen", "none"], { cwd: folder });
    const rows = readFileSync(join(folder, "state.txt"), "utf8")
      .split("\n")
      .filter((row) => row !== "" && !row.startsWith("#"))
      .map((row) => row.split(" ").map(Number) as [number, number, number])
      .filter(([step]) => step > EQUILIBRATION);
    return {
      energy: meanAndError(blockMeans(rows.map(([, u]) => u / PARTICLES))),
      pressure: meanAndError(blockMeans(rows.map(([, , p]) => p))),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function script(model: PairModel, coefficients: readonly string[]): string {
  const flat = model.dimension === 2;
  return [
    "units lj",
    `dimension ${flat ? 2 : 3}`,
    "atom_style atomic",
    "read_data in.data",
    `pair_style table spline ${TABLE_ROWS}`,
    ...coefficients,
    "neighbor 0.3 bin",
    "neigh_modify delay 0 every 1 check yes",
    "velocity all create 1.0 4711 mom yes",
    "fix move all nve",
    "fix heat all langevin 1.0 1.0 1.0 4711 zero yes",
    ...(flat ? ["fix plane all enforce2d"] : []),
    `timestep ${DT}`,
    "thermo_modify norm no",
    "variable U equal pe",
    "variable P equal press",
    `fix out all ave/time ${SAMPLE_EVERY} 1 ${SAMPLE_EVERY} v_U v_P file state.txt format " %.10g"`,
    `run ${EQUILIBRATION + BLOCKS * BLOCK_STEPS}`,
    "",
  ].join("\n");
}

describe("the liquid at T = 1, against LAMMPS", needs("lmp"), () => {
  test.each(["2dipl", "3dipl", "3dkablj"] as const)(
    "%s: energy and pressure within 4 standard errors",
    (name) => {
      const [a, b] = [own(name), theirs(name)];
      for (const quantity of ["energy", "pressure"] as const) {
        const [mean, error] = a[quantity];
        const [other, otherError] = b[quantity];
        expect(Math.abs(mean - other) / Math.hypot(error, otherError)).toBeLessThan(4);
        expect(Math.hypot(error, otherError) / Math.abs(mean)).toBeLessThan(0.01);
      }
    },
  );
});
