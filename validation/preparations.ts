/**
 * The three preparations of Barbot et al. (Phys. Rev. E 97, 033001, 2018): inherent energies, strains of first events,
 * distributions of local yield stresses, and how well these foretell the first events (C of the event's particle, by the
 * values of the particles themselves and by the field of SI D, which averages once more).
 * node --conditions=softfield-source validation/preparations.ts RESULTS.jsonl [particles] [glasses] [annealTime] [coolingRate]
 * Goes on where it was stopped: a line a glass. Cost: 8 loads a glass, at N = 400 some 50 s.
 */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import {
  fieldAt,
  indicatorCorrelation,
  indicatorMaps,
  indicators,
  makeGlass,
  minimumOf,
  preset,
  shear,
} from "softfield";
import { unitOf } from "softfield/internal";

const [file = "preparations.jsonl", ...numbers] = process.argv.slice(2);
const [particles = 400, glasses = 4, annealTime = 1000, coolingRate = 3e-4] = numbers.map(Number);
const model = preset("falk-langer");
const PROTOCOLS = {
  htl: { kind: "htl" },
  esl: { kind: "esl", annealTime },
  gq: { kind: "gq", annealTime, coolingRate },
} as const;
const MEASURES = ["local-yield-stress", "local-yield-strain", "debye-waller"] as const;
const ANGLES = Array.from({ length: 8 }, (_, k) => 22.5 * k);

interface Line {
  readonly kind: keyof typeof PROTOCOLS;
  readonly seed: number;
  readonly energy: number;
  readonly status: string | undefined;
  readonly strains: readonly number[];
  /** By measure, one a load. */
  readonly byValue: Record<string, number[]>;
  readonly byField: Record<string, number[]>;
  /** Tenths of the local yield stresses, of all loads together. */
  readonly stresses: readonly number[];
}

function measured(kind: keyof typeof PROTOCOLS, seed: number): Line {
  const { system, minimization, equilibration } = makeGlass({
    ...{ model, particles, seed, protocol: PROTOCOLS[kind] },
  });
  const minimum = minimumOf(system, model);
  const strains: number[] = [];
  const byValue: Line["byValue"] = Object.fromEntries(MEASURES.map((name) => [name, []]));
  const byField: Line["byField"] = Object.fromEntries(MEASURES.map((name) => [name, []]));
  const stresses: number[] = [];
  for (const angle of ANGLES) {
    const [event] = shear(system, model, { angle, events: 1, tolerance: 1e-7 }).events;
    if (!event) continue;
    strains.push(event.strain);
    const load = unitOf(minimum, { angle });
    for (const name of MEASURES) {
      const indicator = indicators.get(name);
      const [{ values }] = indicator.run(minimum, { load }, {});
      byValue[name].push(indicatorCorrelation(values, event.particle));
      const [{ field }] = indicatorMaps(minimum, { indicators: [name], load });
      byField[name].push(indicatorCorrelation(fieldAt(field, system.positions), event.particle));
      if (name === "local-yield-stress") stresses.push(...Array.from(values, (x) => 1 / x));
    }
  }
  stresses.sort((a, b) => a - b);
  const tenths = Array.from({ length: 9 }, (_, k) => stresses[Math.floor(((k + 1) / 10) * stresses.length)]);
  const energy = minimization.energy / particles;
  return { kind, seed, energy, status: equilibration?.status, strains, byValue, byField, stresses: tenths };
}

const lines: Line[] = existsSync(file)
  ? readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .filter(Boolean)
      .map((text): Line => JSON.parse(text))
  : [];
for (let seed = 1; seed <= glasses; seed++) {
  for (const kind of ["htl", "esl", "gq"] as const) {
    if (lines.some((line) => line.kind === kind && line.seed === seed)) continue;
    const line = measured(kind, seed);
    appendFileSync(file, `${JSON.stringify(line)}\n`);
    lines.push(line);
  }
}

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
const error = (values: readonly number[]) =>
  Math.sqrt(mean(values.map((x) => (x - mean(values)) ** 2)) / Math.max(1, values.length - 1));
/** The mean over glasses, and its standard error. */
const said = (values: readonly number[], digits: number) =>
  `${mean(values).toFixed(digits)} ± ${error(values).toFixed(digits)}`;
for (const kind of ["htl", "esl", "gq"] as const) {
  const own = lines.filter((line) => line.kind === kind);
  const told = own.filter(({ status }) => status === "equilibrated").length;
  const tenth = (k: number) =>
    said(
      own.map(({ stresses }) => stresses[k - 1]),
      3,
    );
  process.stdout.write(
    `${kind}: ${own.length} glasses, ${told} of parents in equilibrium, U/N ${said(
      own.map(({ energy }) => energy),
      4,
    )}, first events ${said(
      own.map(({ strains }) => mean(strains)),
      4,
    )}, local yield stress of 10, 50, 90 % ${tenth(1)}, ${tenth(5)}, ${tenth(9)}\n`,
  );
  for (const name of MEASURES) {
    const c = (by: "byValue" | "byField") =>
      said(
        own.map((line) => mean(line[by][name])),
        2,
      );
    process.stdout.write(`  ${name}: C by value ${c("byValue")}, by field ${c("byField")}\n`);
  }
}
