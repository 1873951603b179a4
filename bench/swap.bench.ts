// Swap Monte Carlo: processor time of an attempt, lists included, of liquids far below where their dynamics arrests.
import { ForceField, initialConfiguration, minimize, type PresetName, preset } from "softfield";
import { SwapMonteCarlo } from "softfield/internal";
import { report, summarise } from "./harness.ts";

const [TUNED, SWEEPS, RUNS] = [200, 400, 5];
const CASES: readonly (readonly [PresetName, number, number])[] = [
  ["poly2d", 1000, 0.12],
  ["poly2d", 4000, 0.12],
  ["poly3d", 1000, 0.11],
];

for (const [name, particles, temperature] of CASES) {
  const model = preset(name);
  const field = ForceField.create(initialConfiguration(model, particles, 1), model);
  minimize(field, { newton: false, tolerance: 1e-2 });
  const liquid = new SwapMonteCarlo(field.system(), model, { temperature, seed: 1 });
  liquid.tune(TUNED);
  const seconds = Array.from({ length: RUNS }, () => {
    const before = process.cpuUsage();
    liquid.run(SWEEPS);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6 / (SWEEPS * particles);
  });
  const { displacements, exchanges } = liquid.tally;
  report({
    bench: "swap",
    case: `${name}, N = ${particles}, T = ${temperature}, an attempt (processor time)`,
    ...summarise(seconds),
    notes: { "million a second": 1e-6 / summarise(seconds).median, displacements, exchanges },
  });
}
