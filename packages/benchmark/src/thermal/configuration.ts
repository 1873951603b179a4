import {
  ForceField,
  type Minimum,
  MolecularDynamics,
  minimize,
  minimumOf,
  type PairModel,
  type System,
  type WorkControl,
} from "softfield";
import { usualTimes } from "softfield/internal";

/** A glass or liquid in motion, and the minimum below it. */
export interface ThermalConfiguration {
  readonly system: System;
  readonly inherent: Minimum;
}

/**
 * Brings a glass from its minimum to a temperature by so much time of molecular dynamics, and takes the minimum below
 * the configuration at the end. Cost: a force evaluation a step, and a minimisation.
 */
export function thermalConfiguration(
  glass: System,
  model: PairModel,
  { temperature, time, seed }: { readonly temperature: number; readonly time: number; readonly seed: number },
  control: WorkControl,
): ThermalConfiguration {
  const field = ForceField.create(glass, model);
  const { dt, relaxation } = usualTimes(glass, model);
  const dynamics = new MolecularDynamics(field, { dt, seed });
  dynamics.drawVelocities(temperature);
  dynamics.run({
    steps: 10 * Math.ceil(time / dt / 10),
    thermostat: { kind: "rescaling", temperature, relaxation },
  });
  const system = field.system();
  const below = ForceField.create(system, model);
  minimize(below, {}, control);
  return { system, inherent: minimumOf(below.system(), model, { arithmetic: "reproducible" }, control) };
}
