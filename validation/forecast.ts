/**
 * What is foretold of the events of an ensemble, from the unsheared glass alone: of each glass of
 * `yielding-ensemble.ts` the census of its excitations, and the fold of the region around each under each load. A JSON
 * line a glass goes to OUT; glasses that OUT has are left out. Run:
 *
 *   npx --no-install node --conditions=softfield-source validation/forecast.ts ENSEMBLE 2dipl 10000 1..60 OUT [places 12] [max. strain 0.06] [folds a load 5]
 */
import { appendFileSync } from "node:fs";
import {
  fieldAt,
  forecastsOf,
  indicatorCorrelation,
  indicators,
  lengthUnit,
  localThermalEnergy,
  minimumOf,
  periodicDistance,
  softnessField,
} from "softfield/internal";
import { ensembleOf, glassesOf, seedsIn, systemAt } from "./ensemble.ts";
import { scriptArguments } from "./script.ts";

const given = scriptArguments("forecast.ts ENSEMBLE MODEL N FROM..TO OUT [PLACES] [MAX_STRAIN] [FOLDS]", 5);
const [, , , , out] = given;
const ensemble = ensembleOf(given);
const { model, particles } = ensemble;
const done = seedsIn(out);
const places = Number(given[5] ?? 12);
const maxStrain = Number(given[6] ?? 0.06);
const first = Number(given[7] ?? 5);

for (const { seed, glass } of glassesOf(ensemble)) {
  const angles = Object.keys(glass.loads).map(Number);
  if (done.has(seed) || angles.length < 4) continue;
  const system = systemAt(glass, glass);
  const d = system.box.dimension;
  const began = process.cpuUsage();
  const since = () => {
    const { user, system: kernel } = process.cpuUsage(began);
    return (user + kernel) / 1e6;
  };
  const minimum = minimumOf(system, model);
  const { box, positions } = minimum.system;
  const placeOf = (p: number) => positions.subarray(p * d, (p + 1) * d);
  const { energies } = localThermalEnergy(minimum);
  const squares = new Float64Array(particles);
  const largest = new Float64Array(particles);
  energies.forEach(({ lte: e, sites }) => {
    for (const members of sites.members)
      members.forEach((p, t) => {
        squares[p] += e[t] * e[t];
        largest[p] = Math.max(largest[p], Math.abs(e[t]));
      });
  });
  const scalars: Record<string, Float64Array> = {
    lte: largest,
    "lte-squared": squares,
    bins: fieldAt(softnessField(box, positions, energies), positions),
    ...Object.fromEntries(
      ["lte-around", "modes", "debye-waller"].map((key) => [
        key,
        indicators
          .get(key)
          .run(minimum, {}, {})[0]
          .values.map((x) => (Number.isNaN(x) ? 0 : x)),
      ]),
    ),
  };
  const before = since();
  let taken = 0;
  const forecasts = forecastsOf(
    minimum,
    angles.map((angle) => ({ angle })),
    { places, maxStrain, first, tolerance: 1e-2 },
    {
      onProgress: ({ stage }) => {
        if (stage === "local modes") taken = since() - before;
      },
    },
  );
  const rows = angles.map((angle, l) => {
    const { events } = glass.loads[angle];
    const { excitations, folds, slopes: slope } = forecasts[l];
    if (!slope) throw new Error("memory holds no derivative of the factor");
    const peakOf = (x: Float64Array) => x.reduce((most, value, p) => (value > x[most] ? p : most), 0);
    // what the excitations that the load softens move, each over its threshold
    const softened = new Float64Array(particles);
    for (const { excitation: one, threshold: at } of excitations) {
      const largestMove = one.field.reduce((most, z) => Math.max(most, Math.abs(z)), 0);
      one.field.forEach((z, k) => {
        softened[Math.floor(k / d)] += (z / largestMove) ** 2 / at;
      });
    }
    const all: Record<string, Float64Array> = { ...scalars, softening: slope, cubic: softened };
    const far = (p: ArrayLike<number>) =>
      events.map(({ trigger }) => Number(periodicDistance(box, placeOf(trigger), p).toFixed(2)));
    return {
      angle,
      events: events.map(({ strain, drop }) => ({ strain, drop })),
      // what each way points at first, and how far the events are
      top: Object.fromEntries(Object.entries(all).map(([key, x]) => [key, far(placeOf(peakOf(x)))])),
      // C = 1 − 2·CDF of each event's trigger
      scores: Object.fromEntries(
        Object.entries(all).map(([key, x]) => [
          key,
          events.map(({ trigger }) => Number(indicatorCorrelation(x, trigger).toFixed(4))),
        ]),
      ),
      cubic: excitations
        .slice(0, 20)
        .map(({ excitation: one, threshold: at }) => ({ at, far: far(one.position) })),
      local: folds.map(({ strain, particle, position, offset, radius }) => ({
        at: strain,
        offset,
        radius,
        far: far(position),
        mover: far(placeOf(particle)),
        linear: squares[particle] / slope[particle],
      })),
    };
  });
  const row = { seed, unit: lengthUnit(box, particles), census: taken, seconds: since(), loads: rows };
  appendFileSync(out, `${JSON.stringify(row)}\n`);
  console.log(seed, taken.toFixed(1), since().toFixed(1));
}
