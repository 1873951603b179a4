// From the annealed liquid to the floor: force evaluations and processor time of each minimiser, and what it finds.
import {
  ForceField,
  initialConfiguration,
  type MinimizeResult,
  MolecularDynamics,
  minimize,
  preset,
} from "softfield";
import type { PaperModel } from "softfield/internal";
import { METHODS } from "softfield/internal";
import { report, summarise } from "./harness.ts";

const SAMPLES = 3;

for (const [name, particles] of [
  ["2dipl", 10_000],
  ["3dipl", 2000],
  ["3dkablj", 2000],
] as const) {
  const states = Array.from({ length: SAMPLES }, (_, k) => annealed(name, particles, k + 1));
  const outcomes = new Map(
    METHODS.map((method) => [method, [] as { seconds: number; result: MinimizeResult }[]]),
  );
  for (const { field, dynamics, state } of states) {
    for (const method of METHODS) {
      dynamics.restore(state);
      const start = process.cpuUsage();
      const result = minimize(field, { method });
      const { user, system } = process.cpuUsage(start);
      outcomes.get(method)!.push({ seconds: (user + system) / 1e6, result });
    }
  }
  for (const [method, runs] of outcomes) {
    const middle = (pick: (result: MinimizeResult) => number) =>
      summarise(runs.map(({ result }) => pick(result))).median;
    report({
      bench: "minimise",
      case: `${method} ${name} N=${particles}`,
      ...summarise(runs.map(({ seconds }) => seconds)),
      notes: {
        evaluations: middle(({ evaluations }) => evaluations),
        factorisations: middle(({ factorizations }) => factorizations),
        residual: Math.max(...runs.map(({ result }) => result.residual)),
        converged: runs.filter(({ result }) => result.status === "converged").length,
        "energy per particle": middle(({ energy }) => energy) / particles,
      },
    });
  }
}

/** A liquid brought to the anneal temperature for 20 τ₀. */
function annealed(name: PaperModel, particles: number, seed: number) {
  const model = preset(name);
  const field = ForceField.create(initialConfiguration(model, particles, seed), model);
  const dynamics = new MolecularDynamics(field, { dt: 0.005, seed });
  dynamics.drawVelocities(1);
  dynamics.run({ steps: 2000, thermostat: { kind: "rescaling", temperature: 1, relaxation: 0.5 } });
  dynamics.run({
    steps: 4000,
    thermostat: { kind: "rescaling", temperature: model.glass!.annealTemperature, relaxation: 0.5 },
  });
  return { field, dynamics, state: dynamics.state() };
}
