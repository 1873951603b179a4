/**
 * Shear at a finite rate tends to quasistatic shear as the rate goes to 0: stress of cold glasses (T = 1e-6), mean over the
 * strains from 0.05 to 0.15, at rates over three decades beside athermal quasistatic shear of the same glasses, paired.
 *
 *   npx --no-install node --conditions=softfield-source validation/rates.ts [MODEL] [PARTICLES] [GLASSES] [FIGURE.svg]
 *
 * Rows: the rate, the mean stress, and its excess over athermal shear, each with the standard error over glasses.
 */
import { writeFileSync } from "node:fs";
import { chart } from "@softfield/figures";
import { makeGlass, type PresetName, preset, ShearFlow, shear } from "softfield";

const [name = "2dipl", particles = "400", glasses = "8", figure] = process.argv.slice(2);
const RATES = [1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4];
const [FROM, TO] = [0.05, 0.15];
const STRIDE = 100;

const model = preset(name as PresetName);
const spans = (strain: number) => strain >= FROM && strain <= TO;
const meanOf = (values: readonly number[]) => values.reduce((sum, x) => sum + x / values.length, 0);
const shown = (values: readonly number[]) => {
  const mean = meanOf(values);
  const square = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { mean, error: Math.sqrt(square / values.length / (values.length - 1)) };
};

/** Of a path whose points lie anywhere: trapezoids over the window. */
function athermal(system: Parameters<typeof shear>[0]): number {
  const { path } = shear(system, model, { maxStrain: TO, tolerance: 1e-5 });
  let [area, width] = [0, 0];
  for (let k = 1; k < path.length; k++) {
    const [a, b] = [path[k - 1], path[k]];
    if (!spans(a.strain) || !spans(b.strain)) continue;
    area += 0.5 * (a.stress + b.stress) * (b.strain - a.strain);
    width += b.strain - a.strain;
  }
  return area / width;
}

function atRate(system: Parameters<typeof shear>[0], rate: number): number {
  const dt = Math.min(0.005, 0.001 / rate / STRIDE);
  const flow = ShearFlow.start(system, model, { rate, temperature: 1e-6, seed: 1, dt });
  const stress: number[] = [];
  while (flow.strain < TO) {
    flow.run(STRIDE);
    if (spans(flow.strain)) stress.push(flow.point().stress);
  }
  return meanOf(stress);
}

const quiet: number[] = [];
const driven = RATES.map(() => [] as number[]);
for (let seed = 1; seed <= Number(glasses); seed++) {
  const { system } = makeGlass({ model, particles: Number(particles), seed });
  quiet.push(athermal(system));
  RATES.forEach((rate, k) => {
    driven[k].push(atRate(system, rate));
  });
  process.stderr.write(`glass ${seed}\n`);
}
const still = shown(quiet);
process.stdout.write(`rate\tstress\t±\texcess\t±\n0\t${still.mean.toFixed(4)}\t${still.error.toFixed(4)}\n`);
const excess = driven.map((own) => shown(own.map((stress, glass) => stress - quiet[glass])));
RATES.forEach((rate, k) => {
  const own = shown(driven[k]);
  const cells = [own.mean, own.error, excess[k].mean, excess[k].error].map((x) => x.toFixed(4));
  process.stdout.write(`${[rate, ...cells].join("\t")}\n`);
});
if (figure !== undefined)
  writeFileSync(
    figure,
    chart({
      x: { label: "rate γ̇", unit: "1/τ_{0}", scale: "log" },
      y: { label: "stress over that of athermal shear", unit: "ε/λ^{2}" },
      series: [
        {
          x: RATES,
          y: excess.map(({ mean }) => mean),
          low: excess.map(({ mean, error }) => mean - error),
          high: excess.map(({ mean, error }) => mean + error),
          interval: "bars",
          markers: "disc",
        },
      ],
    }),
  );
