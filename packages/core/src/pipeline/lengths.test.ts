import { expect, test } from "vitest";
import { Deformation, InherentTrack, makeGlass, shear } from "../deform/index.ts";
import { ForceField, minimize } from "../dynamics/index.ts";
import { activatedSaddles, census, eshelbyFit, unitOf } from "../excitations/index.ts";
import { indicators } from "../indicators/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { modelToJson, parseModel, preset } from "../models/index.ts";
import { localThermalEnergy } from "../response/index.ts";
import { lengthUnit, type System } from "../space/index.ts";
import { forecastsOf, indicatorMaps, particleFeatures, softeningOfSpots } from "./index.ts";

/** A unit of length that is no bond, such as Å. */
const UNIT = 2.5;
const N = 144;

/** One glass told twice: in bond lengths, and in another unit. */
const definition = modelToJson(preset("2dipl"));
const lambda = definition.lambda as number[][];
const modelIn = (unit: number) =>
  parseModel({
    ...definition,
    lambda: lambda.map((row) => row.map((x) => unit * x)),
    glass: { ...definition.glass, density: 1 / (unit * unit) },
  } as typeof definition);
const [small, large] = [1, UNIT].map(modelIn);
const inUnits = (told: System, unit: number): System => ({
  ...told,
  box: { ...told.box, vectors: told.box.vectors.map((x) => unit * x) },
  positions: told.positions.map((x) => unit * x),
});
const { system } = makeGlass({
  ...{ model: small, particles: N, seed: 3 },
  protocol: { kind: "instantaneous", liquidTime: 4 },
});
const scaled = inUnits(system, UNIT);
const glasses = [minimumOf(system, small), minimumOf(scaled, large)] as const;

/** The power of the unit of length by which numbers differ, the same for all of them. */
function powerOf(values: readonly [ArrayLike<number>, ArrayLike<number>], tolerance = 1e-6): number {
  const [own, other] = values.map((list) => Array.from(list));
  expect(own.length).toBe(other.length);
  const largest = Math.max(...own.map(Math.abs).filter(Number.isFinite));
  const power = Math.log(Math.max(...other.map(Math.abs).filter(Number.isFinite)) / largest) / Math.log(UNIT);
  const factor = UNIT ** Math.round(power);
  own.forEach((x, k) => {
    if (Number.isFinite(x)) expect(Math.abs(other[k] / factor - x)).toBeLessThan(tolerance * largest);
    else expect(other[k]).toBe(x);
  });
  return Math.round(power) + 0;
}

test("the unit is one bond length of the one, and none of the other", () => {
  expect(glasses.map(({ system: { box } }) => lengthUnit(box, N))).toEqual([1, UNIT]);
});

/** Local yield takes twenty times as long as all others, and has its radii where forecasts have them. */
const quick = indicators.names.filter((name) => !name.startsWith("local-yield"));

test.each(quick)("%s does not depend on the unit of length", (name) => {
  const [one, two] = glasses.map((minimum) => {
    const load = unitOf(minimum, { angle: 20 });
    return indicators.get(name).run(minimum, { load }, {})[0].values;
  });
  const powers: Record<string, number> = {
    ...{ displacement: 1, "debye-waller": 2, "thermal-modes": 2, "pseudo-harmonic": 2, nonaffinity: 2 },
    ...{ "local-modulus": -2, pressure: -2 },
  };
  expect(powerOf([one, two])).toBe(powers[name] ?? 0);
});

test("features, their means over one and two bond lengths with them", () => {
  const [one, two] = glasses.map((minimum) => particleFeatures(minimum));
  expect(two.map(({ name }) => name)).toEqual(
    one.map(({ name }) => name.replace(/_g(\d)$/, (_, width) => `_g${UNIT * Number(width)}`)),
  );
  expect(one.some(({ name }) => name === "lte_g2")).toBe(true);
  one.forEach(({ name, values }, k) => {
    if (!name.startsWith("lte")) return;
    expect([name, powerOf([values as Float64Array, two[k].values as Float64Array])]).toEqual([name, 0]);
  });
});

test("census, local folds, spots with their yield strains, and inclusions", () => {
  const found = glasses.map((minimum) => {
    const [forecast] = forecastsOf(minimum, [{}], { places: 6, first: 4, maxStrain: 0.15 });
    const [map] = indicatorMaps(minimum, { indicators: ["lte"] });
    const softening = softeningOfSpots(minimum, map);
    return {
      barriers: forecast.census.map(({ barrier }) => barrier),
      places: forecast.census.flatMap(({ position }) => Array.from(position)),
      thresholds: forecast.excitations.map(({ threshold }) => threshold),
      folds: forecast.folds.map(({ strain }) => strain),
      offsets: forecast.folds.map(({ offset }) => offset),
      spots: softening.flatMap(({ squares, products }) => [squares, ...products]),
      explained: forecast.census.slice(0, 3).map((one) => eshelbyFit(minimum, one).explained),
    };
  });
  const powers = Object.keys(found[0]).map((name) => {
    const key = name as keyof (typeof found)[0];
    return [name, powerOf([found[0][key], found[1][key]], 1e-4)];
  });
  expect(found[0].folds.length).toBeGreaterThan(0);
  expect(Object.fromEntries(powers)).toEqual({
    ...{ barriers: 0, places: 1, thresholds: 0, folds: 0, offsets: 1, spots: 0, explained: 0 },
  });
});

test("saddles out of the glass, their barriers and what lies behind", () => {
  const found = glasses.map((minimum) => {
    const softest = census(minimum, localThermalEnergy(minimum)).slice(0, 3);
    const { saddles, searches } = activatedSaddles(minimum, softest);
    expect(searches).toBe(6);
    return {
      barriers: saddles.map(({ barrier }) => barrier),
      prefactors: saddles.map(({ prefactor }) => prefactor),
      others: saddles.flatMap(({ other }) => Array.from(other)),
    };
  });
  expect(found[0].barriers.length).toBeGreaterThan(1);
  expect(powerOf([found[0].barriers, found[1].barriers])).toBe(0);
  expect(powerOf([found[0].prefactors, found[1].prefactors], 1e-5)).toBe(-1);
  expect(powerOf([found[0].others, found[1].others])).toBe(1);
});

test("what rearranges between two inherent structures", () => {
  const [one, two] = glasses.map(({ system, model }) => {
    const track = new InherentTrack(model, "xy");
    track.look(system, 0);
    // beyond the first events
    const strain = 0.08;
    const { box } = Deformation.of(system.box).at(strain);
    const field = ForceField.create(system, model);
    field.setBox(box);
    return track.look(field.system(), strain);
  });
  expect(one.rearranged).toBeGreaterThan(0);
  expect([two.rearranged, two.particle]).toEqual([one.rearranged, one.particle]);
});

test.each([UNIT, 0.01, 1e-4])(
  "plastic events of a quasistatic load, told in bonds and in %d of them",
  (unit) => {
    const [one, two] = [
      { system, model: small },
      { system: inUnits(system, unit), model: modelIn(unit) },
    ].map((glass) => shear(glass.system, glass.model, { events: 2 }).events);
    expect(one[0].rearranged).toBeGreaterThan(0);
    const told = (events: typeof one) =>
      events.map((event) => [event.particle, event.trigger, event.modeParticle, event.rearranged]);
    expect(told(two)).toEqual(told(one));
    one.forEach(({ strain, drop }, k) => {
      expect(Math.abs(two[k].strain - strain)).toBeLessThan(1e-8);
      expect(two[k].drop / drop).toBeCloseTo(1, 5);
    });
  },
);

test.each([
  ["fire", UNIT],
  ["fire", 0.01],
  ["cg", 0.01],
  ["lbfgs", 0.01],
] as const)(
  "the minimum below a hot configuration by %s, told in bonds and in %d of them",
  (method, unit) => {
    let seed = 11;
    const random = () => {
      seed = (seed * 48271) % 2147483647;
      return seed / 2147483647 - 0.5;
    };
    const hot = { ...system, positions: system.positions.map((x) => x + 3 * random()) };
    const [one, two] = [1, unit].map((own) => {
      const field = ForceField.create(inUnits(hot, own), modelIn(own));
      expect(minimize(field, { method }).status).toBe("converged");
      return field.energy;
    });
    expect(two / one).toBeCloseTo(1, 9);
  },
);
