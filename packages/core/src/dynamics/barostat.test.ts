import { expect, test } from "vitest";
import { parseModel, preset } from "../models/index.ts";
import { volume } from "../space/index.ts";
import { Barostat } from "./barostat.ts";
import { ForceField } from "./forcefield.ts";
import { initialConfiguration } from "./initial.ts";
import { MolecularDynamics } from "./md.ts";

test("the volume of particles that never meet is that of an ideal gas: ⟨V⟩ = (N + 1)T/P", () => {
  const model = parseModel({
    name: "discs",
    dimension: 2,
    species: ["S"],
    lambda: [[1]],
    form: "harmonic",
    glass: {
      density: 1e-4,
      fractions: [1],
      liquidTemperature: 1,
      annealTemperature: 1,
      glassTransition: 1,
      annealTime: 1,
    },
  });
  const [count, temperature, pressure] = [3, 2, 1e-3];
  const field = ForceField.create(initialConfiguration(model, count, 1), model);
  const barostat = new Barostat(field, { pressure, seed: 1 });
  const moves = 60_000;
  let sum = 0;
  for (let k = 0; k < moves; k++) {
    barostat.move(temperature);
    sum += volume(field.box);
  }
  // 60,000 moves of at most 0.02 in ln V, whose spread is 1/2: some 60 independent ones
  expect(Math.abs((sum * pressure) / (moves * (count + 1) * temperature) - 1)).toBeLessThan(0.15);
  expect(field.energy).toBe(0);
});

test("a liquid has the pressure that it is held at", () => {
  const model = preset("2dipl");
  const [count, temperature, pressure] = [200, 1, 12];
  const field = ForceField.create(initialConfiguration(model, count, 2), model);
  const dynamics = new MolecularDynamics(field, { dt: 0.005, seed: 2 });
  dynamics.drawVelocities(temperature);
  const barostat = new Barostat(field, { pressure, seed: 2 });
  const means: number[] = [];
  for (let block = 0; block < 8; block++) {
    let sum = 0;
    for (let k = 0; k < 200; k++) {
      dynamics.run({ steps: 10, thermostat: { kind: "rescaling", temperature, relaxation: 0.5 } });
      barostat.move(temperature);
      const sigma = field.stress();
      sum += (count * temperature) / volume(field.box) - (sigma[0] + sigma[3]) / 2;
    }
    // the first block brings it there
    if (block > 1) means.push(sum / 200);
  }
  const mean = means.reduce((sum, own) => sum + own, 0) / means.length;
  const spread = Math.sqrt(
    means.reduce((sum, own) => sum + (own - mean) ** 2, 0) / (means.length * (means.length - 1)),
  );
  expect(spread).toBeLessThan(0.15);
  expect(Math.abs(mean - pressure)).toBeLessThan(3 * spread);
});
