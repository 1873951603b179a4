// Molecular dynamics against LAMMPS: whole-process CPU of an NVE run at the same N, density, time step and pairs,
// from the same state, in turn. Also the kernels by themselves.
import {
  ForceField,
  initialConfiguration,
  MolecularDynamics,
  type PairModel,
  pairCutoff,
  pairsOf,
  preset,
} from "softfield";
import type { PaperModel } from "softfield/internal";
import { tables } from "../validation/lammps.ts";
import { report, time } from "./harness.ts";
import { lammps, type Peer, race } from "./race.ts";

const DT = 0.005;
const STEPS = 5000;
const TABLE_ROWS = 5000;

for (const [name, particles] of [
  ["2dipl", 10_000],
  ["3dipl", 2000],
  ["3dkablj", 2000],
] as const) {
  const dynamics = coldLiquid(name, particles);
  kernels(name, dynamics);
  if (lammps) race({ bench: "md", name, steps: STEPS, dt: DT }, dynamics, peersOf(dynamics.field.model));
}

/** A liquid at 1, then at the anneal temperature: a few τ₀ each. */
function coldLiquid(name: PaperModel, particles: number): MolecularDynamics {
  const model = preset(name);
  const field = ForceField.create(initialConfiguration(model, particles, 1), model);
  const dynamics = new MolecularDynamics(field, { dt: DT, seed: 1 });
  dynamics.drawVelocities(1);
  dynamics.run({ steps: 2000, thermostat: { kind: "rescaling", temperature: 1, relaxation: 0.2 } });
  dynamics.run({
    steps: 4000,
    thermostat: { kind: "rescaling", temperature: model.glass!.annealTemperature, relaxation: 0.2 },
  });
  return dynamics;
}

function kernels(name: PaperModel, { field }: MolecularDynamics): void {
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

function peersOf(model: PairModel): Peer[] {
  const { text, coefficients } = tables(model, TABLE_ROWS);
  return [
    {
      name: "table",
      lines: [`pair_style table linear ${TABLE_ROWS}`, ...coefficients],
      files: { "table.txt": text },
    },
    { name: "lj/cut", lines: ljCutStyle(model) },
  ];
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
