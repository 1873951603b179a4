// dE/de of every interaction, a component of the strain each, against local thermal energies of the same minimum (its
// factor and inverse included), interleaved: what a further direction costs, in local thermal energies by CPU time.
import {
  localThermalEnergy,
  makeGlass,
  minimumOf,
  preset,
  strainComponents,
  strainDerivatives,
} from "softfield";
import { report, summarise } from "./harness.ts";

const CASES = [
  { model: "2dipl", n: 2500, runs: 7 },
  { model: "2dipl", n: 10_000, runs: 5 },
  { model: "3dipl", n: 2000, runs: 3 },
] as const;

const cpu = (work: () => void) => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

for (const { model: name, n, runs } of CASES) {
  const model = preset(name);
  const protocol = { liquidTime: 2, annealTime: 5 };
  const { system } = makeGlass({ model, particles: n, seed: 1, protocol });
  const components = strainComponents(system.box.dimension);
  const shear = components.filter(({ name: component }) => component === "xy");
  const [whole, one, all]: [number[], number[], number[]] = [[], [], []];
  for (let k = 0; k <= runs; k++) {
    const seconds = [
      cpu(() => localThermalEnergy(minimumOf(system, model))),
      cpu(() => strainDerivatives(minimumOf(system, model), shear)),
      cpu(() => strainDerivatives(minimumOf(system, model), components)),
    ];
    // the first of each warms the compilers up
    if (k > 0)
      [whole, one, all].forEach((list, c) => {
        list.push(seconds[c]);
      });
  }
  const [energies, direction, tensor] = [whole, one, all].map(summarise);
  report({
    bench: "derivative",
    case: `${name} N=${n}, CPU of one direction`,
    ...direction,
    notes: {
      "in local thermal energies": direction.median / energies.median,
      "of the whole tensor": tensor.median / energies.median,
      "a component of it": (tensor.median - energies.median) / energies.median / components.length,
    },
  });
}
