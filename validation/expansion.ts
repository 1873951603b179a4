/**
 * Where Eq. 3 (Zylberg 2017) fails: [⟨ε_α⟩_T − ε_α⁰]/(½k_BT) → E_α as T → 0, and departs from it bond by bond. Canonical
 * molecular dynamics of glasses at growing temperatures, with the same random numbers at each, so that what is sampling
 * error at the lowest one is so at the others and falls out of their ratio. T₁₀ is where a bond has departed by a tenth.
 *
 *   npx --no-install node --conditions=softfield-source validation/expansion.ts [MODEL] [PARTICLES] [SEEDS] [FIGURE.svg]
 *
 * SEEDS: 1 or 1..8. Rows: a temperature each (medians over the softest tenth of a glass's bonds); then, of all glasses, the
 * softest hundredth and a tenth of the bonds by |E| each, the softest first, and the soft and the stiff half: how many have departed below each temperature
 * at which a glass ends by hopping or by the last one, of the glasses that reach it, with a 95 % interval by bootstrap over
 * these, and the median of T₁₀ of all, those that have not departed counted last.
 */
import { writeFileSync } from "node:fs";
import { chart } from "@softfield/figures";
import { bootstrap, localThermalEnergy, makeGlass, minimumOf, type PresetName, preset } from "softfield";
import { spearman } from "softfield/internal";
import { departures } from "./departures.ts";

const [name = "2dipl", particles = "400", seeds = "1", figure] = process.argv.slice(2);
const model = preset(name as PresetName);
/** The temperature at which the model is annealed, which is about that of its glass transition. */
const reference = model.glass?.annealTemperature ?? model.glass?.glassTransition ?? 1;
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1];
const print = (...cells: readonly (string | number)[]) => process.stdout.write(`${cells.join("\t")}\n`);

/** The bonds of a glass, the softest first: |E| and T₁₀, Infinity where it lies above `reached`. */
interface Glass {
  readonly sizes: readonly number[];
  readonly limits: readonly number[];
  /** The highest temperature without a hop. */
  readonly reached: number;
}

function departuresOf(seed: number): Glass {
  const made = makeGlass({ model, particles: Number(particles), seed });
  const minimum = minimumOf(made.system, model, { arithmetic: "reproducible" });
  const { energies, interactions } = localThermalEnergy(minimum);
  const { lte } = energies[0];
  const order = Array.from(lte.keys()).sort((a, b) => Math.abs(lte[b]) - Math.abs(lte[a]));
  const softest = order.slice(0, Math.floor(order.length / 10));
  print(
    `seed ${seed}: T`,
    "equipartition",
    "⟨ε⟩/½TE: softest tenth",
    "over that at the lowest T",
    "error/|E|",
  );
  const { limits, reached } = departures(minimum, interactions, { seed, reference }, (sample, ratio) => {
    const { temperature, equipartition, hoppedInBlock } = sample;
    if (hoppedInBlock !== undefined) {
      print(temperature.toPrecision(3), `the glass hopped in block ${hoppedInBlock}`);
      return;
    }
    const { mean, error } = sample.families[0];
    const soft = (of: (bond: number) => number) => median(softest.map(of)).toFixed(4);
    print(
      temperature.toPrecision(3),
      equipartition.toFixed(4),
      soft((bond) => mean[bond] / lte[bond]),
      soft((bond) => ratio[bond]),
      soft((bond) => error[bond] / Math.abs(lte[bond])),
    );
  });
  return {
    sizes: order.map((bond) => Math.abs(lte[bond])),
    limits: order.map((bond) => limits[bond]),
    reached,
  };
}

const [first, last = first] = seeds.split("..").map(Number);
const glasses = Array.from({ length: last - first + 1 }, (_, k) => departuresOf(first + k));
/** Where glasses end; those that reach it are compared there. */
const ends = [...new Set(glasses.map(({ reached }) => reached))].sort((a, b) => a - b);

/** Bonds from one share of the order by |E| to another, a list a glass. */
const between = (from: number, to: number) =>
  glasses.map(({ sizes, limits }) => {
    const [start, end] = [from, to].map((share) => Math.floor(share * sizes.length));
    return { sizes: sizes.slice(start, end), limits: limits.slice(start, end) };
  });
const share = (limits: readonly number[], end: number) =>
  limits.filter((limit) => limit < end).length / limits.length;
const withReach = (end: number) => glasses.flatMap(({ reached }, k) => (reached >= end ? [k] : []));
print("");
print(
  "bonds by |E|",
  "median |E|",
  ...ends.map((end) => `departed below ${end.toPrecision(3)} (glasses: ${withReach(end).length})`),
  "median T10",
);
function row(label: string, from: number, to: number): void {
  const own = between(from, to);
  const departed = ends.map((end) => {
    const shares = withReach(end).map((k) => share(own[k].limits, end));
    const [{ value, low, high }] = bootstrap(shares.length, (weights) => {
      const all = weights.reduce((sum, w) => sum + w, 0);
      return [weights.reduce((sum, w, k) => sum + (w * shares[k]) / all, 0)];
    });
    return value.toFixed(2) + (shares.length > 1 ? ` (${low.toFixed(2)} … ${high.toFixed(2)})` : "");
  });
  const limits = median(own.flatMap((one) => one.limits));
  print(label, median(own.flatMap((one) => one.sizes)).toPrecision(3), ...departed, limits.toPrecision(3));
}
row("hundredth 1", 0, 0.01);
for (let k = 0; k < 10; k++) row(`tenth ${k + 1}`, k / 10, (k + 1) / 10);
row("soft half", 0, 0.5);
row("stiff half", 0.5, 1);
const ranks = glasses.map(({ sizes, limits }) => spearman(sizes, limits));
print("", `Spearman of T10 and |E|, by glass: ${ranks.map((rank) => rank.toFixed(2)).join(", ")}`);

if (figure !== undefined) {
  const all = glasses.flatMap(({ sizes, limits }) => sizes.map((size, k) => ({ size, limit: limits[k] })));
  const there = all.filter(({ limit }) => limit < Infinity);
  const points = { x: there.map(({ size }) => size), y: there.map(({ limit }) => limit) };
  const tenths = Array.from({ length: 10 }, (_, k) => between(k / 10, (k + 1) / 10));
  const medians = {
    x: tenths.map((own) => median(own.flatMap(({ sizes }) => sizes))),
    y: tenths.map((own) => median(own.flatMap(({ limits }) => limits))),
  };
  const most = Math.max(...all.map(({ size }) => size));
  const svg = chart({
    style: "paper",
    key: "bottom-left",
    x: { label: "|*E*_{α}|", scale: "log", domain: [0.1, 1.1 * most] },
    y: { label: "*T*_{10} (ε/*k*_{B})", scale: "log" },
    series: [
      { ...points, line: "none", markers: "disc", markerSize: 0.35, label: "bonds that departed" },
      { ...medians, line: "none", markers: "square", label: "median of all, by tenths of |*E*|" },
    ],
  });
  writeFileSync(figure, svg);
}
