import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { one } from "../../test/onemodel.ts";
import { readReference } from "../../test/reference.ts";
import { ForceField, MolecularDynamics, Preparation } from "../dynamics/index.ts";
import { parseModel, preset } from "../models/index.ts";
import { createBox, minimumImage, reducedBox, type System, volume } from "../space/index.ts";
import { Deformation, InherentTrack, keptBetween, makeGlass, ShearFlow, shear } from "./index.ts";

/** A liquid of 100 particles in a box that is long enough. */
function liquid(name: "2dipl" | "3dkablj") {
  const model = preset(name);
  const protocol = { kind: "instantaneous", liquidTime: 2 } as const;
  const preparation = Preparation.start({ model, particles: 120, seed: 1, protocol });
  while (!preparation.advance());
  return { model, system: preparation.field.system() };
}

test.each(["2dipl", "3dkablj"] as const)(
  "%s: energy gained is the work of the stress, to second order in dt",
  (name) => {
    const { model, system } = liquid(name);
    const plane = name === "2dipl" ? "xy" : "xz";
    const error = (dt: number) => {
      const field = ForceField.create(system, model);
      const dynamics = new MolecularDynamics(field, { dt, seed: 3 });
      dynamics.drawVelocities(1);
      const [s, n] = plane === "xy" ? [0, 1] : [0, 2];
      const d = field.dimension;
      const stress = () =>
        field.stress()[s * d + n] * volume(field.box) - dynamics.kineticTensor()[s * d + n];
      const energy = () => field.energy + dynamics.kineticEnergy;
      const rate = 0.2;
      const start = energy();
      let work = 0;
      let last = stress();
      for (let t = 0; t < 0.5 - dt / 2; t += dt) {
        dynamics.run({ steps: 1, thermostat: { kind: "none" }, drive: { plane, rate } });
        const now = stress();
        work += 0.5 * (last + now) * rate * dt;
        last = now;
      }
      expect(Math.abs(work)).toBeGreaterThan(0.5);
      return Math.abs((energy() - start - work) / work);
    };
    const [coarse, fine] = [error(0.004), error(0.002)];
    expect(fine).toBeLessThan(3e-3);
    expect(coarse / fine).toBeGreaterThan(2.5);
  },
);

test("with its thermostat, too, energy gained less heat is the work of the stress; in steady flow the work is the heat", () => {
  const { model, system } = liquid("2dipl");
  const rate = 0.2;
  const flow = ShearFlow.start(system, model, { rate, temperature: 0.5, seed: 2, dt: 1e-3 });
  let work = 0;
  let last = flow.point();
  const start = last;
  const points = [start];
  for (let k = 0; k < 200; k++) {
    flow.run(100);
    const now = flow.point();
    work += 0.5 * (last.stress + now.stress) * volume(flow.field.box) * (now.strain - last.strain);
    last = now;
    points.push(now);
  }
  // γ = 4; the stress is looked at every hundredth step
  expect(last.work).toBeGreaterThan(50);
  expect(Math.abs(work / last.work - 1)).toBeLessThan(0.02);
  const half = points[100];
  const kinetic = (t: number) => flow.dynamics.degreesOfFreedom * 0.5 * t;
  const gained = last.energy + kinetic(last.temperature) - half.energy - kinetic(half.temperature);
  expect(last.work + last.heat - (half.work + half.heat)).toBeCloseTo(gained, 8);
  expect(Math.abs((last.heat - half.heat) / (last.work - half.work) + 1)).toBeLessThan(0.1);
});

test("what is kept is the mean over all steps: behind the thermostat it is colder by half of what a block is heated", () => {
  const { model, system } = liquid("2dipl");
  const options = { rate: 2, temperature: 0.5, seed: 2, dt: 2e-3, relaxation: 5e-3 };
  const flow = ShearFlow.start(system, model, options);
  expect(flow.point().meanTemperature).toBe(flow.point().temperature);
  flow.run(2000);
  const before = flow.point();
  const behind: number[] = [];
  for (let stride = 0; stride < 50; stride++) {
    flow.run(100);
    behind.push(flow.point().temperature);
  }
  const after = flow.point();
  const kept = keptBetween(before, after);
  // of a block, all of which the thermostat takes out in steady flow
  const heating = (before.heat - after.heat) / 500;
  const expected = heating / flow.dynamics.degreesOfFreedom;
  const seen = behind.reduce((sum, t) => sum + t / 50, 0);
  expect(expected / options.temperature).toBeGreaterThan(0.02);
  expect((kept - seen) / expected).toBeGreaterThan(0.6);
  expect((kept - seen) / expected).toBeLessThan(1.4);
});

test("the integral of the kinetic energy by blocks is that by steps", () => {
  const { model, system } = liquid("3dkablj");
  const drive = { plane: "xz", rate: 2 } as const;
  const start = () => {
    const dynamics = new MolecularDynamics(ForceField.create(system, model), { dt: 2e-3, seed: 3 });
    dynamics.drawVelocities(1);
    return dynamics;
  };
  const [blocks, steps] = [start(), start()];
  blocks.run({ steps: 200, thermostat: { kind: "none" }, drive });
  let integral = 0;
  for (let step = 0; step < 200; step++) {
    const before = steps.kineticEnergy;
    steps.run({ steps: 1, thermostat: { kind: "none" }, drive });
    integral += 0.5 * (before + steps.kineticEnergy) * steps.dt;
  }
  expect(Math.abs(blocks.kineticIntegral / integral - 1)).toBeLessThan(1e-3);
});

test("a flow runs backwards to where it began, and keeps its momentum", () => {
  const { model, system } = liquid("2dipl");
  const field = ForceField.create(system, model);
  const dynamics = new MolecularDynamics(field, { dt: 0.002, seed: 1 });
  dynamics.drawVelocities(0.5);
  const start = field.positions();
  const drive = { plane: "xy", rate: 0.3 } as const;
  dynamics.run({ steps: 200, thermostat: { kind: "none" }, drive });
  const v = dynamics.velocities();
  for (const a of [0, 1])
    expect(Math.abs(v.reduce((sum, x, k) => (k % 2 === a ? sum + x : sum), 0))).toBeLessThan(1e-10);
  dynamics.setVelocities(v.map((x) => -x));
  dynamics.run({ steps: 200, thermostat: { kind: "none" }, drive: { ...drive, rate: -0.3 } });
  const back = field.positions();
  expect(Math.max(...back.map((x, k) => Math.abs(x - start[k])))).toBeLessThan(1e-8);
});

test("another set of edges of the same lattice changes nothing", () => {
  const { model, system } = liquid("3dkablj");
  const vectors = system.box.vectors.slice();
  vectors[3] = 0.6 * vectors[0];
  vectors[6] = -0.55 * vectors[0];
  vectors[7] = 0.7 * vectors[4];
  const field = ForceField.create({ ...system, box: { dimension: 3, vectors } }, model);
  const [energy, stress] = [field.energy, field.stress()];
  field.setLattice(reducedBox(field.box));
  expect(field.box.vectors).not.toEqual(vectors);
  expect(field.energy / energy).toBeCloseTo(1, 12);
  field.stress().forEach((x, k) => {
    expect(Math.abs(x - stress[k])).toBeLessThan(1e-9 * Math.abs(stress[0]));
  });
});

test("the same bits in pieces and from a checkpoint, past a change of the box's edges", () => {
  const { model, system } = liquid("2dipl");
  const options = { rate: 0.5, temperature: 0.5, seed: 4 };
  const whole = ShearFlow.start(system, model, options);
  whole.run(600);
  expect(whole.strain).toBeCloseTo(1.5, 12);
  const first = ShearFlow.start(system, model, options);
  first.run(300);
  const second = ShearFlow.start(system, model, options);
  const state = first.state();
  expect(() => second.restore({ ...state, flow: state.flow.subarray(0, 3) })).toThrow(/3 numbers, not 4/);
  second.restore(state);
  second.run(300);
  expect(second.system()).toEqual(whole.system());
  expect(second.point()).toEqual(whole.point());
  expect(Math.abs(whole.point().temperature - 0.5)).toBeLessThan(0.1);
});

test("the same seed is the same flow, bit for bit; another is not", () => {
  const { model, system } = liquid("3dkablj");
  const end = (seed: number) => {
    const flow = ShearFlow.start(system, model, { rate: 0.05, temperature: 0.5, seed, plane: "xz" });
    flow.run(200);
    return { point: flow.point(), system: flow.system() };
  };
  expect(end(1)).toEqual(end(1));
  expect(end(2).point.stress).not.toBe(end(1).point.stress);
});

test("cold and slow, the stress is that of quasistatic shear", () => {
  const { system, model } = readReference("2dipl_1600");
  const flow = ShearFlow.start(system, model, {
    ...{ rate: 2e-4, temperature: 1e-9, seed: 1, dt: 0.02 },
    relaxation: 5,
  });
  flow.run(500);
  const { strain, stress } = flow.point();
  const { path } = shear(system, model, { maxStrain: strain, events: 1 });
  const last = path[path.length - 1];
  expect(last.strain).toBeCloseTo(strain, 10);
  const [first] = path;
  // particles lag behind by what the rate and the thermostat make them
  expect(Math.abs(stress - last.stress)).toBeLessThan(0.005 * Math.abs(last.stress - first.stress));
});

test("inherent structures: what changes over the first event is its particle, and energy falls", () => {
  const { system, model } = readReference("2dipl_1600");
  const { events } = JSON.parse(
    readFileSync(new URL("../../../../examples/reference/2dipl_1600.events.json", import.meta.url), "utf8"),
  ) as { events: { strain: number; particle: number }[] };
  const [{ strain, particle }] = events;
  const track = new InherentTrack(model, "xy");
  const at = (gamma: number) => {
    const { box } = Deformation.of(system.box).at(gamma);
    const field = ForceField.create(system, model);
    field.setBox(box);
    return field.system();
  };
  expect(track.look(at(0), 0)).toMatchObject({ particle: -1, rearranged: 0 });
  const before = track.look(at(0.9 * strain), 0.9 * strain);
  expect(before).toMatchObject({ rearranged: 0 });
  const resumed = new InherentTrack(model, "xy");
  resumed.restore(track.state()!, system);
  const after = track.look(at(1.1 * strain), 1.1 * strain);
  expect(resumed.look(at(1.1 * strain), 1.1 * strain)).toEqual(after);
  expect(after.rearranged).toBeGreaterThan(0);
  const away = [0, 1].map(
    (a) => system.positions[2 * after.particle + a] - system.positions[2 * particle + a],
  );
  expect(Math.hypot(...minimumImage(system.box, Float64Array.from(away)))).toBeLessThan(3);
});

test("inherent structures: looks far apart see the events of athermal shear, with their drops, and no smooth motion", () => {
  const model = preset("2dipl");
  const seen = (seed: number, every: number) => {
    const { system: glass } = makeGlass({ model, particles: 100, seed, protocol: { kind: "instantaneous" } });
    const track = new InherentTrack(model, "xy");
    let [x, from] = [glass.positions, 0];
    const found = Array.from({ length: Math.round(0.1 / every) + 1 }, (_, k) => {
      const strain = k * every;
      const { box } = Deformation.of(glass.box).at(strain);
      const positions = x.map((value, c) => (c % 2 === 0 ? value + (strain - from) * x[c + 1] : value));
      const structure = track.look({ ...glass, box, positions }, strain);
      [x, from] = [track.state()!.positions, strain];
      return structure;
    });
    const { events } = shear(glass, model, { maxStrain: 0.07, events: 5 });
    return { events, found: found.filter(({ strain }) => strain <= 0.07 + 1e-9) };
  };
  // seed 1 yields beyond 0.1; a particle moves by D²min above 0.01 within a look all the same
  for (const every of [0.01, 0.005]) {
    const { events, found } = seen(1, every);
    expect(events).toEqual([]);
    expect(found.filter(({ d2min }) => d2min > 0.01).length).toBeGreaterThan(0);
    expect(found.filter(({ rearranged }) => rearranged > 0)).toEqual([]);
  }
  // seed 2 yields once, and would go back if it were sheared back by a look
  for (const every of [0.01, 0.005]) {
    const { events, found } = seen(2, every);
    const [event, ...more] = found.filter(({ rearranged }) => rearranged > 0);
    expect(events).toHaveLength(1);
    expect(more).toEqual([]);
    expect(event.strain - events[0].strain).toBeGreaterThan(0);
    expect(event.strain - events[0].strain).toBeLessThan(every);
    // elastic work beyond σVΔγ is left in it: 7 and 0.2 %
    expect(Math.abs(event.drop / events[0].drop - 1)).toBeLessThan(0.1);
  }
});

test("refuses what makes no sense, in words", () => {
  const { model, system } = liquid("2dipl");
  const start = (options: object) => () =>
    ShearFlow.start(system, model, { rate: 0.1, temperature: 1, seed: 1, ...options });
  expect(start({ rate: 0 })).toThrow("rate must be a number other than 0, got 0");
  expect(start({ plane: "xz" })).toThrow('plane must be xy in two dimensions, got "xz"');
  expect(start({ temperature: -1 })).toThrow("temperature must not be negative, got -1");
  expect(start({ rate: 1000 })).toThrow("dt 0.005 is too long for the rate 1000: give at most 0.000005");
  const field = ForceField.create(system, model);
  const dynamics = new MolecularDynamics(field, { dt: 0.005, seed: 1 });
  const langevin = { kind: "langevin", temperature: 1, friction: 1 } as const;
  expect(() => dynamics.run({ steps: 10, thermostat: langevin, drive: { plane: "xy", rate: 1 } })).toThrow(
    "thermostats rescaling and none",
  );
});

test("a minimum that is not found is an error, not an inherent structure", () => {
  // repulsion that ends at 1.2 with a force, where the attraction holds the pair
  const morse = { form: "morse", lambda: 1, steepness: 4, minimum: 1.1, cutoff: 2 };
  const wall = { form: "yukawa", lambda: 1, epsilon: 10, kappa: 1, cutoff: 1.2, smoothing: "shifted" };
  const model = parseModel({ ...one, form: "sum", terms: [morse, wall] });
  const pair = (r: number): System => ({
    box: createBox(2, [6, 0, 0, 6]),
    positions: Float64Array.of(1, 1, 1 + r, 1.3),
    species: new Int32Array(2),
  });
  const track = new InherentTrack(model, "xy");
  expect(() => track.look(pair(1.25), 0.02)).toThrow(
    "the minimum below the configuration at the strain 0.02000 was not found",
  );
  expect(track.state()).toBeUndefined();
});
