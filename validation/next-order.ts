/**
 * The next order of Eq. 3 (Zylberg 2017), ⟨ε_α⟩_T = ε_α⁰ + ½T·E_α + T²·c_α + …, bond by bond by perturbation theory
 * (perturbation.ts), against molecular dynamics: the slope of the ratio [⟨ε_α⟩ − ε_α⁰]/(½T·E_α) at T = 0 is 2c_α/E_α, and a
 * bond departs by a tenth at about T₁₀ = 0.1·|E_α/2c_α|.
 *
 *   npx --no-install node --conditions=softfield-source validation/next-order.ts [PARTICLES 100] [SEEDS 1..4] [FIGURE.svg] [COLD,WARM 0.001,0.008]
 *
 * 2DIPL. The slope by molecular dynamics is that between the temperatures COLD and WARM, with the same random numbers at both, mean and error
 * over eight seeds of 40 blocks of 50 τ₀ each; T₁₀ by molecular dynamics as in expansion.ts. A row a glass; then, of all glasses,
 * a tenth of the bonds by |E| each, the softest first: medians.
 */
import { writeFileSync } from "node:fs";
import { chart } from "@softfield/figures";
import { localThermalEnergy, makeGlass, minimumOf, preset, sampleLocalEnergies } from "softfield";
import { pearson, spearman } from "softfield/internal";
import { departures } from "./departures.ts";
import { nextOrder } from "./perturbation.ts";

const [particles = "100", seeds = "1..4", figure, temperatures = "0.001,0.008"] = process.argv.slice(2);
const TEMPERATURES = temperatures.split(",").map(Number);
const RUNS = 8;
/** Below that |E| ratios are a small number over a smaller one. */
const LEAST = 0.1;

const model = preset("2dipl");
const reference = model.glass!.annealTemperature;
const print = (...cells: readonly (string | number)[]) => process.stdout.write(`${cells.join("\t")}\n`);
const median = (values: readonly number[]) => [...values].sort((p, q) => p - q)[values.length >> 1];
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value / values.length, 0);

interface Bond {
  readonly size: number;
  /** 2c/E, and the slope by molecular dynamics with its error. */
  readonly theory: number;
  readonly slope: number;
  readonly error: number;
  /** T₁₀ by molecular dynamics. */
  readonly limit: number;
}

function bondsOf(seed: number): Bond[] {
  const made = makeGlass({ model, particles: Number(particles), seed });
  const minimum = minimumOf(made.system, model, { arithmetic: "reproducible" });
  const { energies, interactions } = localThermalEnergy(minimum);
  const { lte } = energies[0];
  const theory = nextOrder(minimum);
  const off = Math.max(...theory.map(({ e }, bond) => Math.abs(e - lte[bond])));
  const slopes = Array.from({ length: RUNS }, (_, k) => {
    const [cold, warm] = TEMPERATURES.map((temperature) => {
      const options = { temperature, seed: 100 * seed + k };
      const { families, hoppedInBlock } = sampleLocalEnergies(minimum.system, model, interactions, options);
      if (hoppedInBlock !== undefined) throw new Error(`glass ${seed} hopped at ${temperature}`);
      return families[0].mean;
    });
    return cold.map((value, bond) => (warm[bond] - value) / (TEMPERATURES[1] - TEMPERATURES[0]));
  });
  const { limits, reached } = departures(minimum, interactions, { seed, reference });
  const bonds = theory.map(({ c }, bond): Bond => {
    const own = slopes.map((slope) => slope[bond] / lte[bond]);
    const slope = mean(own);
    const error = Math.sqrt(mean(own.map((value) => (value - slope) ** 2)) / (RUNS - 1));
    return {
      ...{ size: Math.abs(lte[bond]), theory: (2 * c) / lte[bond] },
      ...{ slope, error, limit: limits[bond] },
    };
  });
  const square = bonds.map((bond) => ((bond.theory - bond.slope) / bond.error) ** 2);
  const large = bonds.filter(({ size }) => size > LEAST);
  const lists = [large.map((bond) => bond.theory), large.map((bond) => bond.slope)] as const;
  print(
    ...[seed, bonds.length, off.toExponential(1), Math.max(...bonds.map(({ size }) => size)).toPrecision(3)],
    ...[median(square).toFixed(2), large.length, pearson(...lists).toFixed(3), spearman(...lists).toFixed(3)],
    reached.toPrecision(3),
  );
  return bonds;
}

print(
  "seed",
  "bonds",
  "E off by",
  "|E| up to",
  "median χ²",
  `|E| > ${LEAST}`,
  "Pearson",
  "Spearman",
  "no hop below",
);
const [first, last = first] = seeds.split("..").map(Number);
const all = Array.from({ length: last - first + 1 }, (_, k) => bondsOf(first + k)).flat();
all.sort((p, q) => q.size - p.size);
print("");
print("bonds by |E|", "|E|", "2c/E", "slope by MD", "T10 foretold", "T10 by MD");
for (let k = 0; k < 10; k++) {
  const own = all.slice(Math.floor((k * all.length) / 10), Math.floor(((k + 1) * all.length) / 10));
  const of = (value: (bond: Bond) => number) => median(own.map(value)).toPrecision(3);
  print(
    ...[`tenth ${k + 1}`, of(({ size }) => size), of(({ theory }) => theory), of(({ slope }) => slope)],
    ...[of(({ theory }) => 0.1 / Math.abs(theory)), of(({ limit }) => limit)],
  );
}
const there = all.filter(({ limit, size }) => limit < Infinity && size > LEAST);
print(
  "",
  `${there.length} bonds of |E| > ${LEAST} that departed: Spearman of T10 foretold and by MD ${spearman(
    there.map(({ theory }) => -Math.abs(theory)),
    there.map(({ limit }) => limit),
  ).toFixed(
    2,
  )}, median of their ratio ${median(there.map(({ theory, limit }) => (limit * Math.abs(theory)) / 0.1)).toFixed(2)}`,
);
if (figure !== undefined) {
  const large = all.filter(({ size }) => size > LEAST);
  const x = large.map(({ theory }) => theory);
  const ends = [Math.min(...x), Math.max(...x)];
  writeFileSync(
    figure,
    chart({
      x: { label: "2*c*_{α}/*E*_{α} by perturbation theory", unit: "*k*_{B}/ε" },
      y: { label: "slope of [⟨ε_{α}⟩ − ε_{α}⁰]/½*TE*_{α} by MD", unit: "*k*_{B}/ε" },
      series: [
        {
          ...{ x, y: large.map(({ slope }) => slope), line: "none", markers: "disc", markerSize: 0.5 },
          label: `bonds, |*E*| > ${LEAST}`,
        },
        { x: ends, y: ends, label: "equal" },
      ],
      key: "top-left",
    }),
  );
}
