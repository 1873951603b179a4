/**
 * Steady shear at a finite rate beside LAMMPS: stress, its kinetic part and pressure of a WCA liquid.
 *
 *   npx --no-install node --conditions=softfield-source validation/flow.ts [RATE 0.1] [T 1] [STRAIN 40] [PARTICLES 400] [RELAXATION 0.05]
 *
 * Needs lmp. First, from the same positions and velocities without a thermostat, how far 200 steps of `fix nvt/sllod` are from
 * SLLOD, and from SLLOD with the term −γ̇ v_y e_x twice. Then means of steady flow without the first fifth, with errors by twenty
 * blocks: SLLOD with stochastic rescaling; by LAMMPS Newton's equations in the sheared box, with its Nosé–Hoover thermostat on
 * velocities relative to the flow (`fix nvt`, `temp/deform`); `fix nvt/sllod`.
 */
import { ForceField, MolecularDynamics, ShearFlow, volume } from "softfield";
import { keptBetween } from "softfield/internal";
import { type FlowRow, INTEGRATORS, lammpsFlow, wcaLiquid } from "./flow-lammps.ts";

const [rate, temperature, strain, particles, relaxation] = [2, 3, 4, 5, 6].map((k, i) =>
  Number(process.argv[k] ?? [0.1, 1, 40, 400, 0.05][i]),
);
const dt = 0.002;
const EVERY = 100;
const liquid = wcaLiquid(particles, temperature, 5);
const print = (...cells: readonly string[]) => process.stdout.write(`${cells.join("\t")}\n`);

/** −γ̇ v_y e_x for half a step once more, as `fix nvt/sllod` has it. */
function again(dynamics: MolecularDynamics): void {
  const v = dynamics.velocities();
  for (let k = 0; k < v.length; k += 3) v[k] -= 0.5 * dt * rate * v[k + 1];
  dynamics.setVelocities(v);
}

/** The largest difference of U per particle over 200 steps from LAMMPS's `fix nvt/sllod` with a thermostat that does nothing. */
function apart(twice: boolean): number {
  const field = ForceField.create(liquid.system, liquid.model);
  const dynamics = new MolecularDynamics(field, { dt, seed: 3 });
  dynamics.drawVelocities(temperature);
  const velocities = dynamics.velocities();
  const integrator = INTEGRATORS.sllod(temperature, 1e9);
  const theirs = lammpsFlow(liquid, { integrator, rate, dt, steps: 200, every: 1, velocities });
  let most = 0;
  for (let step = 1; step <= 200; step++) {
    if (twice) again(dynamics);
    dynamics.run({ steps: 1, thermostat: { kind: "none" }, drive: { plane: "xy", rate } });
    if (twice) again(dynamics);
    most = Math.max(most, Math.abs(field.energy - theirs[step].energy) / particles);
  }
  return most;
}
print(
  `fix nvt/sllod: U a particle is off by ${apart(false).toExponential(1)} from SLLOD, by ${apart(true).toExponential(1)} with the term twice`,
);

/** Mean and its error from twenty blocks, without the first fifth. */
function blocked(values: readonly number[]): string {
  const kept = values.slice(Math.floor(values.length / 5));
  const size = Math.floor(kept.length / 20);
  const means = Array.from({ length: 20 }, (_, k) =>
    kept.slice(k * size, (k + 1) * size).reduce((sum, value) => sum + value / size, 0),
  );
  const mean = means.reduce((sum, value) => sum + value / 20, 0);
  const error = Math.sqrt(means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 380);
  return `${mean.toFixed(4)} ± ${error.toFixed(4)}`;
}

function report(what: string, rows: readonly FlowRow[]): void {
  const of = (name: keyof FlowRow) => blocked(rows.map((row) => row[name]));
  print(what, of("stress"), of("kinetic"), of("pressure"), of("temperature"));
}

const steps = Math.round(strain / rate / dt);
print("", "stress", "its kinetic part", "pressure", "temperature");

const { model, system } = liquid;
const flow = ShearFlow.start(system, model, { rate, temperature, seed: 1, dt, relaxation });
let since = flow.point();
const own = Array.from({ length: Math.floor(steps / EVERY) }, (): FlowRow => {
  flow.run(EVERY);
  const point = flow.point();
  const { energy, stress, pressure } = point;
  // of all steps: behind the thermostat it is colder
  const kept = keptBetween(since, point);
  since = point;
  const kinetic = -flow.dynamics.kineticTensor()[1] / volume(flow.field.box);
  return { energy, temperature: kept, stress, kinetic, pressure };
});
report("softfield, SLLOD, stochastic rescaling, seed 1", own);
const lammps = (integrator: string) =>
  lammpsFlow(liquid, { integrator, rate, dt, steps, every: EVERY, temperature });
report("LAMMPS, fix nvt, temp/deform, seed 4711", lammps(INTEGRATORS.hoover(temperature, 0.5)));
report("LAMMPS, fix nvt/sllod, seed 4711", lammps(INTEGRATORS.sllod(temperature, 0.5)));
