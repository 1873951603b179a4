import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readReference, testRandom } from "../../test/reference.ts";
import { preset } from "../models/index.ts";
import type { System } from "../space/index.ts";
import { createBox, volume } from "../space/index.ts";
import { cyclicShear } from "./cyclic.ts";
import { QuasistaticShear, shear } from "./session.ts";
import type { PlasticEvent, ShearOptions } from "./types.ts";

const small = readReference("2dipl_400");
const events = (options: ShearOptions, system: System = small.system) =>
  shear(system, small.model, options).events;
const first = (options: ShearOptions = {}, system: System = small.system) =>
  events({ events: 1, ...options }, system)[0] as PlasticEvent;
const reference = first();

test("a perfect crystal, with atoms on the faces of its tilted box, shears to where it slips", () => {
  const box = createBox(2, [20, 0, 0, 10 * Math.sqrt(3)]);
  const sites = Array.from({ length: 400 }, (_, p) => [p % 20, Math.floor(p / 20)] as const);
  const positions = sites.flatMap(([x, y]) => [x - 10 + 0.5 * (y % 2), (y - 10) * Math.sqrt(0.75)]);
  const crystal = { box, positions: Float64Array.from(positions), species: new Int32Array(400) };
  const { status, events: slips, path } = shear(crystal, small.model, { events: 1 });
  expect(status).toBe("complete");
  // until then every point is the affinely deformed lattice, whose stress is smooth and largest before the end
  expect(slips[0].strain).toBeGreaterThan(0.1);
  expect(slips[0].strain).toBeLessThan(0.25);
  const stresses = path.filter((point) => point.events === 0).map((point) => point.stress);
  expect(stresses[0]).toBeCloseTo(0, 9);
  expect(slips[0].drop).toBeGreaterThan(0);
});

describe("the events of an independent code", () => {
  const { events: expected } = JSON.parse(
    readFileSync(new URL("../../../../examples/reference/2dipl_1600.events.json", import.meta.url), "utf8"),
  ) as { events: PlasticEvent[] };
  const { system, model } = readReference("2dipl_1600");
  const found = shear(system, model, { displacements: true });

  test.each([0, 1, 2, 3, 4])("event %i + 1: strain, particles, energy, stress", (k) => {
    const [theirs, ours] = [expected[k], found.events[k]];
    expect(ours.ordinal).toBe(k + 1);
    expect(Math.abs(ours.strain - theirs.strain)).toBeLessThan(2e-8);
    expect(ours.particle).toBe(theirs.particle);
    expect(ours.trigger).toBe(theirs.trigger);
    // Theirs are those of the two ends of a bracket 1e-7 wide: V·σ·1e-7 in energy, √1e-7·(…) in stress.
    const shift = volume(system.box) * theirs.stressAfter * 1e-7;
    expect(Math.abs(ours.drop - theirs.drop)).toBeLessThan(1.15 * shift);
    expect(Math.abs(ours.stressBefore - theirs.stressBefore)).toBeLessThan(5e-5);
    expect(Math.abs(ours.stressAfter - theirs.stressAfter)).toBeLessThan(2e-6);
  });

  test("brackets, signs and shapes", () => {
    expect(found.status).toBe("complete");
    for (const event of found.events) {
      const [low, high] = event.bracket;
      expect(high - low).toBeLessThanOrEqual(1.01e-8);
      expect(event.strain).toBeGreaterThan(low);
      expect(event.strain).toBeLessThan(high);
      expect(event.drop).toBeCloseTo(event.energyBefore - event.energyAfter, 9);
      expect(event.stressAfter).toBeLessThan(event.stressBefore);
      expect(event.irreversible).toBe(true);
      const u = event.displacements as Float64Array;
      const lengths = Array.from({ length: 1600 }, (_, p) => Math.hypot(u[2 * p], u[2 * p + 1]));
      expect(lengths.indexOf(Math.max(...lengths))).toBe(event.particle);
      expect(event.displacement).toBeCloseTo(Math.max(...lengths), 12);
      expect(event.participation).toBeGreaterThan(1 / 1600);
      expect(event.participation).toBeLessThan(0.5);
    }
  });

  test("between two events energy and stress have no jump: U′ = V·σ, σ′ = modulus", () => {
    const v = volume(system.box);
    for (let k = 1; k < found.path.length; k++) {
      const [a, b] = [found.path[k - 1], found.path[k]];
      const step = b.strain - a.strain;
      if (a.events !== b.events || step > 6e-5 || b.eigenvalue! < 0.05) continue;
      // Euler–Maclaurin: the trapezoid with its end correction, O(step⁵).
      const work = v * (0.5 * step * (a.stress + b.stress) + (step * step * (a.modulus! - b.modulus!)) / 12);
      expect(Math.abs(b.energy - a.energy - work)).toBeLessThan(1e-6 * Math.abs(b.energy - a.energy));
    }
  });

  test("the path passes all events, and its strains grow", () => {
    const strains = found.path.map(({ strain }) => strain);
    expect(strains).toEqual([...strains].sort((a, b) => a - b));
    expect(new Set(found.path.map((point) => point.events))).toEqual(new Set([0, 1, 2, 3, 4]));
  });
});

describe("the first event does not depend on", () => {
  const same = (event: PlasticEvent) => {
    expect(Math.abs(event.strain - reference.strain)).toBeLessThan(1e-8);
    expect(event.particle).toBe(reference.particle);
    expect(event.trigger).toBe(reference.trigger);
    expect(event.drop).toBeCloseTo(reference.drop, 6);
  };

  test.each(["cg", "lbfgs", "newton"] as const)("the minimiser: %s", (minimizer) =>
    same(first({ minimizer })),
  );

  test("the step: ten times smaller", () => same(first({ step: 1e-4 })));

  test("the step: far too long ones are taken back", () => same(first({ step: 5 })));

  test("the bracket: 1e-6 wide gives the same to its width, 1e-10 to more", () => {
    expect(Math.abs(first({ tolerance: 1e-6 }).strain - reference.strain)).toBeLessThan(5e-7);
    const narrow = first({ tolerance: 1e-10 });
    const wide = first({ tolerance: 1e-6 });
    // Energies and stresses are those at γ_c, not those at the ends of the bracket: V·σ·1e-6 would be 2e-4.
    expect(Math.abs(wide.energyBefore - narrow.energyBefore)).toBeLessThan(1e-5);
    expect(Math.abs(wide.energyAfter - narrow.energyAfter)).toBeLessThan(1e-5);
    expect(Math.abs(wide.stressBefore - narrow.stressBefore)).toBeLessThan(1e-5);
    expect(Math.abs(wide.stressAfter - narrow.stressAfter)).toBeLessThan(1e-5);
    expect(narrow.bracket[1] - narrow.bracket[0]).toBeLessThanOrEqual(1.01e-10);
    same(narrow);
  });

  test("the coarse strategy finds it too", () => {
    const coarse = first({ strategy: "coarse", tolerance: 1e-6, step: 5e-4 });
    expect(Math.abs(coarse.strain - reference.strain)).toBeLessThan(1e-6);
    expect(coarse.particle).toBe(reference.particle);
    expect(coarse.drop).toBeCloseTo(reference.drop, 3);
  });

  test("the order of the particles, and where the box begins", () => {
    const random = testRandom(11);
    const order = Array.from({ length: 400 }, (_, k) => ({ k, key: random() }))
      .sort((a, b) => a.key - b.key)
      .map(({ k }) => k);
    const { box, positions, species } = small.system;
    const shuffled: System = {
      box,
      positions: Float64Array.from(order.flatMap((k) => [positions[2 * k] + 7.3, positions[2 * k + 1] - 41])),
      species: Int32Array.from(order, (k) => species[k]),
    };
    const event = first({}, shuffled);
    expect(Math.abs(event.strain - reference.strain)).toBeLessThan(1e-8);
    expect(order[event.particle]).toBe(reference.particle);
    expect(order[event.trigger]).toBe(reference.trigger);
  });

  test("the edges that stand for the lattice: another tilt, reduced at once", () => {
    const [lx, , xy, ly] = small.system.box.vectors as unknown as [number, number, number, number];
    same(first({}, { ...small.system, box: createBox(2, [lx, 0, xy - 3 * lx, ly]) }));
  });

  test("a half turn of the direction of shear", () => same(first({ angle: 180 })));
});

describe("direction", () => {
  test("backwards is the mirror image sheared forwards", () => {
    const { box, positions, species } = small.system;
    const mirrored: System = {
      box,
      species,
      positions: positions.map((x, k) => (k % 2 === 0 ? -x : x)),
    };
    expect(box.vectors[2]).toBe(0);
    const there = first({ direction: -1 });
    const here = first({}, mirrored);
    expect(there.strain).toBeCloseTo(here.strain, 8);
    expect(there.particle).toBe(here.particle);
    expect(there.strain).not.toBeCloseTo(reference.strain, 3);
  });

  test("at 90° it is the transposed configuration, sheared backwards", () => {
    const { box, positions, species } = small.system;
    const transposed: System = {
      box: createBox(2, [box.vectors[3], 0, 0, box.vectors[0]]),
      species,
      positions: positions.map((_, k) => positions[k % 2 === 0 ? k + 1 : k - 1]),
    };
    const there = first({ angle: 90 });
    const here = first({ direction: -1 }, transposed);
    expect(there.strain).toBeCloseTo(here.strain, 8);
    expect(there.particle).toBe(here.particle);
  });

  test("pure shear at 45° is simple shear, but for the strain's second order", () => {
    const pure = first({ kind: "pure", angle: 45 });
    expect(pure.particle).toBe(reference.particle);
    expect(Math.abs(pure.strain - reference.strain)).toBeLessThan(reference.strain * 0.01);
  });

  test("in 3D, in another plane and at an angle", () => {
    const { system, model } = readReference("3dipl_400");
    const axes = shear(system, model, { events: 1, plane: "yz" }).events[0];
    // The same after the axes x → y → z → x have been renamed.
    const renamed: System = {
      ...system,
      positions: system.positions.map((_, k) => system.positions[k - (k % 3) + (((k % 3) + 1) % 3)]),
    };
    const same = shear(renamed, model, { events: 1, plane: "xy" }).events[0];
    expect(same.strain).toBeCloseTo(axes.strain, 8);
    expect(same.particle).toBe(axes.particle);
    const turned = shear(system, model, { events: 1, plane: "xz", angle: 20 });
    expect(turned.status).toBe("complete");
  });
});

test("drops below what is asked for are passed over", () => {
  const all = events({ events: 3 });
  const larger = events({ events: 1, minDrop: 1.01 * Math.max(all[0].drop, all[1].drop) })[0];
  expect(larger).toEqual({ ...all[2], ordinal: 1 });
});

describe("outcomes", () => {
  test("fewer events than asked for up to the largest strain", () => {
    const result = shear(small.system, small.model, { maxStrain: 2e-3 });
    expect(result.status).toBe("max-strain");
    expect(result.events).toHaveLength(0);
    expect(result.strain).toBeCloseTo(2e-3, 6);
    expect(result.message).toMatch(/0 of 5 events/);
  });

  test("a configuration that is no minimum", () => {
    const positions = small.system.positions.map((x, k) => x + 0.03 * Math.sin(k));
    const result = shear({ ...small.system, positions }, small.model);
    expect(result.status).toBe("not-a-minimum");
    expect(result.message).toMatch(/not an energy minimum.*minimise it with/);
    expect(result.system.positions).toEqual(positions);
  });

  test("a file with few digits is refined", () => {
    const positions = small.system.positions.map((x) => Math.round(x * 1e6) / 1e6);
    expect(Math.abs(first({}, { ...small.system, positions }).strain - reference.strain)).toBeLessThan(1e-8);
  });

  test("a minimiser without evaluations to spare", () => {
    const result = shear(small.system, small.model, { maxEvaluations: 20 });
    expect(result.status).toBe("stalled");
    expect(result.strain).toBeCloseTo(reference.strain, 7);
  });

  test("energies off the elastic ones that no event explains", () => {
    const result = shear(small.system, small.model, {
      strategy: "coarse",
      minDrop: 1e-13,
      tolerance: 1e-4,
      events: 1,
    });
    expect(result.status).toBe("lost");
    expect(result.message).toMatch(/unseen/);
  });

  test("an abort signal", () => {
    const stop = new AbortController();
    stop.abort();
    expect(() => shear(small.system, small.model, {}, { signal: stop.signal })).toThrow(/stopped/);
  });

  test.each([
    [{ events: 0 }, /events/],
    [{ tolerance: 1e-12 }, /tolerance/],
    [{ step: -1 }, /step/],
    [{ minDrop: -1 }, /minDrop/],
    [{ strategy: "coarse" as const, minDrop: 0 }, /minDrop/],
    [{ maxStrain: Number.NaN }, /maxStrain/],
    [{ minimizer: "bfgs" as "cg" }, /minimizer/],
    [{ strategy: "leap" as "coarse" }, /strategy/],
  ])("options out of range: %j", (options, message) => {
    expect(() => shear(small.system, small.model, options)).toThrow(message);
  });
});

describe("an elastic crystal", () => {
  // 4 × 16 particles of one size on a triangular lattice, much taller than wide: its tilt passes half an edge.
  const model = preset("2dipl");
  const a = 1.15;
  const b = (a * Math.sqrt(3)) / 2;
  const positions = Float64Array.from({ length: 4 * 16 * 2 }, (_, k) => {
    const row = Math.floor(k / 8);
    return k % 2 === 0 ? (Math.floor((k % 8) / 2) + (row % 2) / 2) * a : row * b;
  });
  const crystal: System = {
    box: createBox(2, [4 * a, 0, 0, 16 * b]),
    positions,
    species: new Int32Array(64),
  };

  test("is sheared affinely, through the remapping of its box", () => {
    const result = shear(crystal, model, { maxStrain: 0.18, step: 0.02 });
    expect(result.status).toBe("max-strain");
    const tilt = result.system.box.vectors[2];
    expect(Math.abs(tilt)).toBeLessThanOrEqual(2.3 * a);
    const turns = (result.strain * 16 * b - tilt) / (4 * a);
    expect(turns).toBeCloseTo(1, 9);
    // Stress and modulus have no jump there.
    const path = result.path;
    for (let k = 1; k < path.length; k++) {
      const [p, q] = [path[k - 1], path[k]];
      const step = q.strain - p.strain;
      expect(q.stress - p.stress).toBeCloseTo(0.5 * step * (p.modulus! + q.modulus!), 2);
    }
  });
});

describe("checkpoints", () => {
  const options: ShearOptions = { events: 3, displacements: true };

  test("a run resumed from one ends in the same bits", () => {
    const whole = shear(small.system, small.model, options);
    const run = QuasistaticShear.start(small.system, small.model, options);
    while (run.events.length < 1) run.advance();
    for (let k = 0; k < 5; k++) run.advance();
    const resumed = QuasistaticShear.resume(small.system, small.model, options, run.checkpoint());
    expect(resumed.events).toHaveLength(1);
    while (!resumed.advance());
    expect(resumed.result()).toEqual(whole);
  });

  test("more events can be asked for than the run had that left it", () => {
    const run = QuasistaticShear.start(small.system, small.model, { ...options, events: 2 });
    while (!run.advance());
    const longer = QuasistaticShear.resume(small.system, small.model, options, run.checkpoint());
    while (!longer.advance());
    expect(longer.events).toEqual(events(options));
  });

  test("what is said and what is left to its default are one run, whatever their order", () => {
    const said: ShearOptions = {
      ...{ displacements: true, strategy: "branch", direction: 1, angle: 0, plane: "xy", kind: "simple" },
      ...{ events: 3 },
    };
    for (const [from, to] of [
      [options, said],
      [said, options],
    ]) {
      const run = QuasistaticShear.start(small.system, small.model, from);
      while (run.events.length < 1) run.advance();
      const resumed = QuasistaticShear.resume(small.system, small.model, to, run.checkpoint());
      while (!resumed.advance());
      expect(resumed.events).toEqual(events(options));
    }
    const cycles = { amplitude: 0.006, cycles: 2 };
    const kept: Uint8Array[] = [];
    const onCheckpoint = (bytes: Uint8Array) => void kept.push(bytes);
    const whole = cyclicShear(small.system, small.model, cycles, { onCheckpoint });
    const { events: _, ...load } = said;
    const same = { ...load, displacements: false, ...cycles };
    const rest = cyclicShear(small.system, small.model, same, { checkpoint: kept[1] });
    expect(rest.path).toEqual(whole.path);
    const turned = { ...cycles, angle: 10 };
    expect(() => cyclicShear(small.system, small.model, turned, { checkpoint: kept[1] })).toThrow(
      "its load differ",
    );
  });

  test("those of another run, or damaged ones, are refused", () => {
    const bytes = QuasistaticShear.start(small.system, small.model, options).checkpoint();
    const resume = (o: ShearOptions, system = small.system) =>
      QuasistaticShear.resume(system, small.model, o, bytes);
    expect(() => resume({ ...options, angle: 3 })).toThrow(/another run/);
    const positions = small.system.positions.map((x, k) => (k === 5 ? x + 1e-9 : x));
    expect(() => resume(options, { ...small.system, positions })).toThrow(/another configuration/);
    bytes[40] = bytes[40] ^ 1;
    expect(() => resume(options)).toThrow(/checkpoint/);
  });
});
