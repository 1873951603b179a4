/**
 * How often the first event of a glass comes true: of glasses made from seeds 1, 2, …, sheared to their first event,
 * in how many the softest spot is the nearest, and C = 1 − 2·CDF of the softness field at the event's particle, which
 * is 0 by chance (`indicatorCorrelation`); from C = 0.8 on the place that broke is softer than 90 % of the glass, which the
 * lab calls foretold. What the lab says of glasses that were not chosen, and its default seed, are from this table. Run:
 *
 *   npx --no-install node --conditions=softfield-source validation/first-event.ts 2dipl 1000 20
 *
 * Arguments: model, particles, how many seeds. One row a seed, then the means with their standard errors.
 */
import { makeGlass, minimumOf, paperModels, predict, preset, SoftfieldError } from "softfield";
import { scriptArguments, wholeNumber } from "./script.ts";

const [name, particlesGiven, seedsGiven] = scriptArguments("first-event.ts MODEL N SEEDS", 3);
const known = paperModels.find((preset) => preset === name);
if (!known) throw new SoftfieldError("usage", `unknown model "${name}": one of ${paperModels.join(", ")}`);
const model = preset(known);
const particles = wholeNumber(particlesGiven, "the number of particles");
const seeds = wholeNumber(seedsGiven, "how many seeds");

const rows: { rank: number; lte: number; modes: number }[] = [];
process.stdout.write("seed\trank\tcorrelation\tmodes_rank\tmodes_correlation\tstrain\tdrop\n");
for (let seed = 1; seed <= seeds; seed++) {
  const { system } = makeGlass({ model, particles, seed });
  const { scores, shear } = predict(minimumOf(system, model), { shear: { events: 1 } });
  const [score] = scores;
  if (!score) continue;
  const { strain } = score;
  const { lte, modes } = score.scores;
  rows.push({ rank: lte.nearest?.rank ?? 0, lte: lte.correlation, modes: modes.correlation });
  const cells = [
    seed,
    lte.nearest?.rank ?? "",
    lte.correlation.toFixed(3),
    modes.nearest?.rank ?? "",
    modes.correlation.toFixed(3),
    strain.toPrecision(4),
    shear.events[0].drop.toPrecision(3),
  ];
  process.stdout.write(`${cells.join("\t")}\n`);
}

const [lte, modes] = [statistics(rows.map((row) => row.lte)), statistics(rows.map((row) => row.modes))];
const first = rows.filter(({ rank }) => rank === 1).length;
const foretold = (of: (row: (typeof rows)[number]) => number) => rows.filter((row) => of(row) >= 0.8).length;
process.stdout.write(
  `# ${name}, N = ${particles}, ${rows.length} glasses: the softest spot goes first in ${first}; ` +
    `C ${lte}, of the modes ${modes}; C ≥ 0.8 in ${foretold((row) => row.lte)}, ` +
    `by the modes in ${foretold((row) => row.modes)}, by chance in ${(rows.length / 10).toFixed(1)}\n`,
);

/** Mean ± standard error. */
function statistics(values: readonly number[]): string {
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const variance = values.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / (n - 1);
  return `${mean.toFixed(2)} ± ${Math.sqrt(variance / n).toFixed(2)}`;
}
