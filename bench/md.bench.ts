// Molecular dynamics against LAMMPS: whole-process CPU of an NVE run at the same N, density, time step and pairs,
// from the same state, in turn. Also the kernels by themselves.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  ForceField,
  initialConfiguration,
  MolecularDynamics,
  type PairModel,
  pairCutoff,
  pairsOf,
  preset,
} from "softfield";
import type { PresetName } from "softfield/internal";
import { findTool, TOOLS } from "../scripts/tools.mjs";
import { dataFile, tables } from "../validation/lammps.ts";
import { type Measurement, report, summarise, time } from "./harness.ts";

const DT = 0.005;
const STEPS = 5000;
const ROUNDS = 5;
const TABLE_ROWS = 5000;
const lammps = findTool(TOOLS.lmp);
const here = dirname(fileURLToPath(import.meta.url));

for (const [name, particles] of [
  ["2dipl", 10_000],
  ["3dipl", 2000],
  ["3dkablj", 2000],
] as const) {
  const dynamics = coldLiquid(name, particles);
  kernels(name, dynamics);
  if (lammps) race(name, dynamics);
}

/** A liquid at 1, then at the anneal temperature: a few τ₀ each. */
function coldLiquid(name: PresetName, particles: number): MolecularDynamics {
  const model = preset(name);
  const field = ForceField.create(initialConfiguration(model, particles, 1), model);
  const dynamics = new MolecularDynamics(field, { dt: DT, seed: 1 });
  dynamics.drawVelocities(1);
  dynamics.run(2000, { kind: "rescaling", temperature: 1, relaxation: 0.2 });
  dynamics.run(4000, { kind: "rescaling", temperature: model.glass!.annealTemperature, relaxation: 0.2 });
  return dynamics;
}

function kernels(name: PresetName, { field }: MolecularDynamics): void {
  const pairs = pairsOf(field.interactions()).count;
  const measured = (what: string, work: () => void) => {
    const times = time(work, { warmup: 100, runs: 201 });
    report({ bench: "md", case: `${what} ${name} N=${field.count}`, ...times, notes: { pairs } });
  };
  measured("force", () => {
    field.moved(0);
    field.evaluateGradient();
  });
  measured("force, energy, stress", () => {
    field.moved(0);
    field.evaluate();
  });
  measured("neighbour list", () => field.rebuild({ reorder: true }));
}

/** Whole processes by turns; ratios pair by pair. */
function race(name: PresetName, dynamics: MolecularDynamics): void {
  const folder = mkdtempSync(join(tmpdir(), "softfield-bench-"));
  try {
    const { field } = dynamics;
    const { model } = field;
    writeFileSync(join(folder, "in.data"), dataFile(shifted(field), model, dynamics.velocities()));
    writeFileSync(join(folder, "table.txt"), tables(model, TABLE_ROWS).text);
    writeFileSync(join(folder, "table.lmp"), script(model, tableStyle(model)));
    writeFileSync(join(folder, "ljcut.lmp"), script(model, ljCutStyle(model)));
    const state = JSON.stringify({
      name,
      steps: STEPS,
      dt: DT,
      vectors: [...field.box.vectors],
      positions: [...field.wrappedPositions()],
      species: [...field.system().species],
      velocities: [...dynamics.velocities()],
    });
    writeFileSync(join(folder, "state.json"), state);
    const own = ["node", "--conditions=softfield-source", join(here, "md-run.ts"), "state.json"];
    const peer = (file: string) => [lammps!, "-in", file, "-log", "none", "-screen", "none"];
    const times = { own: [] as number[], table: [] as number[], ljcut: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      times.own.push(processorSeconds(own, folder));
      times.table.push(processorSeconds(peer("table.lmp"), folder));
      times.ljcut.push(processorSeconds(peer("ljcut.lmp"), folder));
    }
    const ratio = (peerTimes: number[]) => summarise(times.own.map((t, k) => t / peerTimes[k])).median;
    const shared = { bench: "md", notes: { steps: STEPS } };
    const row = (what: string, seconds: number[], notes: Measurement["notes"] = {}) =>
      report({
        ...shared,
        case: `NVE process CPU ${name} N=${field.count} ${what}`,
        ...summarise(seconds),
        notes: { ...shared.notes, ...notes },
      });
    row("softfield", times.own, {
      "of LAMMPS table": ratio(times.table),
      "of LAMMPS lj/cut": ratio(times.ljcut),
    });
    row("LAMMPS table", times.table);
    row("LAMMPS lj/cut", times.ljcut);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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

function tableStyle(model: PairModel): string[] {
  return [`pair_style table linear ${TABLE_ROWS}`, ...tables(model, TABLE_ROWS).coefficients];
}

/** Lennard-Jones with the cutoffs of the model: as many pairs, a simpler force. */
function ljCutStyle(model: PairModel): string[] {
  const lines = ["pair_style lj/cut 2.5"];
  for (let s = 0; s < model.species.length; s++) {
    for (let t = s; t < model.species.length; t++) {
      const cutoff = pairCutoff(model, s, t);
      lines.push(
        `pair_coeff ${s + 1} ${t + 1} 1 ${cutoff / (model.name === "3dkablj" ? 2.5 : 1.48)} ${cutoff}`,
      );
    }
  }
  return lines;
}

function script(model: PairModel, pairs: readonly string[]): string {
  const flat = model.dimension === 2;
  return [
    "units lj",
    `dimension ${flat ? 2 : 3}`,
    "boundary p p p",
    "atom_style atomic",
    "read_data in.data",
    ...pairs,
    "neighbor 0.35 bin",
    "neigh_modify delay 0 every 1 check yes",
    "fix dynamics all nve",
    ...(flat ? ["fix plane all enforce2d"] : []),
    `timestep ${DT}`,
    `thermo ${STEPS}`,
    `run ${STEPS}`,
    "",
  ].join("\n");
}
