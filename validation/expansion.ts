/**
 * Where Eq. 3 (Zylberg 2017) fails: [⟨ε_α⟩_T − ε_α⁰]/(½k_BT) → E_α as T → 0, and departs from it bond by bond. Canonical
 * molecular dynamics of one glass at growing temperatures, with the same random numbers at each, so that what is sampling
 * error at the lowest one is so at the others and falls out of their ratio. T₁₀ is where a bond has departed by a tenth.
 *
 *   npx --no-install node --conditions=softfield-source validation/expansion.ts [MODEL] [PARTICLES] [SEED] [FIGURE.svg]
 *
 * Rows: a temperature each (medians over the softest tenth of the bonds); then a tenth of the bonds by |E| each, the softest
 * first: how many have departed below the last temperature, and the median of T₁₀ of all, those that have not counted last.
 */
import { writeFileSync } from "node:fs";
import { chart } from "@softfield/figures";
import {
  localThermalEnergy,
  makeGlass,
  minimumOf,
  type PresetName,
  preset,
  sampleLocalEnergies,
} from "softfield";
import { spearman } from "softfield/internal";

const [name = "2dipl", particles = "400", seed = "1", figure] = process.argv.slice(2);
/** Relative to the temperature at which the model is annealed, which is about that of its glass transition. */
const TEMPERATURES = [1e-4, 1e-3, 3e-3, 1e-2, 2e-2, 4e-2, 8e-2, 0.16];
const DEPARTED = 0.1;

const model = preset(name as PresetName);
const reference = model.glass?.annealTemperature ?? model.glass?.glassTransition ?? 1;
const made = makeGlass({ model, particles: Number(particles), seed: Number(seed) });
const minimum = minimumOf(made.system, model, { arithmetic: "reproducible" });
const { energies, interactions } = localThermalEnergy(minimum);
const { lte } = energies[0];
const order = Array.from(lte.keys()).sort((a, b) => Math.abs(lte[b]) - Math.abs(lte[a]));
const tenths = Array.from({ length: 10 }, (_, k) =>
  order.slice(Math.floor((k * order.length) / 10), Math.floor(((k + 1) * order.length) / 10)),
);
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1];
const print = (...cells: readonly (string | number)[]) => process.stdout.write(`${cells.join("\t")}\n`);

print("T", "equipartition", "⟨ε⟩/½TE: softest tenth", "over that at the lowest T", "error/|E|");
const limit = new Float64Array(lte.length).fill(Infinity);
let lowest: Float64Array | undefined;
let before = { temperature: 0, ratio: new Float64Array(lte.length).fill(1) };
for (const fraction of TEMPERATURES) {
  const temperature = fraction * reference;
  const sample = sampleLocalEnergies(minimum.system, model, interactions, {
    temperature,
    seed: Number(seed),
  });
  if (sample.hoppedInBlock !== undefined) {
    print(temperature.toPrecision(3), `the glass hopped in block ${sample.hoppedInBlock}`);
    break;
  }
  const { mean, error } = sample.families[0];
  lowest ??= mean;
  const ratio = mean.map((value, bond) => value / lowest![bond]);
  for (const bond of order) {
    const [from, to] = [Math.abs(before.ratio[bond] - 1), Math.abs(ratio[bond] - 1)];
    if (limit[bond] < Infinity || to < DEPARTED) continue;
    limit[bond] = before.temperature + ((temperature - before.temperature) * (DEPARTED - from)) / (to - from);
  }
  before = { temperature, ratio };
  const soft = (of: (bond: number) => number) => median(tenths[0].map(of)).toFixed(4);
  print(
    temperature.toPrecision(3),
    sample.equipartition.toFixed(4),
    soft((bond) => mean[bond] / lte[bond]),
    soft((bond) => ratio[bond]),
    soft((bond) => error[bond] / Math.abs(lte[bond])),
  );
}

print("");
print("tenth", "median |E|", "departed", "median T10");
tenths.forEach((own, k) => {
  const [size, at] = [median(own.map((bond) => Math.abs(lte[bond]))), median(own.map((bond) => limit[bond]))];
  const departed = own.filter((bond) => limit[bond] < Infinity).length / own.length;
  print(k + 1, size.toPrecision(3), departed.toFixed(2), at.toPrecision(3));
});
const found = order.filter((bond) => limit[bond] < Infinity);
const rank = spearman(
  order.map((bond) => Math.abs(lte[bond])),
  order.map((bond) => limit[bond]),
);
print(
  "",
  `${found.length} of ${order.length} bonds have departed; Spearman of T10 and |E|: ${rank.toFixed(3)}`,
);

if (figure !== undefined) {
  const points = { x: found.map((bond) => Math.abs(lte[bond])), y: found.map((bond) => limit[bond]) };
  const medians = {
    x: tenths.map((own) => median(own.map((bond) => Math.abs(lte[bond])))),
    y: tenths.map((own) => median(own.map((bond) => limit[bond]))),
  };
  const svg = chart({
    style: "paper",
    key: "bottom-left",
    x: { label: "|*E*_{α}|", scale: "log", domain: [0.1, 1.1 * Math.abs(lte[order[0]])] },
    y: { label: "*T*_{10} (ε/*k*_{B})", scale: "log" },
    series: [
      { ...points, line: "none", markers: "disc", markerSize: 0.35, label: "bonds that departed" },
      { ...medians, line: "none", markers: "square", label: "median of all, by tenths of |*E*|" },
    ],
  });
  writeFileSync(figure, svg);
}
