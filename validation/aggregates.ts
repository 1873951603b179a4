/**
 * What to average, and how: of each glass of `yielding-ensemble.ts` the same local thermal energies made into a value a
 * particle by bins (SI D), Gaussians, the largest around, sums of squares, at several widths, and scored by the glass's
 * events under every load; then what narrows the fields of SI D does to F_n. A JSON line a glass goes to OUT. Run:
 *
 *   npx --no-install node --conditions=softfield-source validation/aggregates.ts ENSEMBLE 2dipl 10000 1..60 OUT
 */
import { appendFileSync } from "node:fs";
import {
  fieldAt,
  fieldOf,
  indicatorCorrelation,
  localThermalEnergy,
  minimumOf,
  nearestSpot,
  neighborhood,
  normalModes,
  particleSites,
  periodicDistance,
  type SoftnessField,
  softnessField,
  softSpots,
  spotShares,
} from "softfield/internal";
import { ensembleOf, glassesOf, seedsIn, systemAt } from "./ensemble.ts";
import { scriptArguments } from "./script.ts";

const given = scriptArguments("aggregates.ts ENSEMBLE MODEL N FROM..TO OUT", 5);
const [, , , , out] = given;
const ensemble = ensembleOf(given);
const { model, particles } = ensemble;
const done = seedsIn(out);

/** Widths of Gaussians and radii, λ. */
const WIDTHS = [0.5, 1, 1.5, 2, 3];
const REACH = 7;

/** Ways to a narrower field that SI D's words might be read as, each of a field made by its default reading. */
const NARROWINGS: Record<string, (field: SoftnessField) => Float64Array> = {
  default: ({ values }) => values,
  "root of the value": ({ values }) => values.map(Math.sqrt),
  "power 0.63": ({ values }) => values.map((x) => x ** 0.63),
  "logarithm of 1 + value": ({ values }) => values.map(Math.log1p),
  "smoothed twice": (field) => smoothed(field, 1),
  "smoothed three times": (field) => smoothed(field, 2),
  "smoothed over two layers": (field) => layers(field),
  "largest of the 3x3 bins": (field) =>
    field.raw.map((_, bin) => Math.max(...neighborhood(field, bin).map((k) => field.raw[k]))),
};

for (const { seed, glass } of glassesOf(ensemble)) {
  if (done.has(seed) || Object.keys(glass.loads).length < 4) continue;
  const minimum = minimumOf(systemAt(glass, glass), model);
  const { box, positions } = minimum.system;
  const { energies } = localThermalEnergy(minimum);
  const [{ lte, sites }] = energies;
  const { weights } = normalModes(minimum, { count: 30 });

  const indicators: Record<string, Float64Array> = aggregated(box.vectors, positions, lte, sites);
  const siD = softnessField(box, positions, energies);
  indicators.bins = fieldAt(siD, positions);
  indicators["bins-unsmoothed"] = fieldAt(
    softnessField(box, positions, energies, { smoothing: "none" }),
    positions,
  );
  indicators.modes = weights;
  const events = Object.entries(glass.loads).flatMap(([angle, load]) =>
    load.events.map(({ trigger, particle, strain }, k) => ({
      angle,
      ordinal: k + 1,
      trigger,
      particle,
      strain,
    })),
  );
  const placeOf = (p: number) => positions.subarray(2 * p, 2 * p + 2);
  const scores = Object.fromEntries(
    Object.entries(indicators).map(([key, values]) => {
      const top = values.reduce((most, x, p) => (x > values[most] ? p : most), 0);
      return [
        key,
        events.map(({ trigger }) => [
          Number(indicatorCorrelation(values, trigger).toFixed(4)),
          Number(periodicDistance(box, placeOf(trigger), placeOf(top)).toFixed(1)),
        ]),
      ];
    }),
  );
  const baseline = fieldOf(
    box,
    positions,
    [{ sites: particleSites(weights.length, box.dimension), values: weights }],
    { grid: siD },
  );
  const narrowed = Object.fromEntries(
    Object.entries(NARROWINGS).map(([key, narrow]) => [
      key,
      [siD, baseline].map((field) => {
        const values = narrow(field);
        const { spots } = softSpots({ ...field, values }, seed);
        const shares = spotShares(box, positions, spots);
        const upTo = (limit: number) =>
          spots.reduce((sum, { standardized }, k) => sum + (standardized <= limit ? shares[k] : 0), 0);
        return {
          spots: spots.length,
          soft: spots.filter(({ standardized }) => standardized <= 2).length,
          chance: [upTo(1), upTo(2)],
          events: events.map(({ particle }) => {
            const near = nearestSpot(box, placeOf(particle), spots);
            return near ? Number(near.standardized.toFixed(4)) : null;
          }),
        };
      }),
    ]),
  );
  appendFileSync(
    out,
    `${JSON.stringify({
      seed,
      events: events.map(({ angle, ordinal, strain }) => ({ angle, ordinal, strain })),
      scores,
      narrowed,
    })}\n`,
  );
  console.log(seed);
}

function smoothed(field: SoftnessField, times: number): Float64Array {
  let values = field.values;
  for (let k = 0; k < times; k++) {
    const before = values;
    values = before.map((_, bin) => {
      const near = neighborhood(field, bin);
      return near.reduce((sum, other) => sum + before[other], 0) / near.length;
    });
  }
  return values;
}

/** The mean over 5×5 bins. */
function layers(field: SoftnessField): Float64Array {
  return field.raw.map((_, bin) => {
    const near = new Set(neighborhood(field, bin).flatMap((other) => neighborhood(field, other)));
    return [...near].reduce((sum, other) => sum + field.raw[other], 0) / near.size;
  });
}

/** Values a particle from |E| of the bonds around it. */
function aggregated(
  vectors: ArrayLike<number>,
  positions: Float64Array,
  lte: Float64Array,
  sites: { readonly members: readonly Int32Array[]; readonly offsets: Float64Array },
): Record<string, Float64Array> {
  const [lx, ly] = [vectors[0], vectors[3]];
  const n = Math.floor(lx / REACH);
  const cells: number[][] = Array.from({ length: n * n }, () => []);
  const wrap = (x: number, l: number) => x - Math.floor(x / l) * l;
  const bonds = Float64Array.from(sites.offsets, (offset, k) =>
    wrap(positions[2 * sites.members[0][k >> 1] + (k & 1)] + offset, k & 1 ? ly : lx),
  );
  const cellOf = (x: number, y: number) =>
    Math.min(n - 1, Math.floor((wrap(y, ly) / ly) * n)) * n +
    Math.min(n - 1, Math.floor((wrap(x, lx) / lx) * n));
  for (let m = 0; m < lte.length; m++) cells[cellOf(bonds[2 * m], bonds[2 * m + 1])].push(m);
  const found: Record<string, Float64Array> = { largest: new Float64Array(particles) };
  sites.members.forEach((members) => {
    members.forEach((p, m) => {
      found.largest[p] = Math.max(found.largest[p], Math.abs(lte[m]));
    });
  });
  for (const w of WIDTHS)
    for (const kind of ["mean", "squares", "kept-mean", "max"])
      found[`${kind}-${w}`] = new Float64Array(particles);
  for (let p = 0; p < particles; p++) {
    const [x, y] = [wrap(positions[2 * p], lx), wrap(positions[2 * p + 1], ly)];
    const home = cellOf(x, y);
    const [cx, cy] = [home % n, Math.floor(home / n)];
    const sums = WIDTHS.map(() => ({ weight: 0, first: 0, second: 0, kept: 0, keptWeight: 0, most: 0 }));
    for (let a = -1; a <= 1; a++)
      for (let b = -1; b <= 1; b++)
        for (const m of cells[((cy + a + n) % n) * n + ((cx + b + n) % n)]) {
          let [dx, dy] = [bonds[2 * m] - x, bonds[2 * m + 1] - y];
          dx -= Math.round(dx / lx) * lx;
          dy -= Math.round(dy / ly) * ly;
          const r2 = dx * dx + dy * dy;
          const e = Math.abs(lte[m]);
          WIDTHS.forEach((w, k) => {
            if (r2 > 9 * w * w || r2 > REACH * REACH) return;
            const g = Math.exp(-r2 / (2 * w * w));
            const s = sums[k];
            s.weight += g;
            s.first += g * e;
            s.second += g * e * e;
            if (e >= 1.1) {
              s.kept += g * e;
              s.keptWeight += g;
            }
            if (r2 <= w * w) s.most = Math.max(s.most, e);
          });
        }
    WIDTHS.forEach((w, k) => {
      const s = sums[k];
      found[`mean-${w}`][p] = s.first / s.weight;
      found[`squares-${w}`][p] = s.second;
      found[`kept-mean-${w}`][p] = s.keptWeight > 0 ? s.kept / s.keptWeight : 0;
      found[`max-${w}`][p] = Math.max(s.most, found.largest[p]);
    });
  }
  return found;
}
