/**
 * Where glasses rearrange first without load: first passages by molecular dynamics against saddles and their harmonic rates,
 * and against the softness of the glass at rest.
 *
 *   npx --no-install node --conditions=softfield-source validation/escape.ts [SEEDS 1..8] [PARTICLES 400] [T 0.2] [RUNS 20] [EXCITATIONS 60]
 *
 * 2DIPL. A row a glass: saddles found, the lowest barrier, time of a passage by the rates and by the runs (time in all over
 * passages), runs that left, those over a saddle of the list and over the fastest three, and what the rates expect of these
 * three; then, of all glasses, C of indicators at the places of the first passages (1 − 2·share of particles softer), mean
 * over the runs of a glass, with 95 % intervals by bootstrap over glasses, also of the sum of rates as a field:
 * Σ_k rate_k |u_i|² of the displacements between the minima.
 */
import {
  activatedSaddles,
  bootstrap,
  firstPassage,
  harmonicRate,
  indicatorCorrelation,
  indicators,
  makeGlass,
  minimumOf,
  preset,
} from "softfield";
import { activationDirections } from "softfield/internal";
import { indicatorScorer } from "../packages/benchmark/src/score.ts";

const [seeds = "1..8", particles = "400", warmth = "0.2", runs = "20", most = "60"] = process.argv.slice(2);
const NAMES = ["lte", "softening", "modes", "debye-waller", "pseudo-harmonic"];
const MAX_TIME = 2000;
const SAME = 0.02;
const temperature = Number(warmth);
const model = preset("2dipl");
const [first, last = first] = seeds.split("..").map(Number);
const print = (...cells: readonly (string | number)[]) => process.stdout.write(`${cells.join("\t")}\n`);
const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x / values.length, 0);

print(
  "seed",
  "saddles",
  "lowest barrier",
  "time by rates",
  "by runs",
  "left",
  "over the list",
  "fastest 3",
  "expected",
);
const scores = new Map<string, number[]>([...NAMES, "rates"].map((name) => [name, []]));
for (let seed = first; seed <= last; seed++) {
  const { system } = makeGlass({ model, particles: Number(particles), seed });
  const minimum = minimumOf(system, model, { arithmetic: "reproducible" });
  const { saddles } = activatedSaddles(minimum, activationDirections(minimum, Number(most)));
  const ways = saddles
    .map((saddle) => ({ ...saddle, rate: harmonicRate(saddle, temperature) }))
    .sort((a, b) => b.rate - a.rate);
  const rate = ways.reduce((sum, way) => sum + way.rate, 0);
  const passages = Array.from({ length: Number(runs) }, (_, k) =>
    firstPassage(minimum.system, model, { temperature, seed: 1000 * seed + k, maxTime: MAX_TIME }),
  );
  const left = passages.filter(({ time }) => time < Infinity);
  const which = left.map(({ other }) =>
    ways.findIndex((way) => way.other.every((u, n) => Math.abs(u - other[n]) < SAME)),
  );
  const time = passages.reduce((sum, own) => sum + Math.min(own.time, MAX_TIME), 0) / left.length;
  const three = ways.slice(0, 3).reduce((sum, way) => sum + way.rate, 0) / rate;
  print(
    seed,
    ways.length,
    (saddles[0]?.barrier ?? Number.NaN).toFixed(3),
    (1 / rate).toPrecision(3),
    time.toPrecision(3),
    `${left.length}/${passages.length}`,
    which.filter((way) => way >= 0).length,
    which.filter((way) => way >= 0 && way < 3).length,
    (three * left.length).toFixed(1),
  );
  if (left.length === 0) continue;
  for (const name of NAMES) {
    const score = indicatorScorer(minimum, indicators.get(name), {
      load: Float64Array.of(0, 1, 0, 0),
      seed,
      control: {},
    });
    scores.get(name)!.push(mean(left.map(({ particle }) => 1 - 2 * score(particle).softer)));
  }
  const field = new Float64Array(system.species.length);
  for (const { rate: own, other } of ways)
    for (let p = 0; p < field.length; p++) field[p] += own * (other[2 * p] ** 2 + other[2 * p + 1] ** 2);
  scores.get("rates")!.push(mean(left.map(({ particle }) => indicatorCorrelation(field, particle))));
}
print("");
print("indicator", "C at first passages", "low", "high");
for (const [name, values] of scores) {
  const [{ value, low, high }] = bootstrap(values.length, (weights) => {
    const all = weights.reduce((sum, w) => sum + w, 0);
    return [weights.reduce((sum, w, k) => sum + (w * values[k]) / all, 0)];
  });
  print(name, ...[value, low, high].map((x) => x.toFixed(3)));
}
