/**
 * Each event foretold from the minimum that the one before has led to, its census followed from the glass before: of
 * glasses of `yielding-ensemble.ts`. A JSON line an event goes to OUT; glasses and directions that OUT has are left out. At
 * the end, by the number of the event and of all in OUT: how many, shares at the first place and among five with intervals
 * by bootstrap over glasses, strains up to the event within a factor of 1.5 and 1.1. Run:
 *
 *   npx --no-install node --conditions=softfield-source validation/forecast-updated.ts ENSEMBLE 2dipl 2500 1..6 0,90 3 OUT
 *
 * Arguments: folder, model, particles, seeds, directions, how many events, OUT.
 */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { grouped } from "@softfield/node";
import { bootstrap, minimumOf } from "softfield";
import { type Excitation, forecastsOf, lengthUnit, periodicDistance } from "softfield/internal";
import { ensembleOf, glassesOf, systemAt } from "./ensemble.ts";
import { scriptArguments, wholeNumber } from "./script.ts";

const given = scriptArguments("forecast-updated.ts ENSEMBLE MODEL N FROM..TO ANGLES EVENTS OUT", 7);
const [, , , , anglesGiven, , out] = given;
const ensemble = ensembleOf(given);
const { model } = ensemble;
const events = wholeNumber(given[5], "the number of events");
/** An event lies at a place within this distance, bond lengths. */
const HIT = 3;
const EFFORT = { places: 12, first: 5, maxStrain: 0.03, tolerance: 1e-2 };

interface Row {
  readonly seed: number;
  readonly angle: number;
  readonly event: number;
  /** From the event before. */
  readonly strain: number;
  readonly rank: number;
  readonly predicted: number | null;
}

const stored = () =>
  (existsSync(out) ? readFileSync(out, "utf8").trim().split("\n").filter(Boolean) : []).map(
    (line) => JSON.parse(line) as Row,
  );
const done = new Set(stored().map(({ seed, angle }) => `${seed} ${angle}`));

for (const { seed, glass } of glassesOf(ensemble)) {
  for (const angle of anglesGiven.split(",").map(Number)) {
    const load = glass.loads[angle];
    if (!load || load.events.length < events || done.has(`${seed} ${angle}`)) continue;
    let before: readonly Excitation[] | undefined;
    let strain = 0;
    const rows = load.events.slice(0, events).map(({ trigger, strain: event }, n): Row => {
      const began = process.cpuUsage();
      // the box is sheared already: the same shear goes on in it
      const minimum = minimumOf(systemAt(glass, n === 0 ? glass : load.after[n - 1]), model);
      const followed = before ? { census: { from: before } } : {};
      const [{ census, folds }] = forecastsOf(minimum, [{ angle }], { ...EFFORT, ...followed });
      const { box, positions } = minimum.system;
      const d = box.dimension;
      const at = (p: number) => positions.subarray(p * d, (p + 1) * d);
      const reach = HIT * lengthUnit(box, positions.length / d);
      const k = folds.findIndex(
        ({ position, particle }) =>
          Math.min(
            periodicDistance(box, position, at(trigger)),
            periodicDistance(box, at(particle), at(trigger)),
          ) <= reach,
      );
      const row = {
        ...{ seed, angle, event: n + 1, strain: event - strain, rank: k + 1, excitations: census.length },
        predicted: folds[k]?.strain ?? null,
        seconds: process.cpuUsage(began).user / 1e6,
      };
      console.log(JSON.stringify(row));
      before = census;
      strain = event;
      return row;
    });
    appendFileSync(out, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  }
}

const all = stored();
for (let n = 1; n <= events; n++) {
  const own = all.filter(({ event }) => event === n);
  const glasses = [...grouped(own, ({ seed }) => String(seed)).values()];
  const share = (most: number) => {
    const [{ value, low, high }] = bootstrap(glasses.length, (weights) => {
      const total = (of: (rows: readonly Row[]) => number) =>
        glasses.reduce((sum, rows, k) => sum + weights[k] * of(rows), 0);
      const hits = total((rows) => rows.filter(({ rank }) => rank > 0 && rank <= most).length);
      return [(100 * hits) / total((rows) => rows.length)];
    });
    return `${value.toFixed(0)} (${low.toFixed(0)} … ${high.toFixed(0)})`;
  };
  const ratios = own
    .filter(({ rank }) => rank === 1)
    .map(({ strain, predicted }) => Number(predicted) / strain);
  const within = [1.5, 1.1].map((factor) => ratios.filter((x) => Math.max(x, 1 / x) <= factor).length);
  console.log(
    `event ${n}: ${glasses.length} glasses, ${own.length} events; first ${share(1)}, five ${share(5)}; strain of hits within 1.5, 1.1: ${within.join(", ")} of ${ratios.length}`,
  );
}
