// One NVE run of a state in a JSON file, in a process of its own for race.ts to time.
import { readFileSync } from "node:fs";
import { createBox, ForceField, MolecularDynamics, parseModel } from "softfield";

interface State {
  readonly model: unknown;
  readonly steps: number;
  readonly dt: number;
  readonly vectors: number[];
  readonly positions: number[];
  readonly species: number[];
  readonly diameters?: number[];
  readonly velocities: number[];
}

const state = JSON.parse(readFileSync(process.argv[2], "utf8")) as State;
const model = parseModel(state.model);
const system = {
  box: createBox(model.dimension!, state.vectors),
  positions: Float64Array.from(state.positions),
  species: Int32Array.from(state.species),
  ...(state.diameters && { diameters: Float64Array.from(state.diameters) }),
};
const field = ForceField.create(system, model);
const dynamics = new MolecularDynamics(field, { dt: state.dt, seed: 1 });
dynamics.setVelocities(Float64Array.from(state.velocities));
const before = field.energy + dynamics.kineticEnergy;
dynamics.run({ steps: state.steps, thermostat: { kind: "none" } });
const drift = (field.energy + dynamics.kineticEnergy - before) / field.count;
process.stdout.write(`${JSON.stringify({ drift, rebuilds: field.rebuilds })}\n`);
