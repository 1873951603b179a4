// Swap Monte Carlo beside Langevin dynamics: mean energies of liquids where both equilibrate, without swaps too.
// usage: node --conditions=softfield-source validation/swap.ts [model poly2d] [particles 120] [temperature 0.5] [samples 4000]
import {
  ForceField,
  MolecularDynamics,
  Preparation,
  type PresetName,
  preset,
  SwapMonteCarlo,
} from "softfield/internal";

const model = preset((process.argv[2] ?? "poly2d") as PresetName);
const [particles, temperature, samples] = [3, 4, 5].map((k, i) =>
  Number(process.argv[k] ?? [120, 0.5, 4000][i]),
);
const protocol = { kind: "instantaneous", liquidTime: 5 } as const;
const preparation = Preparation.start({ model, particles, seed: 1, protocol });
while (!preparation.advance());
const system = preparation.field.system();

/** Mean and its error from twenty blocks. */
function blocked(values: readonly number[]): { mean: number; error: number } {
  const size = Math.floor(values.length / 20);
  const means = Array.from({ length: 20 }, (_, k) =>
    values.slice(k * size, (k + 1) * size).reduce((sum, value) => sum + value / size, 0),
  );
  const mean = means.reduce((sum, value) => sum + value / 20, 0);
  return { mean, error: Math.sqrt(means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 380) };
}

function report(what: string, values: readonly number[]): void {
  const { mean, error } = blocked(values);
  process.stdout.write(`${what}: U/N = ${mean.toFixed(5)} ± ${error.toFixed(5)}\n`);
}

for (const share of [0.2, 1e-9]) {
  const monteCarlo = new SwapMonteCarlo(system, model, { temperature, seed: 2, share });
  const start = ForceField.create(system, model).energy;
  monteCarlo.tune(300);
  const energies = Array.from({ length: samples }, () => {
    monteCarlo.run(20);
    return (start + monteCarlo.tally.energy) / particles;
  });
  report(`Monte Carlo, ${share < 0.1 ? "no" : "a fifth"} swaps, seed 2`, energies);
}
for (const [seed, dt] of [
  [4, 0.005],
  [5, 0.0025],
]) {
  const field = ForceField.create(system, model);
  const dynamics = new MolecularDynamics(field, { dt, seed });
  dynamics.drawVelocities(temperature);
  const langevin = { kind: "langevin", temperature, friction: 2 } as const;
  dynamics.run({ steps: 4000, thermostat: langevin });
  const energies = Array.from({ length: samples }, () => {
    dynamics.run({ steps: 100, thermostat: langevin });
    return field.energy / particles;
  });
  report(`Langevin dynamics, dt = ${dt}, seed ${seed}`, energies);
}
