import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ForceField,
  MolecularDynamics,
  makeGlass,
  minimumOf,
  normalModes,
  type PairModel,
  parseModel,
  readSnapshot,
  type System,
  toSystem,
} from "softfield";
import { extxyzText, frameOfSystem, lammpsDataText } from "softfield/formats";
import { modelUnits } from "softfield/internal";
import { describe, expect, test } from "vitest";
import { needs, tool } from "../testing/needs.ts";

const lj = {
  name: "two-masses",
  dimension: 3,
  species: ["A", "B"],
  form: "lennard-jones",
  epsilon: [[1, 1.5], [0.5]],
  lambda: [[1, 0.8], [0.88]],
  cutoff: 2.5,
  smoothing: "none",
  glass: {
    density: 1.2,
    fractions: [0.8, 0.2],
    liquidTemperature: 1,
    annealTemperature: 0.4,
    glassTransition: 0.43,
    annealTime: 4,
  },
};
const masses = { A: 1, B: 7.5 };
const reduced = parseModel({ ...lj, masses });
const metal = parseModel({ ...lj, units: "metal", masses: { A: 28.085, B: 15.999 } });
const { system } = makeGlass({ model: reduced, particles: 300, seed: 2, protocol: { liquidTime: 2 } });

/** Runs `lmp` on a configuration with the pairs of the model above. */
function runLammps(commands: readonly string[], data: string, read: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "softfield-masses-"));
  try {
    writeFileSync(join(folder, "in.data"), data);
    writeFileSync(join(folder, "in.lmp"), `${commands.join("\n")}\n`);
    execFileSync(tool("lmp"), ["-in", "in.lmp", "-log", "none", "-screen", "none"], {
      cwd: folder,
      stdio: "pipe",
    });
    return read.map((name) => readFileSync(join(folder, name), "utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const head = (units: string) => [
  `units ${units}`,
  "boundary p p p",
  "read_data in.data",
  "pair_style lj/cut 2.5",
  "pair_coeff 1 1 1 1 2.5",
  "pair_coeff 1 2 1.5 0.8 2",
  "pair_coeff 2 2 0.5 0.88 2.2",
];

/** Our own data file, masses of the model in it. */
function dataOf(at: System, model: PairModel, velocities?: Float64Array): string {
  return [
    ...lammpsDataText(frameOfSystem(at, model, velocities ? { columns: { velocity: velocities } } : {})),
  ].join("");
}

const columnsOf = (dump: string) =>
  Float64Array.from(
    dump
      .trim()
      .split("\n")
      .slice(9)
      .flatMap((line) => line.trim().split(/\s+/).slice(1).map(Number)),
  );

describe("LAMMPS agrees on masses", needs("lmp"), () => {
  test.each([
    // LAMMPS's own constants of units metal are those of 1998: 1e-7.
    ["lj", reduced, 0.002, 0.5, 1e-9],
    ["metal", metal, 0.01, 0.5, 1e-5],
  ] as const)("NVE in units %s: 200 steps", (units, model, dt, temperature, allowed) => {
    const md = new MolecularDynamics(ForceField.create(system, model), { dt, seed: 4 });
    md.drawVelocities(temperature);
    const start = md.field.positions();
    const { seconds } = modelUnits(model);
    // ps a unit of time
    const unit = seconds === undefined ? 1 : seconds * 1e12;
    const data = dataOf(
      { ...system, positions: start },
      model,
      md.velocities().map((v) => v / unit),
    );
    const [dump] = runLammps(
      [
        ...head(units),
        `timestep ${dt * unit}`,
        "fix n all nve",
        "dump d all custom 200 end.txt id xu yu zu",
        'dump_modify d sort id first no format line "%d %.17g %.17g %.17g"',
        "run 200",
      ],
      data,
      ["end.txt"],
    );
    md.run({ steps: 200, thermostat: { kind: "none" } });
    const own = md.field.positions();
    const found = columnsOf(dump.slice(dump.lastIndexOf("ITEM: TIMESTEP")));
    let moved = 0;
    let off = 0;
    own.forEach((x, k) => {
      moved = Math.max(moved, Math.abs(x - start[k]));
      off = Math.max(off, Math.abs(x - found[k]));
    });
    expect(moved).toBeGreaterThan(0.1);
    expect(off / moved).toBeLessThan(allowed);
  });

  test("frequencies: forces along u = Ψ/√m are −ω² m u", () => {
    const minimum = minimumOf(system, reduced);
    const { vectors, squares, masses: own } = normalModes(minimum, { count: 4 });
    const n = system.positions.length;
    for (let k = 0; k < 4; k++) {
      const u = vectors.slice(k * n, (k + 1) * n).map((x, i) => x / Math.sqrt(own![Math.floor(i / 3)]));
      const forces = [1e-4, -1e-4].map((h) => {
        const positions = minimum.system.positions.map((x, i) => x + h * u[i]);
        const [dump] = runLammps(
          [
            ...head("lj"),
            "dump d all custom 1 f.txt id fx fy fz",
            'dump_modify d sort id format line "%d %.17g %.17g %.17g"',
            "run 0",
          ],
          dataOf({ ...minimum.system, positions }, reduced),
          ["f.txt"],
        );
        return columnsOf(dump);
      });
      u.forEach((x, i) => {
        const force = (forces[0][i] - forces[1][i]) / 2e-4;
        expect(Math.abs(force + squares[k] * own![Math.floor(i / 3)] * x)).toBeLessThan(1e-5);
      });
    }
  });
});

test("masses come from the files that tell them: LAMMPS data, dump, extended XYZ", () => {
  const plain = parseModel(lj);
  const text = dataOf(system, reduced);
  expect(text).toContain("1 1 # A\n2 7.5 # B");
  const place = (source: string, content: string) =>
    toSystem(readSnapshot(content, { source }), plain).system.masses;
  const wanted = Float64Array.from(system.species, (s) => (s === 0 ? 1 : 7.5));
  expect(place("glass.data", text)).toEqual(wanted);
  const xyz = [...extxyzText(frameOfSystem({ ...system, masses: wanted }, plain))].join("");
  expect(place("glass.extxyz", xyz)).toEqual(wanted);
  expect(place("glass.extxyz", xyz.replace("mass:R:1", "masses:R:1"))).toEqual(wanted);
});
