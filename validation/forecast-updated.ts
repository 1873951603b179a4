/**
 * Each event foretold from the minimum that the one before has led to, its census followed from the glass before: of
 * glasses of `yielding-ensemble.ts`. A JSON line an event goes to OUT. Run:
 *
 *   npx --no-install node --conditions=softfield-source validation/forecast-updated.ts ENSEMBLE 2dipl 2500 1..6 0,90 3 OUT
 *
 * Arguments: folder, model, particles, seeds, directions, how many events, OUT.
 */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { minimumOf, preset, presetNames, SoftfieldError, type System } from "softfield";
import {
  census,
  type Excitation,
  localThermalEnergy,
  type PlasticEvent,
  periodicDistance,
  threshold,
  unitOf,
  yieldForecast,
} from "softfield/internal";
import { scriptArguments, wholeNumber } from "./script.ts";

const given = scriptArguments("forecast-updated.ts ENSEMBLE MODEL N FROM..TO ANGLES EVENTS OUT", 7);
const [folder, name, , seedsGiven, anglesGiven, , out] = given;
const known = presetNames.find((one) => one === name);
if (!known) throw new SoftfieldError("usage", `unknown model "${name}": one of ${presetNames.join(", ")}`);
const model = preset(known);
const particles = wholeNumber(given[2], "the number of particles");
const events = wholeNumber(given[5], "the number of events");
const [from, to] = seedsGiven.split("..").map((text) => wholeNumber(text, "a seed"));
const PLACES = 6;

interface State {
  readonly box: readonly number[];
  readonly positions: string;
}
interface Sample extends State {
  readonly species: readonly number[];
  readonly loads: Record<
    string,
    { readonly events: readonly PlasticEvent[]; readonly after: readonly State[] }
  >;
}
const unpacked = (text: string) => new Float64Array(Uint8Array.from(Buffer.from(text, "base64")).buffer);

for (let seed = from; seed <= to; seed++) {
  const path = join(folder, `${known}-${particles}-${seed}.json`);
  if (!existsSync(path)) continue;
  const sample = JSON.parse(readFileSync(path, "utf8")) as Sample;
  const d = Math.round(Math.sqrt(sample.box.length)) as 2 | 3;
  const at = ({ box, positions }: State): System => ({
    box: { dimension: d, vectors: Float64Array.from(box) },
    species: Int32Array.from(sample.species),
    positions: unpacked(positions),
  });
  for (const angle of anglesGiven.split(",").map(Number)) {
    const load = sample.loads[angle];
    if (!load) continue;
    let before: readonly Excitation[] | undefined;
    let strain = 0;
    for (let n = 0; n < Math.min(events, load.events.length); n++) {
      const began = process.cpuUsage();
      const minimum = minimumOf(at(n === 0 ? sample : load.after[n - 1]), model);
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
