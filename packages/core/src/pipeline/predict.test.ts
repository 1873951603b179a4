import { beforeAll, describe, expect, test } from "vitest";
import { withPairs } from "../../test/families.ts";
import { readReference } from "../../test/reference.ts";
import { QuasistaticShear } from "../deform/index.ts";
import { unitOf } from "../excitations/index.ts";
import { periodicDistance, softnessField, softSpots, yieldStrain } from "../fields/index.ts";
import { findInteractions, pairsOf } from "../interactions/index.ts";
import { factorHessian, minimumOf } from "../minimum/index.ts";
import { preset } from "../models/index.ts";
import { localThermalEnergy, respond, spreadsOf, strainDerivatives } from "../response/index.ts";
import { crystal } from "../space/index.ts";
import { selectedInverse, solve } from "../sparse/index.ts";
import {
  followedStrains,
  forecastsOf,
  foretell,
  foretoldStrains,
  type IndicatorMap,
  indicatorMaps,
  predict,
  softeningOfSpots,
} from "./index.ts";
import { scoreEvents } from "./predict.ts";
import { softeningPlaces } from "./softeningplaces.ts";

const { system, model } = readReference("2dipl_400");

test("indicators that know directions look at the direction of the shear that is foretold", () => {
  const minimum = minimumOf(system, model);
  const shear = { events: 1, angle: 40 };
  const maps = (load: Parameters<typeof unitOf>[1]) =>
    indicatorMaps(minimum, { indicators: ["softening"], load: unitOf(minimum, load) })[0].field.values;
  const [{ field }] = predict(minimum, { indicators: ["softening"], shear }).maps;
  expect(field.values).toEqual(maps({ angle: 40 }));
  expect(field.values).not.toEqual(maps({}));
  const [other] = predict(minimum, { indicators: ["softening"], shear, load: unitOf(minimum, {}) }).maps;
  expect(other.field.values).toEqual(maps({}));
});

describe("softness of a glass", () => {
  let [softness, baseline]: IndicatorMap[] = [];
  beforeAll(() => {
    [softness, baseline] = indicatorMaps(minimumOf(system, model), { modes: 20, seed: 3 });
  });

  test("field and baseline share their bins; the baseline keeps every particle", () => {
    expect(baseline.field.counts).toEqual(softness.field.counts);
    expect(baseline.field.kept.reduce((sum, n) => sum + n, 0)).toBe(400);
    const total = baseline.field.sums.reduce((sum, v) => sum + v, 0);
    expect(total).toBeCloseTo(20, 9); // each mode has unit length
  });

  test("a threshold is one of energies: other indicators keep every value", () => {
    const field = { threshold: 2 };
    const names = ["lte", "energy"];
    const [energies, rest] = indicatorMaps(minimumOf(system, model), { indicators: names, field });
    expect(energies.field.threshold).toBe(2);
    expect(rest.field.kept).toEqual(rest.field.entries);
  });

  test("seeds move spots within their bins only", () => {
    const [other] = indicatorMaps(minimumOf(system, model), { indicators: ["lte"], seed: 4 });
    expect(other.spots.spots.map(({ bin, score }) => ({ bin, score }))).toEqual(
      softness.spots.spots.map(({ bin, score }) => ({ bin, score })),
    );
    expect(other.spots.spots[0].position).not.toEqual(softness.spots.spots[0].position);
  });

  test("an event at a spot is scored by it, at no distance if it sits there", () => {
    const { spots } = softness.spots;
    const last = spots.at(-1) as (typeof spots)[number];
    const { positions, box } = system;
    const distances = Array.from(system.species.keys(), (p) =>
      periodicDistance(box, positions.subarray(2 * p, 2 * p + 2), last.position),
    );
    const particle = distances.indexOf(Math.min(...distances));
    const [score] = scoreEvents(system, [softness, baseline], [{ ordinal: 1, strain: 0.01, particle }]);
    const { lte, modes } = score.scores;
    expect(lte.nearest).toMatchObject({ rank: spots.length, standardized: last.standardized });
    expect(lte.nearest?.distance).toBe(Math.min(...distances));
    expect(score.position).toEqual(positions.slice(2 * particle, 2 * particle + 2));
    expect(modes.nearest?.rank).toBeGreaterThan(0);
  });

  test("what is no indicator is refused with those that there are", () => {
    expect(() => indicatorMaps(minimumOf(system, model), { indicators: ["lte", "mode"] })).toThrow(
      /no indicator "mode", did you mean "modes"\? there are lte, modes, /,
    );
  });
});

test("a glass on the brink of its first event is softest there, and the modes are less sure", () => {
  // 2dipl_1600 sheared to within ω² = 9e-4 of the instability whose trigger an independent code names
  const brink = readReference("2dipl_1600_sheared_soft");
  const maps = indicatorMaps(minimumOf(brink.system, brink.model));
  const [score] = scoreEvents(brink.system, maps, [{ ordinal: 1, strain: 0.00369, particle: 1578 }]);
  const { lte } = score.scores;
  expect(lte.nearest?.rank).toBe(1);
  expect(lte.nearest?.distance).toBeLessThan(2);
  expect(lte.correlation).toBeGreaterThan(0.99);
});

test("a soft defect planted in a stiff network is found first", () => {
  const sample = readReference("2dipl_1600");
  const { box, positions } = sample.system;
  const found = findInteractions(sample.system, sample.model);
  const bonds = pairsOf(found);
  const centre = Float64Array.of(30, 11);
  const near = Array.from(
    sample.system.species.keys(),
    (p) => periodicDistance(box, positions.subarray(2 * p), centre) < 3,
  );
  // an unstressed network of stiff springs, but for compressed bonds near one point: pre-stress softens it there
  const phi2 = bonds.phi2.map(() => 100);
  const phi1 = bonds.phi1.map((_, m) => (near[bonds.i[m]] && near[bonds.j[m]] ? -21 * bonds.r[m] : 0));
  const network = withPairs(found, { phi1, phi2, phi3: bonds.phi3.map(() => -1000) });
  const { analysed, result } = factorHessian({ box, positions, interactions: network });
  if (result.status !== "ok") throw new Error(`indefinite at ${result.particle}`);
  const spreads = spreadsOf(network, analysed.pattern, selectedInverse(result.factor));
  const { energies } = respond(network, spreads, (b) => solve(result.factor, b));
  const { spots } = softSpots(softnessField(box, positions, energies));
  expect(periodicDistance(box, spots[0]?.position as Float64Array, centre)).toBeLessThan(3);
  expect(spots[1]?.standardized ?? Infinity).toBeGreaterThan(1.5);
});

test("the first event is foretold from the unsheared glass: place and strain; the spots' linear answer is beside it", () => {
  const sample = readReference("2dipl_1600");
  const minimum = minimumOf(sample.system, sample.model);
  const found = predict(minimum, { indicators: ["lte"], shear: { events: 2 } });
  const effort = { places: 2, first: 2, radius: 5, census: { bonds: 30, modes: 10 } };
  const [forecast] = forecastsOf(minimum, [{}], effort);
  const [map] = found.maps;
  const softening = softeningOfSpots(minimum, map);
  const foretold = foretoldStrains(minimum, { indicator: map.indicator, softening, forecast }, {}, found);
  expect(foretold[0].rank).toBe(1);
  expect(Math.abs((foretold[0].local ?? 0) / found.shear.events[0].strain - 1)).toBeLessThan(0.1);
  const [{ threshold }] = forecast.excitations;
  expect(foretold[0]).toMatchObject({ cubicRank: 1, cubic: threshold });
  const off = ({ cubic = 0, local = 0 }: (typeof foretold)[number]) =>
    [cubic, local].map((strain) => Math.abs(strain / found.shear.events[0].strain - 1));
  const [byCubic, byLocal] = off(foretold[0]);
  expect(byLocal).toBeLessThan(byCubic);
  expect(byCubic).toBeLessThan(0.6);
  const { nearest } = found.scores[0].scores.lte;
  const spot = softening[(nearest?.rank ?? 0) - 1];
  expect(foretold[0].linear).toBe(yieldStrain(spot, Float64Array.of(0, 1, 0, 0)));
  const alone = foretoldStrains(
    minimum,
    { indicator: map.indicator, softening, forecast: undefined },
    {},
    found,
  );
  expect(alone[0]).toEqual({ linear: foretold[0].linear });
});

test("each event is foretold from the minimum that the one before led to, its census followed", () => {
  const { system: glass, model: by } = readReference("2dipl_1600");
  const minimum = minimumOf(glass, by);
  const effort = { places: 3, first: 3, radius: 4, maxStrain: 0.05, census: { bonds: 20, modes: 5 } };
  const [forecast] = forecastsOf(minimum, [{}], effort);
  const [first, second, ...none] = followedStrains(minimum, {}, { forecast, events: 2 }, effort);
  expect(none).toEqual([]);
  expect(first).toEqual({ rank: 1, strain: forecast.folds[0].strain });
  // by hand: the glass as the first event leaves it
  const run = QuasistaticShear.start(glass, by, { events: 2 });
  while (run.events.length === 0) run.advance();
  const { system: now, strain } = run.result();
  const census = { ...effort.census, from: forecast.census };
  const [next] = forecastsOf(minimumOf(now, by), [{}], { ...effort, census });
  while (run.events.length === 1) run.advance();
  const { trigger } = run.events[1];
  const at = (p: number) => now.positions.subarray(2 * p, 2 * p + 2);
  const k = next.folds.findIndex(({ position, particle }) =>
    [position, at(particle)].some((place) => periodicDistance(now.box, place, at(trigger)) <= 3),
  );
  expect(second).toEqual({ rank: k + 1, strain: strain + (next.folds[k]?.strain ?? Number.NaN) });
  expect(next.folds.length).toBeGreaterThan(0);
}, 300_000);

test("a prediction scores each event that the shear found, by each indicator that was asked for", () => {
  const options = { indicators: ["lte", "nonaffinity"], shear: { events: 2 } };
  const { shear, scores, maps } = predict(minimumOf(system, model), options);
  expect(shear.status).toBe("complete");
  expect(scores.map(({ ordinal, strain, particle }) => ({ ordinal, strain, particle }))).toEqual(
    shear.events.map(({ ordinal, strain, particle }) => ({ ordinal, strain, particle })),
  );
  expect(maps.map(({ indicator }) => indicator.name)).toEqual(options.indicators);
  for (const { scores: by } of scores) {
    expect(Object.keys(by)).toEqual(options.indicators);
    for (const { correlation, nearest } of Object.values(by)) {
      expect(Math.abs(correlation)).toBeLessThanOrEqual(1);
      expect(nearest?.standardized).toBeGreaterThanOrEqual(1);
    }
  }
});

test("foretell is the first of the loads' forecasts", () => {
  const minimum = minimumOf(system, model);
  const effort = { places: 1, first: 1, radius: 4, maxStrain: 0.05, census: { bonds: 5, modes: 5 } };
  const [{ folds }] = forecastsOf(minimum, [{}], effort);
  expect(foretell(minimum, {}, effort)).toEqual(folds);
});

test("no strain pushes the modes of a crystal but by rounding: none is foretold by its cubic threshold", () => {
  const own = preset("2dipl");
  const minimum = minimumOf(crystal("hexagonal", 10, 0.86), own);
  const effort = { places: 1, first: 1, maxStrain: 0.01, census: { bonds: 5, modes: 5 } };
  const [{ census: found, excitations }] = forecastsOf(minimum, [{ angle: 10 }], effort);
  expect(found.length).toBeGreaterThan(0);
  expect(excitations).toEqual([]);
});

test("places that a load softens most: sums of E dE/dγ by the tensor, apart from each other", () => {
  const minimum = minimumOf(system, model);
  const lte = localThermalEnergy(minimum);
  const unit = Float64Array.of(0, 0.3, 0.9, 0);
  const loads = { units: [unit, unit.map((x) => -x)], places: 4 };
  const softened = softeningPlaces(minimum, lte, loads);
  const [found, opposite] = softened.map((one) => one.places);
  const [pairs] = strainDerivatives(minimum).families;
  const [{ lte: energies, sites }] = lte.energies;
  const sums = new Float64Array(system.species.length);
  for (const members of sites.members)
    members.forEach((p, t) => {
      sums[p] += 1.2 * energies[t] * pairs[2][t];
    });
  const at = (p: number) => minimum.system.positions.slice(2 * p, 2 * p + 2);
  const most = Math.max(...sums.map(Math.abs));
  softened[0].slopes!.forEach((slope, p) => {
    expect(Math.abs(slope - sums[p])).toBeLessThan(1e-12 * most);
  });
  expect(found[0]).toEqual(at(sums.indexOf(Math.max(...sums))));
  expect(opposite[0]).toEqual(at(sums.indexOf(Math.min(...sums))));
  expect(found).toHaveLength(4);
  found.forEach((place, k) => {
    for (const other of found.slice(0, k))
      expect(periodicDistance(system.box, place, other)).toBeGreaterThanOrEqual(3);
  });
});

test("where memory holds no derivative of the factor there are no slopes, and no places by them", () => {
  const minimum = minimumOf(system, model);
  const lte = localThermalEnergy(minimum);
  const factor = minimum.factor();
  const { workspace } = factor;
  const cut = { ...factor, workspace: { ...workspace, banks: [...workspace.banks, ...workspace.banks] } };
  const starved = { ...minimum, factor: () => cut };
  const loads = { units: [unitOf(minimum, {}), unitOf(minimum, { angle: 45 })], places: 4 };
  expect(softeningPlaces(starved, lte, loads)).toEqual([
    { slopes: undefined, places: [] },
    { slopes: undefined, places: [] },
  ]);
});
