/**
 * C of first events by the values of the particles themselves, beside that by the field of SI D, which averages them over
 * some eight bond lengths: what the benchmark's fields cost. Of an indicator of interactions a particle has the largest
 * |value| of its own.
 * node --conditions=softfield-source validation/values-and-fields.ts GLASSES RESULTS.jsonl [seeds] [indicators]
 * GLASSES: as softfield benchmark --glasses writes them, ENSEMBLE/SEED.extxyz, ENSEMBLE beginning with the preset. Goes on
 * where it was stopped: a line a glass.
 */
import { appendFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  fieldAt,
  indicatorCorrelation,
  indicatorMaps,
  indicators,
  minimumOf,
  preset,
  presetNames,
  readSnapshot,
  type SiteValues,
  shear,
  toSystem,
} from "softfield";
import { unitOf } from "softfield/internal";

const [folder, file = "values.jsonl", most = "4", named] = process.argv.slice(2);
const names = named?.split(",") ?? indicators.names.filter((name) => !name.startsWith("local-yield"));
const ANGLES = Array.from({ length: 8 }, (_, k) => 22.5 * k);

interface Line {
  readonly ensemble: string;
  readonly seed: number;
  /** By indicator: mean over the loads. */
  readonly byValue: Record<string, number>;
  readonly byField: Record<string, number>;
}

/** N: the largest |value| of a particle's sites. */
function ofParticles(found: readonly SiteValues[], count: number): Float64Array {
  const largest = new Float64Array(count).fill(Number.NaN);
  for (const { sites, values } of found)
    for (const list of sites.members)
      list.forEach((p, t) => {
        if (!(Math.abs(values[t]) <= largest[p])) largest[p] = Math.abs(values[t]);
      });
  return largest;
}

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

function measured(ensemble: string, seed: number): Line {
  const name = presetNames.find((one) => ensemble.startsWith(one));
  if (!name) throw new Error(`${ensemble}: begins with no preset`);
  const model = preset(name);
  const path = join(folder, ensemble, `${seed}.extxyz`);
  const minimum = minimumOf(
    toSystem(readSnapshot(readFileSync(path), { source: path }), model).system,
    model,
  );
  const { system } = minimum;
  const events = ANGLES.flatMap((angle) => {
    const [event] = shear(system, model, { angle, events: 1, maxStrain: 0.1, tolerance: 1e-7 }).events;
    return event ? [{ particle: event.particle, load: unitOf(minimum, { angle }) }] : [];
  });
  const [byValue, byField]: Record<string, number>[] = [{}, {}];
  for (const one of names) {
    const indicator = indicators.get(one);
    let known: { readonly values: Float64Array; readonly field: Float64Array } | undefined;
    const scores = events.map(({ particle, load }) => {
      if (!known || indicator.directional) {
        const [map] = indicatorMaps(minimum, { indicators: [one], load });
        const values = ofParticles(indicator.run(minimum, { load }, {}), system.species.length);
        known = { values, field: fieldAt(map.field, system.positions) };
      }
      return [known.values, known.field].map((values) => indicatorCorrelation(values, particle));
    });
    byValue[one] = mean(scores.map(([c]) => c));
    byField[one] = mean(scores.map(([, c]) => c));
  }
  return { ensemble, seed, byValue, byField };
}

const lines: Line[] = existsSync(file)
  ? readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .filter(Boolean)
      .map((text): Line => JSON.parse(text))
  : [];
for (let seed = 1; seed <= Number(most); seed++) {
  for (const ensemble of readdirSync(folder).sort()) {
    if (lines.some((line) => line.ensemble === ensemble && line.seed === seed)) continue;
    if (!existsSync(join(folder, ensemble, `${seed}.extxyz`))) continue;
    const line = measured(ensemble, seed);
    appendFileSync(file, `${JSON.stringify(line)}\n`);
    lines.push(line);
  }
}

const error = (values: readonly number[]) =>
  Math.sqrt(mean(values.map((x) => (x - mean(values)) ** 2)) / Math.max(1, values.length - 1));
const said = (values: readonly number[]) => `${mean(values).toFixed(3)} ± ${error(values).toFixed(3)}`;
process.stdout.write(`${lines.length} glasses: C by value, by field, difference\n`);
for (const name of names) {
  const own = lines.filter(({ byValue }) => name in byValue);
  const [values, fields] = [own.map(({ byValue }) => byValue[name]), own.map(({ byField }) => byField[name])];
  process.stdout.write(
    `${name}\t${said(values)}\t${said(fields)}\t${said(values.map((x, k) => x - fields[k]))}\n`,
  );
}
