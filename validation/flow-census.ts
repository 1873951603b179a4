/**
 * What the census of excitations of a glass at rest knows of its rearrangements in flow, beside its local thermal energies: C at
 * the particles of the events that a campaign with the stage `deform` has stored, by the field of Σ |z|²/γ_c over the cubic modes
 * z, γ_c that of any simple shear (the indicator `cubic-modes`) and that of the load (those that the load yields forwards).
 *
 *   npx --no-install node --conditions=softfield-source validation/flow-census.ts GLASSES FLOWS SEEDS OUT.jsonl
 *
 * GLASSES, FLOWS: folders of the campaign's store with the samples of the stages make and deform (seed=1, …); SEEDS: 1..50. A line
 * of OUT a glass, those that are there are not made anew. Rows: temperature, rate; of first rearrangements and of all C with
 * its 95 % interval by bootstrap over glasses, and the paired difference from |E|. Some 10 s of CPU a glass of 10,000.
 */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadModel, readNumberColumns } from "@softfield/node";
import {
  bootstrap,
  census,
  type Excitation,
  indicators,
  localThermalEnergy,
  type Minimum,
  minimumOf,
  readSnapshot,
  type SiteValues,
  threshold,
  toSystem,
} from "softfield";
import { ofParticles, softestThreshold, softnessBins, unitOf } from "softfield/internal";
import { fieldBy, scorerOf } from "../packages/benchmark/src/score.ts";
import { scriptArguments } from "./script.ts";

const [glasses, flows, seeds, out] = scriptArguments("flow-census.ts GLASSES FLOWS SEEDS OUT.jsonl", 4);
const NAMES = ["lte", "cubic-modes", "census of the load"] as const;
type Name = (typeof NAMES)[number];

interface Event {
  readonly temperature: number;
  readonly rate: number;
  readonly ordinal: number;
  /** C by the name of what foretells. */
  readonly c: Record<Name, number>;
}
interface Line {
  readonly seed: number;
  readonly events: readonly Event[];
}

/** C of a particle by the field of Σ |z|²/γ_c, where a mode has such a γ_c. */
function scorer(
  minimum: Minimum,
  excitations: readonly Excitation[],
  strain: (one: Excitation) => number,
): (particle: number) => number {
  const { system } = minimum;
  const d = system.box.dimension;
  const sum = new Float64Array(system.species.length);
  for (const excitation of excitations) {
    const at = strain(excitation);
    if (at > 0)
      excitation.field.forEach((z, k) => {
        sum[Math.floor(k / d)] += (z * z) / at;
      });
  }
  return correlationBy("cubic-modes", minimum, ofParticles(minimum, sum));
}

function correlationBy(name: string, { system, interactions }: Minimum, values: readonly SiteValues[]) {
  const sites = interactions.families.map((family) => family.sites());
  const grid = softnessBins(system.box, system.positions, sites);
  const score = scorerOf(fieldBy(name, system, values, grid), system, 1);
  return (particle: number) => 1 - 2 * score(particle).softer;
}

async function measured(seed: number): Promise<Line> {
  const file = join(glasses, `seed=${seed}`, "glass.extxyz");
  const snapshot = readSnapshot(readFileSync(file), { source: file });
  const model = loadModel(String(snapshot.info.get("model")));
  const minimum = minimumOf(toSystem(snapshot, model).system, model, { arithmetic: "reproducible" });
  const columns = await readNumberColumns(join(flows, `seed=${seed}`, "deform_events.parquet"));
  const of = (name: string) => Array.from(columns.get(name)!);
  const load = unitOf(minimum, { plane: "xy" });
  const excitations = census(minimum, localThermalEnergy(minimum));
  const scorers = [
    correlationBy("lte", minimum, indicators.get("lte").run(minimum, {}, {})),
    scorer(minimum, excitations, softestThreshold),
    // none that the opposite of the load yields
    scorer(minimum, excitations, (one) => threshold(one, load)),
  ];
  const [temperature, rate, ordinal] = ["temperature", "rate", "ordinal"].map(of);
  const events = of("particle").map((particle, k): Event => {
    const [lte, cubic, own] = scorers.map((score) => score(particle));
    const c = { lte, "cubic-modes": cubic, "census of the load": own };
    return { temperature: temperature[k], rate: rate[k], ordinal: ordinal[k], c };
  });
  return { seed, events };
}

const lines: Line[] = existsSync(out)
  ? readFileSync(out, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Line)
  : [];
const [from, to = from] = seeds.split("..").map(Number);
for (let seed = from; seed <= to; seed++) {
  if (lines.some((line) => line.seed === seed)) continue;
  if (!existsSync(join(flows, `seed=${seed}`, "deform_events.parquet"))) continue;
  const line = await measured(seed);
  lines.push(line);
  appendFileSync(out, `${JSON.stringify(line)}\n`);
}

/** The mean over all events of a number, with its interval over glasses. */
function estimate(own: readonly (readonly Event[])[], value: (event: Event) => number): string {
  const [{ value: mean, low, high }] = bootstrap(own.length, (weights) => {
    let [sum, count] = [0, 0];
    own.forEach((events, k) => {
      for (const event of events) {
        sum += weights[k] * value(event);
        count += weights[k];
      }
    });
    return [sum / count];
  });
  return `${mean.toFixed(2)} (${low.toFixed(2)} … ${high.toFixed(2)})`;
}

const conditions = [
  ...new Set(lines.flatMap(({ events }) => events.map((e) => `${e.temperature} ${e.rate}`))),
];
const print = (...cells: readonly string[]) => process.stdout.write(`${cells.join("\t")}\n`);
print(`${lines.length} glasses`);
print(
  "T, rate",
  ...["first", "all"].flatMap((which) => NAMES.map((name) => `${which}: ${name}`)),
  ...NAMES.slice(1).map((name) => `all: ${name} less |E|`),
);
for (const condition of conditions.sort((a, b) => (a < b ? -1 : 1))) {
  const own = lines.map(({ events }) => events.filter((e) => `${e.temperature} ${e.rate}` === condition));
  const first = own.map((events) => events.filter(({ ordinal }) => ordinal === 1));
  print(
    condition.replace(" ", ", "),
    ...[first, own].flatMap((some) => NAMES.map((name) => estimate(some, ({ c }) => c[name]))),
    ...NAMES.slice(1).map((name) => estimate(own, ({ c }) => c[name] - c.lte)),
  );
}
