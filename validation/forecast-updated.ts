/**
 * Each event foretold from the minimum that the one before has led to, its census followed from the glass before: of
 * glasses of `yielding-ensemble.ts`. A JSON line an event goes to OUT. Run:
 *
 *   npx --no-install node --conditions=softfield-source validation/forecast-updated.ts ENSEMBLE 2dipl 2500 1..6 0,90 3 OUT
 *
 * Arguments: folder, model, particles, seeds, directions, how many events, OUT.
 */
import { appendFileSync } from "node:fs";
import { minimumOf } from "softfield";
import {
  census,
  type Excitation,
  localThermalEnergy,
  periodicDistance,
  threshold,
  unitOf,
  yieldForecast,
} from "softfield/internal";
import { ensembleOf, glassesOf, systemAt } from "./ensemble.ts";
import { scriptArguments, wholeNumber } from "./script.ts";

const given = scriptArguments("forecast-updated.ts ENSEMBLE MODEL N FROM..TO ANGLES EVENTS OUT", 7);
const [, , , , anglesGiven, , out] = given;
const ensemble = ensembleOf(given);
const { model } = ensemble;
const events = wholeNumber(given[5], "the number of events");
const PLACES = 6;

for (const { seed, glass } of glassesOf(ensemble)) {
  for (const angle of anglesGiven.split(",").map(Number)) {
    const load = glass.loads[angle];
    if (!load) continue;
    let before: readonly Excitation[] | undefined;
    let strain = 0;
    for (let n = 0; n < Math.min(events, load.events.length); n++) {
      const began = process.cpuUsage();
      const minimum = minimumOf(systemAt(glass, n === 0 ? glass : load.after[n - 1]), model);
      const found = census(minimum, localThermalEnergy(minimum), before ? { from: before } : {});
      const censusSeconds = process.cpuUsage(began).user / 1e6;
      // the box is sheared already: the same shear goes on in it
      const unit = unitOf(minimum, { angle });
      const ahead = found
        .map((one) => ({ one, at: threshold(one, unit) }))
        .filter(({ at: strainAt }) => strainAt > 0)
        .sort((x, y) => x.at - y.at)
        .slice(0, PLACES)
        .map(({ one }) => one);
      const chosen = [...new Set([...ahead, ...found.slice(0, PLACES)])];
      const [list] = yieldForecast(
        minimum,
        chosen.map(({ position }) => position),
        [{ angle }],
        { maxStrain: 0.03, tolerance: 1e-2 },
      );
      const { trigger, strain: event } = load.events[n];
      const { box, positions } = minimum.system;
      const d = box.dimension;
      const place = positions.subarray(trigger * d, (trigger + 1) * d);
      const kept = list.filter(({ offset }) => offset < 2);
      const rank = kept.findIndex((one) => periodicDistance(box, one.position, place) <= 3) + 1;
      const row = {
        ...{ seed, angle, event: n + 1, strain: event - strain, rank, excitations: found.length },
        predicted: rank > 0 ? kept[rank - 1].strain : null,
        censusSeconds,
      };
      appendFileSync(out, `${JSON.stringify(row)}\n`);
      console.log(JSON.stringify(row));
      before = found;
      strain = event;
    }
  }
}
