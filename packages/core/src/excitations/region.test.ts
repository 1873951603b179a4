import { describe, expect, test } from "vitest";
import { artificialMetal, metalDefinition } from "../../test/eam.ts";
import { readReference } from "../../test/reference.ts";
import { Deformation, makeGlass, shear } from "../deform/index.ts";
import { ForceField } from "../dynamics/index.ts";
import { affineDerivatives, renamed } from "../interactions/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { type PairModel, parseModel, preset } from "../models/index.ts";
import { localThermalEnergy } from "../response/index.ts";
import { minimumImage, type System } from "../space/index.ts";
import { addDenseProduct } from "../sparse/index.ts";
import { dot, unit } from "../vectors.ts";
import { census, expansionAlong, localYield, ownYieldStrain, settledYields, yieldForecast } from "./index.ts";
import { Region } from "./region.ts";

const silicon = preset("sw-silicon");
const metal = parseModel(metalDefinition(artificialMetal()));
const bondOrders = preset("tersoff-silicon");
/** Which interactions a region takes as they are: those within its core, or all that its core takes part in. */
type Taken = "within" | "touching";
const glasses: readonly (readonly [string, PairModel, System, number, Taken])[] = [
  ["2DIPL", preset("2dipl"), readReference("2dipl_400").system, 4, "within"],
  [
    "silicon",
    silicon,
    makeGlass({ model: silicon, particles: 64, seed: 1, protocol: { liquidTime: 2, annealTime: 4 } }).system,
    1.3,
    "within",
  ],
  [
    "embedded atoms",
    metal,
    makeGlass({ model: metal, particles: 110, seed: 2, protocol: { liquidTime: 2, annealTime: 4 } }).system,
    1.9,
    "touching",
  ],
  [
    "silicon of bond orders",
    bondOrders,
    makeGlass({ model: bondOrders, particles: 80, seed: 1, protocol: { liquidTime: 40, annealTime: 60 } })
      .system,
    2.8,
    "touching",
  ],
];

describe.each(glasses)("a region of %s", (_, model, system, radius, taken) => {
  const minimum = minimumOf(system, model);
  const { backbone } = minimum;
  const d = backbone.box.dimension;
  const centre = backbone.positions.slice(0, d);
  const path = Deformation.of(backbone.box, { angle: 20 });

  test.each(["elastic", "frozen"] as const)(
    "%s: matrix and force are differences of the gradient",
    (shell) => {
      const region = new Region(minimum, centre, { radius, shell });
      const loaded = region.under(path);
      const n = region.size;
      const y = Float64Array.from({ length: n }, (__, k) => 0.01 * Math.sin(3 * k));
      const gamma = 0.02;
      loaded.gradient(y, gamma);
      const { matrix, force } = loaded.stiffness();
      const h = 1e-5;
      const scale = Math.max(...matrix.map(Math.abs));
      for (const c of [0, n - 1]) {
        const at = (s: number) =>
          loaded.gradient(
            y.map((x, k) => (k === c ? x + s : x)),
            gamma,
          );
        const [less, more] = [at(-h), at(h)];
        more.forEach((g, k) => {
          expect(Math.abs((g - less[k]) / (2 * h) - matrix[k * n + c])).toBeLessThan(1e-6 * scale);
        });
      }
      const [less, more] = [loaded.gradient(y, gamma - h), loaded.gradient(y, gamma + h)];
      const largest = Math.max(...force.map(Math.abs));
      more.forEach((g, k) => {
        expect(Math.abs((g - less[k]) / (2 * h) - force[k])).toBeLessThan(1e-6 * largest);
      });
    },
  );

  test("an elastic shell: third derivatives are those of the interactions within, or of the glass", () => {
    const region = new Region(minimum, centre, { radius });
    const loaded = region.under(path);
    const n = region.size;
    const core = region.particles.subarray(0, region.core);
    const { interactions } = backbone;
    const names = Int32Array.from({ length: interactions.particleCount }, (__, p) =>
      taken === "touching" || core.includes(p) ? p : -1,
    );
    const own = renamed(interactions, names, interactions.particleCount);
    const middle = core.indexOf(0) * d;
    const axes = Array.from({ length: d }, (__, a) =>
      Float64Array.from({ length: n }, (___, k) => (k === middle + a ? 1 : 0)),
    );
    const all = [2, 3, 5].map((by) =>
      unit(Float64Array.from({ length: n }, (__, k) => Math.sin(by * k + 1))),
    );
    const modes = [...axes, ...all];
    const expected = modes.map((z) => expansionAlong(own, region.spread(z)).anharmonicity);
    const largest = Math.max(...expected.map(Math.abs));
    const h = 1e-4;
    modes.forEach((z, m) => {
      const [less, here, more] = [-h, 0, h].map((by) => {
        const along = dot(
          loaded.gradient(
            z.map((x) => by * x),
            0,
          ),
          z,
        );
        const turned = new Float64Array(n);
        if (by !== 0) addDenseProduct(loaded.stiffness().matrix, z, turned);
        return { along, stiffness: dot(turned, z) };
      });
      const byGradient = (more.along - 2 * here.along + less.along) / (h * h);
      const byStiffness = (more.stiffness - less.stiffness) / (2 * h);
      expect(Math.abs(byGradient - expected[m]) / largest).toBeLessThan(1e-5);
      expect(Math.abs(byStiffness - expected[m]) / largest).toBeLessThan(1e-5);
    });
  });

  test("an elastic shell: at rest it is balanced, and moves as the glass does", () => {
    const region = new Region(minimum, centre, { radius });
    const loaded = region.under(path);
    expect(Math.max(...loaded.gradient(new Float64Array(region.size), 0).map(Math.abs))).toBeLessThan(1e-12);
    const { matrix, force } = loaded.stiffness();
    const motion = minimum.solve(affineDerivatives(backbone.interactions, path.at(0)).force);
    // as seen from the particle furthest away, which the region holds
    const n = region.size;
    const { positions, box } = backbone;
    const away = Array.from({ length: positions.length / d }, (__, p) => {
      const u = minimumImage(
        box,
        Float64Array.from(centre, (x, a) => positions[p * d + a] - x),
      );
      return dot(u, u);
    });
    const held = away.indexOf(Math.max(...away));
    const moves = Float64Array.from(
      { length: n },
      (__, k) => motion[held * d + (k % d)] - motion[region.particles[Math.floor(k / d)] * d + (k % d)],
    );
    const largest = Math.max(...force.map(Math.abs));
    force.forEach((f, k) => {
      expect(Math.abs(dot(matrix.subarray(k * n, (k + 1) * n), moves) + f)).toBeLessThan(1e-9 * largest);
    });
  });
});

describe("local yield strains of 2DIPL, N = 1,600", () => {
  const { system, model } = readReference("2dipl_1600");
  const minimum = minimumOf(system, model);
  const [event] = shear(system, model, { events: 1 }).events;
  const place = minimum.system.positions.slice(2 * event.trigger, 2 * event.trigger + 2);

  test("with elastic surroundings are the glass's event, the closer the larger the core; frozen ones hold it", () => {
    const off = [4, 6, 8].map((radius) => {
      const [found] = localYield(minimum, place, [{}], { radius });
      expect(found.status).toBe("fold");
      return Math.abs(found.strain / event.strain - 1);
    });
    expect(off[0]).toBeLessThan(0.2);
    expect(off[1]).toBeLessThan(0.1);
    expect(off[2]).toBeLessThan(0.05);
    const [frozen] = localYield(minimum, place, [{}], { radius: 5, shell: "frozen" });
    expect(frozen.strain).toBeGreaterThan(1.1 * event.strain);
  });

  test("the sensitivity to another strain is that of a turned load", () => {
    const angle = 2;
    const loads = [{ angle: -angle }, {}, { angle }];
    // the mode is the critical one to the square root of what is left of the branch
    const [less, at, more] = localYield(minimum, place, loads, { radius: 5, tolerance: 1e-6 });
    const slope = (more.strain - less.strain) / (2 * angle * (Math.PI / 180));
    const { sensitivity: s } = at;
    // to the order of the strain: a turned load's finite deformation is turned, too
    expect(Math.abs(slope / (at.strain * (s[3] - s[0])) - 1)).toBeLessThan(0.03);
  });

  test("a forecast names the event first: place and strain", () => {
    const places = [place.map((x) => x + 2), Float64Array.of(10, 10)];
    const [list] = yieldForecast(minimum, places, [{}]);
    const away = minimumImage(
      minimum.system.box,
      list[0].position.map((x, a) => x - place[a]),
    );
    expect(Math.sqrt(dot(away, away))).toBeLessThan(1.5);
    expect(Math.abs(list[0].strain / event.strain - 1)).toBeLessThan(0.1);
    for (let k = 1; k < list.length; k++) expect(list[k].strain).toBeGreaterThanOrEqual(list[k - 1].strain);
  });

  test("no fold is named whose mode leaves its region; those that are asked for are the first of all", () => {
    const d = 2;
    const { positions } = minimum.system;
    const places = Array.from({ length: 12 }, (_, k) => positions.slice(33 * k * d, 33 * k * d + d));
    const options = { radius: 4, tolerance: 1e-2 };
    const loads = [{}, { angle: 45 }];
    const tried = places.flatMap((at) => localYield(minimum, at, loads, options));
    for (const one of tried) {
      expect(one.stray).toBe(one.status === "fold" && one.offset > 2);
      expect(ownYieldStrain(one)).toBe(one.status === "fold" && !one.stray ? one.strain : Number.NaN);
    }
    expect(tried.some(({ stray }) => stray)).toBe(true);
    expect(tried.some((one) => ownYieldStrain(one) > 0)).toBe(true);
    const all = yieldForecast(minimum, places, loads, options);
    for (const { offset } of all.flat()) expect(offset).toBeLessThanOrEqual(2);
    const first = yieldForecast(minimum, places, loads, { ...options, first: 2 });
    expect(all[0].length).toBeGreaterThan(2);
    expect(first).toEqual(all.map((list) => list.slice(0, 2)));
  });
});

test("a core of the whole glass yields where the glass does", () => {
  const model = preset("2dipl");
  const { system } = makeGlass({ model, particles: 100, seed: 2 });
  const minimum = minimumOf(system, model);
  const [event] = shear(system, model, { events: 1 }).events;
  for (const shell of ["elastic", "frozen"] as const) {
    const [found] = localYield(minimum, [0, 0], [{}], { radius: 100, shell, tolerance: 1e-4 });
    expect(found.status).toBe("fold");
    expect(Math.abs(found.strain / event.strain - 1)).toBeLessThan(1e-5);
  }
});

test("a glass of which a core would be three quarters is its own region: its event is foretold, wherever one asks", () => {
  const { model, system } = { model: silicon, system: glasses[1][2] };
  const minimum = minimumOf(system, model);
  const [event] = shear(system, model, { angle: 20, events: 1 }).events;
  const places = [0, 20, 40].map((p) => system.positions.slice(3 * p, 3 * p + 3));
  const [folds] = yieldForecast(minimum, places, [{ angle: 20 }], { tolerance: 1e-4 });
  expect(folds.length).toBe(1);
  expect(Math.abs(folds[0].strain / event.strain - 1)).toBeLessThan(1e-3);
  const everywhere = settledYields(minimum, places, [{ angle: 20 }], { tolerance: 1e-4 });
  expect(everywhere.map(([one]) => one.strain)).toEqual(places.map(() => folds[0].strain));
  expect(everywhere[2]).toBe(everywhere[0]); // followed once
  // a larger one has places: 2DIPL, N = 400
  expect(new Region(minimumOf(glasses[0][2], glasses[0][1]), [0, 0]).isWhole).toBe(false);
});

test("in a frozen shell a core yields where plain minimisations at small steps see it jump", () => {
  const { system, model } = readReference("2dipl_400");
  const minimum = minimumOf(system, model);
  const { box, positions } = minimum.system;
  const radius = 4;
  const [fold] = localYield(minimum, [0, 0], [{}], { radius, shell: "frozen" });
  const core = Array.from({ length: 400 }, (_, p) => p).filter((p) => {
    const u = minimumImage(box, Float64Array.of(positions[2 * p], positions[2 * p + 1]));
    return dot(u, u) <= radius * radius;
  });
  const off = new Float64Array(800);
  /** The largest move of the core, relaxed by descent with momentum, as the shell goes to a strain; `off` beyond affine. */
  const relaxed = (strain: number) => {
    const places = positions.map(
      (x, k) => x + off[k] + (k % 2 ? 0 : strain * (positions[k + 1] + off[k + 1])),
    );
    const field = ForceField.create(
      { ...system, box: Deformation.of(box, {}).at(strain).box, positions: places },
      model,
    );
    const velocity = new Float64Array(800);
    for (let step = 0; step < 4000; step++) {
      const gradient = field.gradient();
      let [power, largest] = [0, 0];
      for (const p of core)
        for (const k of [2 * p, 2 * p + 1]) {
          power -= velocity[k] * gradient[k];
          largest = Math.max(largest, Math.abs(gradient[k]));
        }
      if (largest < 1e-6) break;
      for (const p of core)
        for (const k of [2 * p, 2 * p + 1]) {
          velocity[k] = (power < 0 ? 0 : velocity[k]) - 0.02 * gradient[k];
          places[k] += 0.02 * velocity[k];
        }
      field.setPositions(places);
    }
    let most = 0;
    for (const p of core) {
      const y = places[2 * p + 1] - positions[2 * p + 1];
      const x = places[2 * p] - strain * places[2 * p + 1] - positions[2 * p];
      most = Math.max(most, Math.abs(x - off[2 * p]), Math.abs(y - off[2 * p + 1]));
      off.set([x, y], 2 * p);
    }
    return most;
  };
  const step = fold.strain / 60;
  let strain = 0;
  while (strain < 1.2 * fold.strain && relaxed((strain += step)) < 0.1);
  expect(fold.status).toBe("fold");
  expect(Math.abs(strain - fold.strain)).toBeLessThan(1.5 * step);
});

test("where the unit of length is no bond length radii are mean spacings", () => {
  const { system } = readReference("2dipl_400");
  const spacing = Math.sqrt(system.box.vectors[0] ** 2 / 400);
  const [own, other] = [1, 2.5].map((unit) => {
    const by = parseModel({
      ...{ name: "soft", species: ["S", "L"], form: "inverse-power-law", dimension: 2, epsilon: 1 },
      lambda: [
        [1, 1.18],
        [1.18, 1.4],
      ].map((row) => row.map((x) => unit * x)),
      ...{ exponent: 10, cutoff: 1.48, smoothing: 3 },
    });
    const minimum = minimumOf(
      {
        ...system,
        box: { ...system.box, vectors: system.box.vectors.map((x) => unit * x) },
        positions: system.positions.map((x) => unit * x),
      },
      by,
    );
    const lte = localThermalEnergy(minimum);
    const sizes = { bonds: 12, modes: 5 };
    const radii = (radius: number) => (unit === 1 ? { radius: radius * spacing } : {});
    return {
      particles: census(minimum, lte, { ...sizes, ...radii(5) }).map(({ particle }) => particle),
      fold: localYield(minimum, minimum.system.positions.subarray(0, 2), [{}], {
        ...radii(6),
        tolerance: 1e-6,
      })[0],
    };
  });
  expect(other.particles.slice(0, 3)).toEqual(own.particles.slice(0, 3));
  expect(own.fold.status).toBe("fold");
  expect(other.fold.particle).toBe(own.fold.particle);
  expect(Math.abs(other.fold.strain / own.fold.strain - 1)).toBeLessThan(1e-5);
});
